#include "permissions/view_covers.h"

#include <algorithm>

#include "base/text.h"

namespace weir::permissions {
namespace {

using catalog::PredicatePtr;

// A missing predicate reads as never().
bool covers(const PredicatePtr& wider, const PredicatePtr& filter) {
  if (!filter) return true;
  return wider && (catalog::is_always(wider) || catalog::same(*wider, *filter));
}

bool same_name(const std::string& a, const std::string& b) { return base::equal_ignoring_case(a, b); }

bool leads_to(const ColumnPath& start, const ColumnPath& path) {
  return start.size() <= path.size() && std::equal(start.begin(), start.end(), path.begin(), same_name);
}

}  // namespace

bool covers(const TableView& wider, const TableView& view) {
  if (!covers(wider.row_filter, view.row_filter)) return false;
  auto shown = leaves_of(wider);
  auto is_shown = [&](const VisibleLeaf& leaf) {
    return std::any_of(shown.begin(), shown.end(), [&](const VisibleLeaf& other) {
      return leads_to(other.path, leaf.path) && covers(other.visible_when, leaf.visible_when);
    });
  };
  auto wanted = leaves_of(view);
  return std::all_of(wanted.begin(), wanted.end(), is_shown);
}

}  // namespace weir::permissions
