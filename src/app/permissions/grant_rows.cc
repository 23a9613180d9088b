#include "app/permissions/grant_rows.h"

#include <algorithm>

#include "app/permissions/data_lake_settings.h"
#include "permissions/can_grant.h"

namespace weir::app {
namespace {

using permissions::Grant;
using permissions::PolicyTarget;
using permissions::Privilege;
using permissions::PrivilegeSet;
using permissions::Resource;
using permissions::ResourceKind;

constexpr PrivilegeSet kSelect{Privilege::select};

GrantRow narrowed(Grant grant, PrivilegeSet privileges) {
  grant.privileges = privileges;
  grant.grant_option = grant.grant_option & privileges;
  return {std::move(grant)};
}

std::vector<GrantRow> rows_of_table(const Grant& grant) {
  std::vector<GrantRow> out;
  auto rest = grant.privileges - kSelect;
  if (!rest.empty()) out.push_back(narrowed(grant, rest));
  if (!grant.privileges.has(Privilege::select)) return out;
  auto on_columns = narrowed(grant, kSelect);
  on_columns.grant.resource.kind = ResourceKind::columns;
  on_columns.grant.resource.columns = permissions::ColumnSet::all();
  out.push_back(std::move(on_columns));
  return out;
}

bool same_but_for_the_value(const Grant& a, const Grant& b) {
  return a.privileges == b.privileges && a.grant_option == b.grant_option && a.terms() == b.terms();
}

void add_value(std::vector<GrantRow>& rows, Grant grant) {
  auto row = std::find_if(rows.begin(), rows.end(),
                          [&](const GrantRow& one) { return same_but_for_the_value(one.grant, grant); });
  auto value = grant.resource.tag_value;
  if (row == rows.end()) {
    rows.push_back({std::move(grant), {std::move(value)}});
    return;
  }
  row->tag_values.push_back(std::move(value));
  if (grant.last_updated <= row->grant.last_updated) return;
  row->grant.last_updated = grant.last_updated;
  row->grant.last_updated_by = std::move(grant.last_updated_by);
}

bool has(const std::vector<std::string>& list, const std::string& text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

bool names_parts(const Resource& resource) {
  return resource.kind == ResourceKind::columns || resource.kind == ResourceKind::data_cells_filter;
}

}  // namespace

bool is_of(GrantType type, const Resource& resource) {
  bool policy = resource.kind == ResourceKind::lf_tag_policy;
  switch (type) {
    case GrantType::catalog: return resource.kind == ResourceKind::catalog;
    case GrantType::database: return resource.kind == ResourceKind::database;
    case GrantType::table: return resource.concerns_table() || resource.kind == ResourceKind::all_tables;
    case GrantType::data_location: return resource.kind == ResourceKind::data_location;
    case GrantType::lf_tag: return resource.kind == ResourceKind::lf_tag;
    case GrantType::lf_tag_policy: return policy;
    case GrantType::lf_tag_policy_database: return policy && resource.policy_on == PolicyTarget::databases;
    case GrantType::lf_tag_policy_table: return policy && resource.policy_on == PolicyTarget::tables;
    case GrantType::lf_named_tag_expression: return resource.kind == ResourceKind::lf_tag_expression;
  }
  return false;
}

bool joins(const Grant& before, const Grant& after) {
  return before.resource.kind == ResourceKind::lf_tag && after.resource.kind == ResourceKind::lf_tag &&
         before.principal == after.principal && before.resource.tag_key == after.resource.tag_key;
}

std::vector<GrantRow> rows_of(std::vector<Grant> run) {
  std::vector<GrantRow> out;
  for (auto& grant : run) {
    if (grant.resource.kind == ResourceKind::lf_tag) {
      add_value(out, std::move(grant));
    } else if (grant.resource.kind == ResourceKind::table) {
      for (auto& row : rows_of_table(grant)) out.push_back(std::move(row));
    } else {
      out.push_back({std::move(grant)});
    }
  }
  return out;
}

std::string order_of(const GrantRow& row) {
  const auto& grant = row.grant;
  std::string out = grant.principal;
  for (const auto& part : {grant.resource.key(), grant.condition, grant.share, grant.resource.columns.text()})
    (out += '\0') += part;
  return out;
}

GrantSight::GrantSight(const Call& call) : call_(call), everything_(sees_everything(call, call.caller().account())) {}

const permissions::Caller& GrantSight::caller(const std::string& owner) {
  auto found = callers_.find(owner);
  if (found == callers_.end()) found = callers_.emplace(owner, call_.lake_caller(owner)).first;
  return found->second;
}

bool GrantSight::is_shared_with_account(const Grant& grant) {
  return has(caller(grant.resource.catalog).received.as, grant.principal);
}

bool GrantSight::sees(const Resource& resource, Privilege privilege) {
  const auto& snapshot = call_.state().permissions(resource.catalog);
  const auto& asking = caller(resource.catalog);
  if (permissions::can_grant({asking, resource, {privilege}}, snapshot).allowed()) return true;
  return !names_parts(resource) && permissions::decide({asking, privilege, resource}, snapshot).allowed();
}

std::optional<Grant> GrantSight::in_part(Grant grant) {
  PrivilegeSet seen;
  for (auto privilege : grant.privileges.list())
    if (sees(grant.resource, privilege)) seen.insert(privilege);
  if (seen.empty()) return std::nullopt;
  grant.privileges = seen;
  grant.grant_option = grant.grant_option & seen;
  return grant;
}

std::optional<Grant> GrantSight::shown(Grant grant) {
  const auto& asking = caller(grant.resource.catalog);
  bool own = has(asking.principals, grant.principal);
  if (grant.home() != asking.account) {
    if (!own && !is_shared_with_account(grant)) return std::nullopt;
    if (!has(own ? asking.received.own_shares : asking.received.shares, grant.share)) return std::nullopt;
  }
  if (everything_ || own) return grant;
  return in_part(std::move(grant));
}

}  // namespace weir::app
