#include "permissions/can_grant.h"

#include <algorithm>

#include "permissions/gathering.h"
#include "permissions/location.h"

namespace weir::permissions {
namespace {

// The privileges the caller may pass on, on the resource asked about.
class Passable {
 public:
  Passable(const GrantQuestion& question, const Snapshot& snapshot)
      : resource_(question.resource), snapshot_(snapshot), principals_(known_principals(question.caller, snapshot)) {}

  PrivilegeSet privileges() const {
    switch (resource_.kind) {
      case ResourceKind::catalog: return on(snapshot_.catalog());
      case ResourceKind::database: return on(snapshot_.database(resource_.database));
      case ResourceKind::all_tables: return on(snapshot_.all_tables(resource_.database));
      case ResourceKind::table: return on_table();
      case ResourceKind::columns: return on_columns();
      case ResourceKind::data_cells_filter: return on_filter();
      case ResourceKind::data_location: return on_location();
      case ResourceKind::nested_catalog:
      case ResourceKind::lf_tag:
      case ResourceKind::lf_tag_policy:
      case ResourceKind::lf_tag_expression: break;
    }
    return {};
  }

 private:
  PrivilegeSet on(ObjectId object) const {
    PrivilegeSet out;
    for (const auto& principal : principals_)
      if (const auto* held = snapshot_.held(principal.id, object)) out |= held->grant_option;
    return out;
  }
  ObjectId table() const { return snapshot_.table(resource_.database, resource_.table); }
  PrivilegeSet on_table() const { return on(table()) | on(snapshot_.all_tables(resource_.database)); }

  PrivilegeSet on_columns() const {
    auto out = on_table();
    ColumnSet grantable;
    for (const auto& principal : principals_) {
      const auto* held = snapshot_.held(principal.id, table());
      if (held && held->partial) grantable = grantable.united(held->partial->grantable);
    }
    if (!resource_.columns.is_exclusion() && resource_.columns.subset_of(grantable)) out.insert(Privilege::select);
    return out;
  }

  PrivilegeSet on_filter() const {
    auto out = on_table();
    const auto* filter = snapshot_.filter(table(), resource_.filter);
    if (!filter || !filter->record.all_rows) return out;
    for (const auto& principal : principals_) {
      const auto* held = snapshot_.held(principal.id, table());
      if (!held || !held->partial) continue;
      for (const auto& one : held->partial->filters)
        if (one.name == resource_.filter) out |= one.grant_option;
    }
    return out;
  }

  PrivilegeSet on_location() const {
    PrivilegeSet out;
    each_parent(canonical(resource_.location), [&](const names::S3Path& parent) {
      out |= on(snapshot_.location(parent));
      return false;
    });
    return out;
  }

  const Resource& resource_;
  const Snapshot& snapshot_;
  std::vector<KnownPrincipal> principals_;
};

// Holding ALL with grant option passes on anything valid there; nothing else stands for another privilege.
PrivilegeSet spelled_out(PrivilegeSet option, Level level) {
  return option.has(Privilege::all) ? option | valid_at(level) : option;
}

}  // namespace

GrantVerdict can_grant(const GrantQuestion& question, const Snapshot& snapshot) {
  if (question.caller.account != snapshot.account() || question.resource.catalog != snapshot.account())
    return {Effect::deny, "Not authorized to grant permissions for the resource: it belongs to another account."};
  if (is_admin(question.caller, snapshot.settings())) return {Effect::allow, "the caller is a data lake administrator"};
  if (question.privileges.empty())
    return {Effect::deny, "Not authorized to grant permissions for the resource: no permissions were named."};
  auto passable = spelled_out(Passable(question, snapshot).privileges(), question.resource.level());
  auto lacking = question.privileges - passable;
  if (lacking.empty()) return {Effect::allow, "the caller holds " + question.privileges.text() + " with grant option"};
  return {Effect::deny,
          "Not authorized to grant permissions for the resource: needs to be a data lake administrator or to hold " +
              lacking.text() + " with grant option on " + question.resource.text() + "."};
}

}  // namespace weir::permissions
