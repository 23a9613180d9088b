#include "app/explain/table_access.h"

#include "permissions/can_grant.h"

namespace weir::app {

using permissions::Privilege;
using permissions::PrivilegeSet;

PrivilegeSet table_privileges(const permissions::Decision& decision) {
  PrivilegeSet out;
  for (auto privilege : permissions::valid_at(permissions::Level::table).list()) {
    if (!permissions::allows(decision.held, privilege, permissions::Level::table)) continue;
    if (privilege == Privilege::select && decision.view.columns.empty()) continue;
    out.insert(privilege);
  }
  return out;
}

AccessLevel level_of(const permissions::Decision& decision) {
  auto held = table_privileges(decision);
  if (held.has(Privilege::all)) return AccessLevel::super;
  if (held.has(Privilege::insert) || held.has(Privilege::delete_)) return AccessLevel::write;
  if (decision.view.shows_everything()) return AccessLevel::select;
  if (held.has(Privilege::select)) return AccessLevel::select_some;
  return held.empty() ? AccessLevel::none : AccessLevel::describe;
}

PrivilegeSet grantable_privileges(const permissions::Caller& caller, const permissions::Resource& resource,
                                  PrivilegeSet among, const permissions::Snapshot& snapshot) {
  PrivilegeSet out;
  for (auto privilege : among.list())
    if (permissions::can_grant({caller, resource, {privilege}}, snapshot).allowed()) out.insert(privilege);
  return out;
}

}  // namespace weir::app
