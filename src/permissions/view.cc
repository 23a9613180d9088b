#include "permissions/view.h"

#include <algorithm>

#include "base/text.h"
#include "catalog/column_type.h"
#include "permissions/row_choice.h"

namespace weir::permissions {
namespace {

using catalog::PredicatePtr;

// Which sources show a column: one character per source.
using Shown = std::string;

// The disjunctions made so far: many columns share few of them, and shared ones stay one object.
class Disjunctions {
 public:
  explicit Disjunctions(const std::vector<ViewSource>& sources) : sources_(sources) {}

  PredicatePtr of(const Shown& shown) {
    for (const auto& [known, predicate] : made_)
      if (known == shown) return predicate;
    return made_.emplace_back(shown, make(shown)).second;
  }

 private:
  PredicatePtr make(const Shown& shown) const {
    std::vector<PredicatePtr> rows;
    for (size_t i = 0; i < sources_.size(); ++i) {
      if (shown[i] == '-') continue;
      if (catalog::is_always(sources_[i].rows)) return sources_[i].rows;
      rows.push_back(sources_[i].rows);
    }
    return any_of_once(std::move(rows));
  }

  const std::vector<ViewSource>& sources_;
  std::vector<std::pair<Shown, PredicatePtr>> made_;
};

// Builds what is visible of one column, going into structs as far as a source shows only a part of them.
class Columns {
 public:
  Columns(const std::vector<ViewSource>& sources, Disjunctions& rows) : sources_(sources), rows_(rows) {}

  // Nothing when no source shows any of it. Adds the sources that do to `showing`.
  std::optional<VisibleColumn> of(const catalog::SchemaColumn& column, Shown& showing) {
    ColumnPath path{base::to_lower(column.name)};
    Shown shown(sources_.size(), '-');
    auto visible = node(column.name, column.type, path, shown);
    if (visible) add(shown, showing);
    return visible;
  }

 private:
  char share(const ViewSource& source, const ColumnPath& path) const {
    if (source.columns.fields().empty()) return source.columns.contains(path.front()) ? '+' : '-';
    switch (source.columns.share_of(path)) {
      case Share::none: return '-';
      case Share::part: return '~';
      case Share::whole: return '+';
    }
    return '-';
  }

  // `shown` becomes the sources that show at least a part.
  std::optional<VisibleColumn> node(const std::string& name, std::string_view type, ColumnPath& path, Shown& shown) {
    for (size_t i = 0; i < sources_.size(); ++i) shown[i] = share(sources_[i], path);
    if (shown.find('~') != Shown::npos)
      if (auto fields = catalog::fields_of(type)) return parts(name, *fields, path, shown);
    // A part of what has no parts is nothing.
    std::replace(shown.begin(), shown.end(), '~', '-');
    if (shown.find('+') == Shown::npos) return std::nullopt;
    return VisibleColumn{name, rows_.of(shown)};
  }

  std::optional<VisibleColumn> parts(const std::string& name, const std::vector<catalog::StructField>& fields,
                                     ColumnPath& path, Shown& shown) {
    std::vector<VisibleColumn> visible;
    Shown any(sources_.size(), '-');
    for (const auto& field : fields) {
      path.push_back(base::to_lower(field.name));
      if (auto one = node(field.name, field.type, path, shown)) {
        visible.push_back(std::move(*one));
        add(shown, any);
      }
      path.pop_back();
    }
    shown = any;
    if (visible.empty()) return std::nullopt;
    if (visible.size() == fields.size() && one_and_whole(visible)) return VisibleColumn{name, visible[0].visible_when};
    return VisibleColumn{name, rows_.of(shown), std::move(visible)};
  }

  static void add(const Shown& shown, Shown& to) {
    for (size_t i = 0; i < shown.size(); ++i)
      if (shown[i] == '+') to[i] = '+';
  }

  // The parts together are the struct itself.
  static bool one_and_whole(const std::vector<VisibleColumn>& parts) {
    return std::all_of(parts.begin(), parts.end(), [&](const auto& part) {
      return !part.fields && catalog::same(*part.visible_when, *parts.front().visible_when);
    });
  }

  const std::vector<ViewSource>& sources_;
  Disjunctions& rows_;
};

bool shows_everything(const ViewSource& source) { return source.columns.is_all() && catalog::is_always(source.rows); }

bool is_whole(const VisibleColumn& column) { return !column.fields; }

}  // namespace

TableView whole_view(const TableFacts& table) {
  TableView view;
  view.row_filter = catalog::always();
  view.all_columns = view.all_rows = true;
  view.columns.reserve(table.columns.size());
  for (const auto& column : table.columns)
    view.columns.push_back({column.name, view.row_filter, {}, column.partition_key});
  return view;
}

std::vector<ViewSource> sources_of(const TableView& view) {
  std::vector<std::pair<std::vector<ColumnPath>, PredicatePtr>> groups;
  for (const auto& column : view.columns) {
    if (column.partition_key) continue;
    for (auto& leaf : leaves_of(column)) {
      if (!leaf.visible_when) continue;
      auto same = [&](const auto& group) {
        return group.second == leaf.visible_when || catalog::same(*group.second, *leaf.visible_when);
      };
      auto found = std::find_if(groups.begin(), groups.end(), same);
      if (found == groups.end()) found = groups.insert(groups.end(), {{}, leaf.visible_when});
      found->first.push_back(std::move(leaf.path));
    }
  }
  std::vector<ViewSource> out;
  for (auto& [paths, rows] : groups) out.push_back({ColumnSet::only_paths(paths), rows});
  return out;
}

TableView view_of(const TableFacts& table, const std::vector<ViewSource>& sources) {
  if (sources.empty()) return {};
  if (std::any_of(sources.begin(), sources.end(), shows_everything)) return whole_view(table);
  Disjunctions rows(sources);
  Columns columns(sources, rows);
  TableView view;
  view.columns.reserve(table.columns.size());
  Shown showing(sources.size(), '-');
  for (const auto& column : table.columns) {
    if (column.partition_key) continue;
    if (auto visible = columns.of(column, showing)) view.columns.push_back(std::move(*visible));
  }
  // Partition keys alone are not a view: every granted column has gone.
  if (view.columns.empty()) return {};
  view.row_filter = rows.of(showing);
  view.all_rows = catalog::is_always(view.row_filter);
  for (const auto& column : table.columns)
    if (column.partition_key) view.columns.push_back({column.name, view.row_filter, {}, true});
  view.all_columns =
      view.columns.size() == table.columns.size() && std::all_of(view.columns.begin(), view.columns.end(), is_whole);
  return view;
}

}  // namespace weir::permissions
