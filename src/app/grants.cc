#include "app/grants.h"

#include "app/data_lake_settings.h"
#include "app/each_table.h"
#include "app/governed_table.h"
#include "catalog/databases.h"
#include "catalog/tables.h"
#include "permissions/can_grant.h"

namespace weir::app {
namespace {

using permissions::GrantPlan;
using permissions::GrantRequest;
using permissions::ResourceKind;

base::Result<GrantRequest> judged(const Call& call, const GrantInput& input) {
  WEIR_TRY(auto principal, permissions::Principal::parse(input.principal));
  WEIR_CHECK_OK(permissions::check_grantable(principal, input.resource.catalog));
  if (principal.is_iam() && !call.state().directory.find_id(principal.text()))
    return base::invalid("Invalid principal: " + principal.text() + " does not exist in this account.", "principal");
  WEIR_TRY(auto privileges, permissions::parse_privileges(input.privileges));
  WEIR_TRY(auto option, permissions::parse_privileges(input.grant_option));
  return GrantRequest{std::move(principal), input.resource, privileges, option};
}

// What a plan must know, read in the transaction that carries it out. Owns what its facts point at.
struct Known {
  permissions::GrantFacts facts;
  permissions::TableFacts table;
  permissions::DataCellsFilter filter;
};

base::Status read_table(store::Transaction& tx, const permissions::Resource& resource, Known& known) {
  WEIR_TRY(auto table, catalog::Tables(tx).find(resource.catalog, resource.database, resource.table));
  if (!table) return base::not_found("Table " + resource.database + "." + resource.table + " not found.", "table");
  known.table = facts_of(*table);
  known.facts.table = &known.table;
  return {};
}

base::Status check_there(Call& call, store::Transaction& tx, const permissions::Resource& resource, Known& known) {
  switch (resource.kind) {
    case ResourceKind::catalog: return {};
    case ResourceKind::database:
    case ResourceKind::all_tables: {
      WEIR_TRY(auto database, catalog::Databases(tx).get(resource.catalog, resource.database));
      (void)database;
      return {};
    }
    case ResourceKind::table:
    case ResourceKind::columns: return read_table(tx, resource, known);
    case ResourceKind::data_cells_filter: {
      WEIR_CHECK_OK(read_table(tx, resource, known));
      WEIR_TRY(auto filter, permissions::get_filter(tx, resource));
      if (!filter) return base::not_found("Data cells filter " + resource.filter + " not found.", "filter");
      known.filter = std::move(*filter);
      known.facts.filter = &known.filter;
      return {};
    }
    case ResourceKind::data_location:
      if (!governing(call, resource.catalog, resource.location))
        return base::not_found("Resource " + resource.location.url() + " is not registered with Lake Formation.",
                               "location");
      return {};
    case ResourceKind::nested_catalog:
    case ResourceKind::lf_tag:
    case ResourceKind::lf_tag_policy:
    case ResourceKind::lf_tag_expression:
      return base::fail(base::Kind::unsupported,
                        "Grants on this kind of resource are not supported by this server yet.", "resource");
  }
  return base::internal("a resource of no kind");
}

base::Result<Known> know(Call& call, store::Transaction& tx, const GrantRequest& request) {
  Known known;
  const auto& settings = call.state().permissions(request.resource.catalog).settings();
  known.facts.grantee_is_admin = settings.is_admin(request.principal.text());
  known.facts.by = identity::lake_formation_principal(call.caller());
  known.facts.now = call.now();
  WEIR_TRY(known.facts.held, permissions::grants_around(tx, request.principal.text(), request.resource));
  return known;
}

base::Status carry_out(store::Transaction& tx, const GrantPlan& plan) {
  for (const auto& grant : plan.erase) WEIR_CHECK_OK(permissions::erase_grant(tx, grant));
  for (const auto& grant : plan.put) WEIR_CHECK_OK(permissions::put_grant(tx, grant));
  return {};
}

base::Status authorize_change(Call& call, std::string_view action, const GrantInput& input) {
  call.about("principal", input.principal);
  call.about("resource", input.resource.text());
  call.about("permissions", base::to_json(input.privileges));
  Ask ask{std::string(action)};
  WEIR_CHECK_OK(check_own_catalog(call, ask, input.resource.catalog));
  return call.authorize(ask, [&]() -> std::optional<Refusal> {
    auto privileges = permissions::parse_privileges(input.privileges);
    auto option = permissions::parse_privileges(input.grant_option);
    auto asked =
        (privileges ? *privileges : permissions::PrivilegeSet()) | (option ? *option : permissions::PrivilegeSet());
    auto verdict = permissions::can_grant({call.lake_caller(), input.resource, asked},
                                          call.state().permissions(input.resource.catalog));
    if (verdict.allowed()) return std::nullopt;
    return Refusal{"grant option", base::denied(verdict.says, "access")};
  });
}

bool sees_all(const Call& call, const std::string& catalog) {
  const auto& settings = call.state().permissions(catalog).settings();
  auto self = identity::lake_formation_principal(call.caller());
  return settings.is_admin(self) || settings.is_read_only_admin(self);
}

using Located = std::function<base::Status(const permissions::Resource&, const std::string& location)>;

// Every database and table of the account that has a location.
base::Status each_located(store::Transaction& tx, const std::string& account, const Located& visit) {
  WEIR_CHECK_OK(each_database(tx, account, [&](const catalog::Database& database) -> base::Status {
    if (!database.location_uri) return {};
    WEIR_TRY(auto resource, permissions::Resource::of_database(account, database.name));
    return visit(resource, *database.location_uri);
  }));
  return each_table(tx, account, [&](const catalog::Table& table) -> base::Status {
    if (!table.storage_descriptor || !table.storage_descriptor->location) return {};
    WEIR_TRY(auto resource, permissions::Resource::of_table(account, table.database_name, table.name));
    return visit(resource, *table.storage_descriptor->location);
  });
}

}  // namespace

base::Result<std::vector<std::string>> grant_permissions(Call& call, const GrantInput& input) {
  WEIR_CHECK_OK(authorize_change(call, "lakeformation:GrantPermissions", input));
  WEIR_TRY(auto request, judged(call, input));
  std::vector<std::string> notices;
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto known, know(call, tx, request));
    WEIR_CHECK_OK(check_there(call, tx, request.resource, known));
    WEIR_TRY(auto plan, permissions::plan_grant(request, known.facts));
    notices = plan.notices;
    return carry_out(tx, plan);
  }));
  return notices;
}

