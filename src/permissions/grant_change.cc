#include "permissions/grant_change.h"

#include "base/text.h"
#include "permissions/grant_rules.h"

namespace weir::permissions {
namespace {

using base::Result;

const Grant* find(const GrantFacts& facts, const Resource& resource, const std::string& condition) {
  auto key = resource.key();
  for (const auto& grant : facts.held)
    if (grant.condition == condition && grant.resource.key() == key) return &grant;
  return nullptr;
}

const Grant* find_kind(const GrantFacts& facts, ResourceKind kind) {
  for (const auto& grant : facts.held)
    if (grant.resource.kind == kind) return &grant;
  return nullptr;
}

Resource whole_table(Resource resource) {
  resource.kind = ResourceKind::table;
  resource.columns = {};
  return resource;
}

// A selection of every column is the table: AWS shows SELECT on a table in that form, and clients send it back.
bool selects_every_column(const Resource& resource) {
  return resource.kind == ResourceKind::columns && resource.columns.is_all();
}

Grant fresh(const GrantRequest& request) {
  Grant grant;
  grant.principal = request.principal.text();
  grant.resource = request.resource;
  grant.condition = request.condition;
  grant.share = request.share;
  grant.local_to = request.local_to;
  if (request.resource.kind == ResourceKind::columns) grant.resource.columns = {};
  return grant;
}

void stamp(Grant& grant, const GrantFacts& facts) {
  grant.last_updated = facts.now;
  grant.last_updated_by = facts.by;
}

Grant merged(const GrantRequest& request, const Grant* before) {
  Grant grant = before ? *before : fresh(request);
  grant.privileges |= request.privileges;
  grant.grant_option |= request.grant_option;
  if (!request.share.empty()) grant.share = request.share;
  if (request.resource.kind != ResourceKind::columns) return grant;
  grant.resource.columns = grant.resource.columns.united(request.resource.columns);
  if (!request.grant_option.empty()) grant.grantable = grant.grantable.united(request.resource.columns);
  return grant;
}

// 7.9, 7.10: what a second source does to what the principal sees.
void note_union(const GrantRequest& request, const GrantFacts& facts, GrantPlan& plan) {
  const auto* table = find_kind(facts, ResourceKind::table);
  bool sees_all = table && allows(table->privileges, Privilege::select, Level::table);
  bool partial =
      request.resource.kind == ResourceKind::columns || request.resource.kind == ResourceKind::data_cells_filter;
  if (partial && sees_all)
    plan.notices.push_back("This has no effect while the principal holds " + table->privileges.text() +
                           " on the whole table.");
  if (request.resource.kind == ResourceKind::table && allows(request.privileges, Privilege::select, Level::table) &&
      (find_kind(facts, ResourceKind::columns) || find_kind(facts, ResourceKind::data_cells_filter)))
    plan.notices.push_back("This makes the principal's column grants and filters on the table ineffective.");
  const auto* other = find_kind(facts, ResourceKind::data_cells_filter);
  if (request.resource.kind == ResourceKind::data_cells_filter && other &&
      other->resource.filter != request.resource.filter)
    plan.notices.push_back(
        "The principal sees the rows of this filter and of its other filters together, not their intersection.");
  if (request.resource.kind == ResourceKind::columns && request.resource.columns.is_exclusion() &&
      !request.resource.columns.is_all())
    plan.notices.push_back("Columns added to the table later will be visible; an inclusion list would not show them.");
}

Grant reduced(const GrantRequest& request, Grant grant) {
  if (request.resource.kind == ResourceKind::columns) {
    if (request.privileges.has(Privilege::select))
      grant.resource.columns = grant.resource.columns.without(request.resource.columns);
    grant.grantable = grant.grantable.without(request.resource.columns);
    if (grant.resource.columns.is_empty()) grant.privileges = {};
    if (grant.grantable.is_empty()) grant.grant_option = {};
    return grant;
  }
  grant.privileges = grant.privileges - request.privileges;
  grant.grant_option = grant.grant_option - request.privileges - request.grant_option;
  return grant;
}

base::Error nothing_revoked(const GrantRequest& request, const GrantFacts& facts) {
  std::vector<std::string> held;
  for (const auto& grant : facts.held)
    if (grant.resource.kind != ResourceKind::lf_tag_policy || grant.resource.key() == request.resource.key())
      held.push_back(text(grant));
  auto asked = (request.privileges | request.grant_option).text();
  return base::invalid("No permissions revoked. Grantee " + request.principal.text() + " does not have " + asked +
                           " on " + request.resource.text() + "; it has " +
                           (held.empty() ? "nothing there" : base::join(held, "; ")) + ".",
                       "permission");
}

// Revokes from one record; true when something changed.
bool revoke_from(const GrantRequest& request, const Grant* before, const GrantFacts& facts, GrantPlan& plan) {
  if (!before) return false;
  auto after = reduced(request, *before);
  if (after == *before) return false;
  if (after.privileges.empty()) {
    plan.erase.push_back(*before);
  } else {
    stamp(after, facts);
    plan.put.push_back(std::move(after));
  }
  return true;
}

}  // namespace

bool everybody_holds(const Snapshot& snapshot, const Resource& resource) {
  auto any = [&](ObjectId object) { return snapshot.held(snapshot.everybody(), object) != nullptr; };
  if (resource.concerns_table())
    return any(snapshot.table(resource.database, resource.table)) || any(snapshot.all_tables(resource.database));
  if (resource.kind == ResourceKind::database) return any(snapshot.database(resource.database));
  return resource.kind == ResourceKind::all_tables && any(snapshot.all_tables(resource.database));
}

Result<GrantPlan> plan_grant(GrantRequest request, const GrantFacts& facts) {
  WEIR_CHECK_OK(check_request(request, facts.table));
  WEIR_CHECK_OK(check_grantee(request, facts));
  WEIR_TRY(request.condition, checked_condition(request.principal, request.condition));
  if (request.privileges.empty()) return base::invalid("No permissions were named.", "permission");
  if (!request.grant_option.subset_of(request.privileges))
    return base::invalid("PermissionsWithGrantOption may only be a subset of Permissions; " +
                             (request.grant_option - request.privileges).text() + " is not among them.",
                         "permission");
  if (selects_every_column(request.resource)) request.resource = whole_table(request.resource);
  WEIR_CHECK_OK(check_beside(request, facts));
  GrantPlan plan;
  const auto* before = find(facts, request.resource, request.condition);
  auto after = merged(request, before);
  if (before && after == *before) return plan;  // granting the same again changes nothing, not even the date
  stamp(after, facts);
  note_union(request, facts, plan);
  if (before && before->share != after.share) plan.erase.push_back(*before);
  plan.put.push_back(std::move(after));
  return plan;
}

Result<GrantPlan> plan_revoke(GrantRequest request, const GrantFacts& facts) {
  WEIR_CHECK_OK(check_request(request, nullptr));  // columns may be gone by now
  request.condition = base::trim(request.condition);
  if (request.privileges.empty() && request.grant_option.empty())
    return base::invalid("No permissions were named.", "permission");
  GrantPlan plan;
  bool changed = revoke_from(request, find(facts, request.resource, request.condition), facts, plan);
  if (selects_every_column(request.resource)) {
    request.resource = whole_table(request.resource);
    changed |= revoke_from(request, find(facts, request.resource, request.condition), facts, plan);
  }
  if (!changed) return nothing_revoked(request, facts);
  return plan;
}

}  // namespace weir::permissions
