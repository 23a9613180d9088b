#include "permissions/account_sight.h"

#include <algorithm>

#include "base/text.h"

namespace weir::permissions {
namespace {

bool leads_to(const ColumnPath& seen, const ColumnPath& path) {
  return seen.size() <= path.size() &&
         std::equal(seen.begin(), seen.end(), path.begin(),
                    [](const auto& a, const auto& b) { return base::equal_ignoring_case(a, b); });
}

}  // namespace

bool AccountSight::sees(const ColumnPath& path) const {
  auto leaves = leaves_of(view_);
  return std::any_of(leaves.begin(), leaves.end(),
                     [&](const auto& leaf) { return leads_to(leaf.path, path) && !view_.masks(leaf.visible_when); });
}

bool AccountSight::came(const DataCellsFilter& filter, ObjectId table) const {
  if (!filter.local_to.empty()) return false;
  return std::any_of(account_.begin(), account_.end(), [&](const auto& principal) {
    const auto* held = snapshot_.held(principal.id, table);
    return held && held->partial &&
           std::any_of(held->partial->filters.begin(), held->partial->filters.end(), [&](const auto& one) {
             return one.name == filter.name && one.privileges.has(Privilege::select);
           });
  });
}

std::string AccountSight::objection(const CompiledFilter& filter, ObjectId table,
                                    const catalog::PredicatePtr& rows) const {
  if (came(filter.record, table)) return "";
  for (const auto& path : catalog::columns_of(*rows)) {
    if (sees(path)) continue;
    if (filter.record.local_to.empty())
      return "it did not come to the account, which does not see all it chooses rows by";
    return "it chooses rows by " + spelled(path) + ", which does not come to the account in every row that does";
  }
  return "";
}

}  // namespace weir::permissions
