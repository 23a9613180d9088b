#include <algorithm>

#include "base/text.h"
#include "catalog/column_type.h"
#include "permissions/encode_view.h"
#include "permissions/row_choice.h"

namespace weir::permissions {
namespace {

using base::Result;
using catalog::PredicatePtr;

base::Error contradiction(const std::string& column) {
  return base::invalid("What may be seen of column " + column + " cannot be read.", "authorized columns");
}

bool names_alike(const ColumnPath& a, const ColumnPath& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), base::equal_ignoring_case);
}

// A predicate for each authorised column or field.
class Authorized {
 public:
  static Result<Authorized> read(const EncodedView& encoded, const std::vector<catalog::SchemaColumn>& schema) {
    Authorized out;
    for (const auto& text : encoded.authorized_columns) {
      WEIR_TRY(auto path, parse_column_path(text));
      out.leaves_.push_back({std::move(path), catalog::always()});
    }
    for (const auto& filter : encoded.cell_filters) {
      WEIR_TRY(auto path, parse_column_path(filter.column));
      WEIR_TRY(auto rows, catalog::parse_predicate(filter.expression, schema, catalog::Dialect::row_filter));
      WEIR_CHECK_OK(out.restrict(path, rows));
    }
    return out;
  }

  std::vector<VisibleLeaf> of_column(const std::string& name) const {
    std::vector<VisibleLeaf> out;
    for (const auto& leaf : leaves_)
      if (base::equal_ignoring_case(leaf.path.front(), name)) out.push_back(leaf);
    return out;
  }

 private:
  // A filter on what is not authorised says nothing; one on another part of it than is authorised cannot be kept.
  base::Status restrict(const ColumnPath& path, const PredicatePtr& rows) {
    bool about_it = false, kept = false;
    for (auto& leaf : leaves_) {
      about_it |= base::equal_ignoring_case(leaf.path.front(), path.front());
      if (!names_alike(leaf.path, path)) continue;
      leaf.visible_when = catalog::all_of({leaf.visible_when, rows});
      kept = true;
    }
    if (about_it && !kept) return contradiction(path.front());
    return {};
  }

  std::vector<VisibleLeaf> leaves_;
};

// Those that lead on to the field at `depth`; they are taken out of `leaves`.
std::vector<VisibleLeaf> take_field(std::vector<VisibleLeaf>& leaves, size_t depth, const std::string& field) {
  auto other = std::stable_partition(leaves.begin(), leaves.end(), [&](const auto& leaf) {
    return leaf.path.size() <= depth || !base::equal_ignoring_case(leaf.path[depth], field);
  });
  std::vector<VisibleLeaf> taken(std::make_move_iterator(other), std::make_move_iterator(leaves.end()));
  leaves.erase(other, leaves.end());
  return taken;
}

// `leaves` all lead to this column or field, whose name stands at `depth - 1`.
Result<VisibleColumn> column_of(const std::string& name, std::string_view type, std::vector<VisibleLeaf> leaves,
                                size_t depth) {
  if (leaves.size() == 1 && leaves[0].path.size() == depth) return VisibleColumn{name, leaves[0].visible_when};
  auto fields = catalog::fields_of(type);
  if (!fields) return contradiction(name);
  VisibleColumn out{name, {}, std::vector<VisibleColumn>{}};
  std::vector<PredicatePtr> any;
  for (const auto& field : *fields) {
    auto inside = take_field(leaves, depth, field.name);
    if (inside.empty()) continue;
    WEIR_TRY(auto visible, column_of(field.name, field.type, std::move(inside), depth + 1));
    any.push_back(visible.visible_when);
    out.fields->push_back(std::move(visible));
  }
  // Left over: the column both whole and in parts, twice, or a field it does not have.
  if (!leaves.empty()) return contradiction(name);
  out.visible_when = any_of_once(std::move(any));
  return out;
}

}  // namespace

Result<TableView> decode_view(const EncodedView& encoded, const std::vector<catalog::SchemaColumn>& schema) {
  if (encoded.authorized_columns.empty()) return TableView{};
  WEIR_TRY(auto authorized, Authorized::read(encoded, schema));
  TableView view;
  std::vector<PredicatePtr> cells;
  bool whole = true;
  for (const auto& column : schema) {
    auto leaves = authorized.of_column(column.name);
    if (leaves.empty() && column.partition_key) leaves.push_back({{column.name}, catalog::always()});
    if (leaves.empty()) continue;
    WEIR_TRY(auto visible, column_of(column.name, column.type, std::move(leaves), 1));
    visible.partition_key = column.partition_key;
    whole = whole && !visible.fields;
    if (!column.partition_key) cells.push_back(visible.visible_when);
    view.columns.push_back(std::move(visible));
  }
  view.row_filter = any_of_once(std::move(cells));
  if (encoded.row_filter) {
    WEIR_TRY(view.row_filter, catalog::parse_predicate(*encoded.row_filter, schema, catalog::Dialect::row_filter));
  }
  view.all_columns = whole && view.columns.size() == schema.size();
  view.all_rows = catalog::is_always(view.row_filter);
  return view;
}

}  // namespace weir::permissions
