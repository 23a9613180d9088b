#include "app/permissions/opt_ins.h"

#include <algorithm>

#include "app/filled_page.h"
#include "app/permissions/data_lake_settings.h"
#include "catalog/databases.h"
#include "catalog/tables.h"
#include "permissions/condition.h"
#include "permissions/principal.h"

namespace weir::app {
namespace {

using permissions::OptIn;
using permissions::Principal;
using permissions::Resource;
using permissions::ResourceKind;

base::Status authorize(Call& call, std::string_view action, const OptInInput& input) {
  call.about("principal", input.principal);
  call.about("resource", input.resource.text());
  Ask ask{std::string(action)};
  WEIR_CHECK_OK(check_own_catalog(call, ask, input.resource.catalog));
  return call.authorize(ask, [&] { return administrator_gate(call, input.resource.catalog); });
}

base::Status check_who(const Principal& principal) {
  if (principal.is_iam() || principal.kind() == permissions::PrincipalKind::account_iam_principals) return {};
  return base::invalid("IAM users, roles and ACCOUNT:IAMPrincipals can be opted in, not a " +
                           std::string(name_of(principal.kind())) + ".",
                       "principal");
}

base::Result<OptIn> opt_in_of(Call& call, const OptInInput& input) {
  OptIn out;
  WEIR_TRY(auto principal, Principal::parse(input.principal));
  WEIR_CHECK_OK(check_who(principal));
  out.principal = principal.text();
  out.resource = input.resource;
  if (!input.condition.empty()) {
    WEIR_TRY(auto condition, permissions::Condition::parse(input.condition));
    out.condition = condition.text();
  }
  out.last_updated = call.now();
  out.last_updated_by = identity::lake_formation_principal(call.caller());
  return out;
}

base::Status check_principal_there(const Call& call, const OptIn& opt_in) {
  WEIR_TRY(auto principal, Principal::parse(opt_in.principal));
  WEIR_CHECK_OK(permissions::check_grantable(principal, opt_in.resource.catalog));
  if (!principal.is_iam() || call.state().directory.find_id(opt_in.principal)) return {};
  return base::invalid("Invalid principal: " + opt_in.principal + " does not exist in this account.", "principal");
}

base::Status check_resource_there(store::Transaction& tx, const Resource& on) {
  switch (on.kind) {
    case ResourceKind::catalog: return {};
    case ResourceKind::database:
    case ResourceKind::all_tables: {
      WEIR_CHECK_OK(catalog::Databases(tx).get(on.catalog, on.database));
      return {};
    }
    case ResourceKind::table: {
      WEIR_TRY(auto table, catalog::Tables(tx).find(on.catalog, on.database, on.table));
      if (table) return {};
      return base::not_found("Table " + on.database + "." + on.table + " not found.", "table");
    }
    case ResourceKind::columns:
    case ResourceKind::data_cells_filter:
    case ResourceKind::data_location:
    case ResourceKind::nested_catalog:
    case ResourceKind::lf_tag:
    case ResourceKind::lf_tag_policy:
    case ResourceKind::lf_tag_expression: break;
  }
  return base::invalid("Principals are opted in on the catalog, databases and tables, not on " + on.text() + ".",
                       "resource");
}

}  // namespace

base::Status create_opt_in(Call& call, const OptInInput& input) {
  WEIR_CHECK_OK(authorize(call, "lakeformation:CreateLakeFormationOptIn", input));
  WEIR_TRY(auto opt_in, opt_in_of(call, input));
  WEIR_CHECK_OK(check_principal_there(call, opt_in));
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_CHECK_OK(check_resource_there(tx, opt_in.resource));
    WEIR_TRY(auto there, permissions::get_opt_in(tx, opt_in.principal, opt_in.resource, opt_in.condition));
    return there ? base::Status() : permissions::put_opt_in(tx, opt_in);
  });
}

base::Status delete_opt_in(Call& call, const OptInInput& input) {
  WEIR_CHECK_OK(authorize(call, "lakeformation:DeleteLakeFormationOptIn", input));
  WEIR_TRY(auto opt_in, opt_in_of(call, input));
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto there, permissions::get_opt_in(tx, opt_in.principal, opt_in.resource, opt_in.condition));
    if (!there)
      return base::not_found(opt_in.principal + " is not opted in on " + opt_in.resource.text() + ".", "opt-in");
    return permissions::erase_opt_in(tx, *there);
  });
}

base::Result<permissions::Page<OptIn>> list_opt_ins(Call& call, const OptInList& request) {
  auto account = request.scope.resource ? request.scope.resource->catalog : call.caller().account();
  Ask ask{"lakeformation:ListLakeFormationOptIns"};
  WEIR_CHECK_OK(check_own_catalog(call, ask, account));
  WEIR_CHECK_OK(call.authorize(ask));
  bool all = sees_everything(call, account);
  auto own = call.lake_caller(account).principals;
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return filled_page<OptIn>(
      request.token, request.limit,
      [&](const std::string& token, size_t limit) {
        return permissions::list_opt_ins(*tx, account, request.scope, token, limit);
      },
      [&](const OptIn& opt_in) { return all || std::find(own.begin(), own.end(), opt_in.principal) != own.end(); });
}

}  // namespace weir::app
