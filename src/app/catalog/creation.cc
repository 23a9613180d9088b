#include "app/catalog/creation.h"

#include "app/wording.h"
#include "identity/principal.h"
#include "permissions/principal.h"
#include "permissions/records.h"

namespace weir::app {
namespace {

using permissions::Privilege;
using permissions::PrivilegeSet;

base::Status put(store::Transaction& tx, const Call& call, const permissions::Resource& made, std::string principal,
                 PrivilegeSet privileges, PrivilegeSet grant_option) {
  permissions::Grant grant;
  grant.principal = std::move(principal);
  grant.resource = made;
  grant.privileges = privileges;
  grant.grant_option = grant_option;
  grant.last_updated = call.now();
  grant.last_updated_by = identity::lake_formation_principal(call.caller());
  return permissions::put_grant(tx, grant);
}

base::Status put_for_maker(store::Transaction& tx, const Call& call, const permissions::Resource& made,
                           PrivilegeSet privileges) {
  return put(tx, call, made, std::string(identity::lake_formation_principal(call.caller())), privileges, privileges);
}

bool is_everybody(const std::optional<catalog::DataLakePrincipal>& principal) {
  if (!principal || !principal->identifier) return false;
  auto parsed = permissions::Principal::parse(*principal->identifier);
  return parsed.ok() && parsed->kind() == permissions::PrincipalKind::iam_allowed_principals;
}

}  // namespace

base::Status grant_to_maker(store::Transaction& tx, const Call& call, const permissions::Resource& made) {
  return put_for_maker(tx, call, made, {Privilege::all});
}

base::Status grant_to_link_maker(store::Transaction& tx, const Call& call, const permissions::Resource& made) {
  return put_for_maker(tx, call, made, permissions::valid_at(permissions::Level::link));
}

std::optional<Refusal> remake_gate(const Call& call, Privilege privilege,
                                   const base::Result<permissions::Resource>& where) {
  if (!where) return Refusal{"resource link", where.error()};
  auto decision = permissions::decide({call.lake_caller(where->catalog), privilege, *where, nullptr},
                                      call.state().permissions(where->catalog));
  if (decision.allowed()) return std::nullopt;
  return Refusal{"Lake Formation", base::denied(insufficient(privilege, *where), "access")};
}

base::Status grant_to_tag_maker(store::Transaction& tx, const Call& call, const permissions::Resource& made) {
  return put_for_maker(tx, call, made,
                       {Privilege::alter, Privilege::drop, Privilege::describe, Privilege::associate,
                        Privilege::grant_with_lf_tag_expression});
}

base::Status grant_to_expression_maker(store::Transaction& tx, const Call& call, const permissions::Resource& made) {
  return put_for_maker(
      tx, call, made,
      {Privilege::alter, Privilege::drop, Privilege::describe, Privilege::grant_with_lf_tag_expression});
}

base::Status grant_database_defaults(store::Transaction& tx, const Call& call, const permissions::Resource& database) {
  for (const auto& entry : call.state().permissions(database.catalog).settings().create_database_default)
    WEIR_CHECK_OK(put(tx, call, database, entry.principal, entry.privileges, {}));
  return {};
}

base::Status grant_table_defaults(store::Transaction& tx, const Call& call, const permissions::Resource& table,
                                  const DefaultPermissions& defaults) {
  if (!defaults || defaults->empty()) return {};
  return put(tx, call, table, std::string(permissions::kIamAllowedPrincipals), {Privilege::all}, {});
}

base::Status check_defaults(const DefaultPermissions& defaults) {
  if (!defaults) return {};
  for (const auto& entry : *defaults) {
    bool is_all = entry.permissions && *entry.permissions == std::vector<std::string>{"ALL"};
    if (!is_all || !is_everybody(entry.principal))
      return base::invalid("CreateTableDefaultPermissions is empty, or ALL to IAM_ALLOWED_PRINCIPALS.", "permissions");
  }
  return {};
}

DefaultPermissions settings_table_defaults(const Call& call, std::string_view account) {
  std::vector<catalog::PrincipalPermissions> out;
  for (const auto& entry : call.state().permissions(account).settings().create_table_default) {
    std::vector<std::string> names;
    for (auto privilege : entry.privileges.list()) names.emplace_back(permissions::name_of(privilege));
    out.push_back({catalog::DataLakePrincipal{entry.principal}, std::move(names)});
  }
  return out;
}

}  // namespace weir::app
