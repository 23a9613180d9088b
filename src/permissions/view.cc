#include "permissions/view.h"

#include <algorithm>

#include "base/text.h"

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
      add_once(rows, sources_[i].rows);
    }
    return rows.size() == 1 ? rows.front() : catalog::any_of(std::move(rows));
  }
  static void add_once(std::vector<PredicatePtr>& rows, const PredicatePtr& one) {
    bool there = std::any_of(rows.begin(), rows.end(), [&](const auto& r) { return catalog::same(*r, *one); });
    if (!there) rows.push_back(one);
  }

  const std::vector<ViewSource>& sources_;
  std::vector<std::pair<Shown, PredicatePtr>> made_;
};

void shown_by(const catalog::SchemaColumn& column, const std::vector<ViewSource>& sources, Shown& shown) {
  auto lower = base::to_lower(column.name);
  for (size_t i = 0; i < sources.size(); ++i)
    shown[i] = column.partition_key || sources[i].columns.contains(lower) ? '+' : '-';
}

bool shows_everything(const ViewSource& source) { return source.columns.is_all() && catalog::is_always(source.rows); }

}  // namespace

EnforcementLevel TableView::level() const {
  if (columns.empty()) return EnforcementLevel::none;
  bool masked = std::any_of(columns.begin(), columns.end(), [&](const auto& column) { return masks(column); });
  if (!all_rows || masked) return EnforcementLevel::cell_filter;
  return all_columns ? EnforcementLevel::none : EnforcementLevel::column;
}

bool TableView::masks(const VisibleColumn& column) const {
  if (!column.visible_when || !row_filter) return true;
  if (column.visible_when == row_filter || catalog::is_always(column.visible_when)) return false;
  return !catalog::same(*column.visible_when, *row_filter);
}

TableView whole_view(const TableFacts& table) {
  TableView view;
  view.row_filter = catalog::always();
  view.all_columns = view.all_rows = true;
  view.columns.reserve(table.columns.size());
  for (const auto& column : table.columns) view.columns.push_back({column.name, view.row_filter});
  return view;
}

TableView view_of(const TableFacts& table, const std::vector<ViewSource>& sources) {
  if (sources.empty()) return {};
  if (std::any_of(sources.begin(), sources.end(), shows_everything)) return whole_view(table);
  Disjunctions rows(sources);
  TableView view;
  view.row_filter = rows.of(Shown(sources.size(), '+'));
  view.all_rows = catalog::is_always(view.row_filter);
  view.columns.reserve(table.columns.size());
  bool data_columns = false;
  Shown shown(sources.size(), '-');
  for (const auto& column : table.columns) {
    shown_by(column, sources, shown);
    if (shown.find('+') == Shown::npos) continue;
    data_columns |= !column.partition_key;
    view.columns.push_back({column.name, rows.of(shown)});
  }
  // Partition keys alone are not a view: every granted column has gone.
  if (!data_columns) return {};
  view.all_columns = view.columns.size() == table.columns.size();
  return view;
}

}  // namespace weir::permissions