base::Status revoke_permissions(Call& call, const GrantInput& input) {
  WEIR_CHECK_OK(authorize_change(call, "lakeformation:RevokePermissions", input));
  // A principal or an object that is gone may still have grants to take away: nothing is asked of them.
  WEIR_TRY(auto principal, permissions::Principal::parse(input.principal));
  WEIR_TRY(auto privileges, permissions::parse_privileges(input.privileges));
  WEIR_TRY(auto option, permissions::parse_privileges(input.grant_option));
  GrantRequest request{std::move(principal), input.resource, privileges, option};
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto known, know(call, tx, request));
    WEIR_TRY(auto plan, permissions::plan_revoke(request, known.facts));
    return carry_out(tx, plan);
  });
}

base::Result<permissions::Page<permissions::Grant>> list_permissions(Call& call, const ListGrants& request) {
  Ask ask{"lakeformation:ListPermissions"};
  WEIR_CHECK_OK(check_own_catalog(call, ask, request.catalog));
  WEIR_CHECK_OK(call.authorize(ask));
  auto scope = request.scope;
  permissions::Page<permissions::Grant> nothing;
  if (!sees_all(call, request.catalog)) {
    auto self = std::string(identity::lake_formation_principal(call.caller()));
    if (scope.principal && *scope.principal != self) return nothing;
    scope.principal = self;
  }
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto page, permissions::list_grants(*tx, request.catalog, scope, request.token, request.limit));
  if (request.kind) {
    std::erase_if(page.items, [&](const auto& grant) {
      auto kind = grant.resource.kind;
      if (kind == ResourceKind::all_tables || kind == ResourceKind::columns || kind == ResourceKind::data_cells_filter)
        kind = ResourceKind::table;
      return kind != *request.kind;
    });
  }
  return page;
}

base::Result<std::vector<permissions::Grant>> permissions_for_path(Call& call, const std::string& catalog,
                                                                   const std::string& resource_arn) {
  Ask ask{"lakeformation:GetEffectivePermissionsForPath"};
  WEIR_CHECK_OK(check_own_catalog(call, ask, catalog));
  WEIR_CHECK_OK(call.authorize(ask));
  WEIR_TRY(auto path, names::S3Path::parse(resource_arn));
  bool all = sees_all(call, catalog);
  auto self = std::string(identity::lake_formation_principal(call.caller()));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  std::vector<permissions::Grant> out;
  WEIR_CHECK_OK(each_located(*tx, catalog,
                             [&](const permissions::Resource& resource, const std::string& location) -> base::Status {
                               auto place = names::S3Path::parse(location);
                               if (!place || !path.covers(*place)) return {};
                               permissions::GrantScope scope;
                               scope.resource = resource;
                               if (!all) scope.principal = self;
                               for (std::string token;;) {
                                 WEIR_TRY(auto page, permissions::list_grants(*tx, catalog, scope, token, 1000));
                                 for (auto& grant : page.items) out.push_back(std::move(grant));
                                 if (page.next.empty()) return {};
                                 token = page.next;
                               }
                             }));
  return out;
}

}  // namespace weir::app
