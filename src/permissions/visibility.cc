#include "permissions/visibility.h"

#include <algorithm>

namespace weir::permissions {

Visibility::Visibility(const Caller& caller, const Snapshot& snapshot) : snapshot_(snapshot) {
  if (caller.account != snapshot.account() || caller.principals.empty()) return;
  principals_ = known_principals(caller, snapshot);
  principals_.push_back(everybody(snapshot));
  everything_ = is_admin(caller, snapshot.settings()) || is_read_only_admin(caller, snapshot.settings());
}

bool Visibility::database(std::string_view name) const {
  return everything_ || std::any_of(principals_.begin(), principals_.end(),
                                    [&](const auto& p) { return snapshot_.reaches(p.id, name); });
}

bool Visibility::table(std::string_view database, std::string_view name) const {
  if (everything_) return true;
  auto table = snapshot_.table(database, name);
  auto all_tables = snapshot_.all_tables(database);
  return std::any_of(principals_.begin(), principals_.end(), [&](const auto& principal) {
    return snapshot_.held(principal.id, table) || snapshot_.held(principal.id, all_tables);
  });
}

}  // namespace weir::permissions
