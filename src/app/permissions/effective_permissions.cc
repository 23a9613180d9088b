#include "app/permissions/effective_permissions.h"

#include <set>

#include "app/catalog/governed_table.h"
#include "app/sharing/received.h"
#include "catalog/tables.h"
#include "permissions/can_grant.h"
#include "permissions/records.h"

namespace weir::app {
namespace {

using permissions::Grant;
using permissions::Principal;
using permissions::Privilege;
using permissions::PrivilegeSet;
using permissions::Resource;
using permissions::ResourceKind;

const identity::Tags* tags_of(const Call& call, const Principal& principal) {
  const auto& directory = call.state().directory;
  if (auto* user = directory.find_user_by_arn(principal.text())) return &(*user)->user.tags;
  if (auto* role = directory.find_role_by_arn(principal.text())) return &(*role)->role.tags;
  return nullptr;
}

// The principal as it would call about what the owner has.
permissions::Caller caller_of(const Call& call, const Principal& principal, const std::string& owner) {
  permissions::Caller out{principal.account(), {principal.text()}};
  if (principal.is_iam()) {
    out.principals.push_back(permissions::account_iam_principals(principal.account()));
    if (const auto* tags = tags_of(call, principal))
      for (const auto& tag : *tags) out.tags.emplace_back(tag.key, tag.value);
  }
  if (out.account != owner) out.received = received_from(call.state(), owner, out);
  return out;
}

// What people of other accounts have inside these is not told.
bool can_be_asked_about(const Call& call, const Principal& principal) {
  if (principal.account() != call.caller().account()) return false;
  return principal.is_iam() || principal.kind() == permissions::PrincipalKind::account_iam_principals ||
         principal.kind() == permissions::PrincipalKind::saml_user ||
         principal.kind() == permissions::PrincipalKind::saml_group;
}

bool is_decided(ResourceKind kind) {
  return kind == ResourceKind::catalog || kind == ResourceKind::database || kind == ResourceKind::table ||
         kind == ResourceKind::all_tables || kind == ResourceKind::data_location || kind == ResourceKind::lf_tag ||
         kind == ResourceKind::lf_tag_expression;
}

// One question after the other about the same principal.
class Asking {
 public:
  Asking(const Call& call, const Principal& principal, const Resource& resource)
      : snapshot_(call.state().permissions(resource.catalog)),
        caller_(caller_of(call, principal, resource.catalog)),
        resource_(resource) {}

  const permissions::Caller& caller() const { return caller_; }
  // Where what it holds is recorded, when not by the owner.
  std::string local_to() const { return caller_.account == resource_.catalog ? "" : caller_.account; }
  permissions::Decision decide(Privilege privilege, const permissions::TableFacts* table) const {
    return permissions::decide({caller_, privilege, resource_, table}, snapshot_);
  }
  PrivilegeSet allowed(const permissions::TableFacts* table) const {
    PrivilegeSet out;
    for (const auto& row : permissions::privilege_table())
      if (decide(row.privilege, table).allowed()) out.insert(row.privilege);
    return out;
  }
  PrivilegeSet grantable(const Resource& resource, PrivilegeSet among) const {
    PrivilegeSet out;
    for (auto privilege : among.list())
      if (permissions::can_grant({caller_, resource, {privilege}}, snapshot_).allowed()) out.insert(privilege);
    return out;
  }
  void add(std::vector<Grant>& out, Resource resource, PrivilegeSet privileges) const {
    if (privileges.empty()) return;
    Grant grant;
    grant.principal = caller_.principals.front();
    grant.grant_option = grantable(resource, privileges);
    grant.resource = std::move(resource);
    grant.privileges = privileges;
    grant.local_to = local_to();
    out.push_back(std::move(grant));
  }

 private:
  const permissions::Snapshot& snapshot_;
  permissions::Caller caller_;
  const Resource& resource_;
};

base::Status add_granted(store::Transaction& tx, const std::string& home, const permissions::GrantScope& scope,
                         std::vector<Grant>& out) {
  for (std::string token;;) {
    WEIR_TRY(auto page, permissions::list_grants(tx, home, scope, token, 1000));
    for (auto& grant : page.items) out.push_back(std::move(grant));
    if (page.next.empty()) return {};
    token = page.next;
  }
}

// As it is recorded: by the owner, and of another's by the caller's account.
base::Result<std::vector<Grant>> granted(const Call& call, store::Transaction& tx, const Principal& principal,
                                         const Resource& resource) {
  permissions::GrantScope scope;
  scope.principal = principal.text();
  scope.resource = resource;
  std::vector<Grant> out;
  WEIR_CHECK_OK(add_granted(tx, resource.catalog, scope, out));
  const auto& own = call.caller().account();
  if (own != resource.catalog) WEIR_CHECK_OK(add_granted(tx, own, scope, out));
  return out;
}

// Columns whose every row is visible, when not all of them are.
base::Status add_columns(const Asking& asking, const Resource& table, const permissions::TableView& view,
                         std::vector<Grant>& out) {
  std::vector<std::string> names;
  for (const auto& column : view.columns)
    if (column.visible_when && catalog::is_always(column.visible_when)) names.push_back(column.name);
  if (names.empty()) return {};
  WEIR_TRY(auto columns,
           Resource::of_columns(table.catalog, table.database, table.table, permissions::ColumnSet::only(names)));
  asking.add(out, std::move(columns), {Privilege::select});
  return {};
}

base::Status add_filters(const Asking& asking, store::Transaction& tx, const Resource& table, std::vector<Grant>& out) {
  for (const auto& who : asking.caller().principals) {
    for (const auto& home : std::set{std::string(), asking.local_to()}) {
      WEIR_TRY(auto held, permissions::grants_around(tx, who, table, {}, home));
      for (auto& grant : held) {
        if (grant.resource.kind != ResourceKind::data_cells_filter) continue;
        grant.principal = asking.caller().principals.front();
        out.push_back(std::move(grant));
      }
    }
  }
  return {};
}

base::Result<std::vector<Grant>> effective_on_table(const Asking& asking, store::Transaction& tx,
                                                    const Resource& resource) {
  std::vector<Grant> out;
  WEIR_TRY(auto table, catalog::Tables(tx).find(resource.catalog, resource.database, resource.table));
  if (!table) return out;
  auto facts = facts_of(*table);
  auto allowed = asking.allowed(&facts);
  auto view = asking.decide(Privilege::describe, &facts).view;
  if (view.shows_everything()) {
    asking.add(out, resource, allowed);
    return out;
  }
  asking.add(out, resource, allowed - PrivilegeSet{Privilege::select});
  WEIR_CHECK_OK(add_columns(asking, resource, view, out));
  WEIR_CHECK_OK(add_filters(asking, tx, resource, out));
  return out;
}

}  // namespace

base::Result<std::vector<Grant>> effective_permissions(const Call& call, store::Transaction& tx,
                                                       const Principal& principal, const Resource& resource) {
  if (!can_be_asked_about(call, principal) || !is_decided(resource.kind)) return granted(call, tx, principal, resource);
  Asking asking(call, principal, resource);
  if (resource.kind == ResourceKind::table) return effective_on_table(asking, tx, resource);
  std::vector<Grant> out;
  asking.add(out, resource, asking.allowed(nullptr));
  return out;
}

}  // namespace weir::app
