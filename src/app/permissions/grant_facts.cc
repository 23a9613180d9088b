#include "app/permissions/grant_facts.h"

#include <algorithm>

#include "app/catalog/governed_table.h"
#include "app/catalog/link_target.h"
#include "app/permissions/lf_tags.h"
#include "catalog/databases.h"
#include "catalog/tables.h"
#include "permissions/sharing.h"

namespace weir::app {
namespace {

using permissions::GrantRequest;
using permissions::Resource;
using permissions::ResourceKind;

base::Status read_table(store::Transaction& tx, const Resource& resource, Known& known) {
  WEIR_TRY(auto table, catalog::Tables(tx).find(resource.catalog, resource.database, resource.table));
  if (!table) return base::not_found("Table " + resource.database + "." + resource.table + " not found.", "table");
  known.table = facts_of(*table);
  known.facts.table = &*known.table;
  return {};
}

// What an account means by a filter's name: its own on the table, else the owner's.
base::Status read_filter(store::Transaction& tx, const GrantRequest& request, Known& known) {
  const auto& resource = request.resource;
  WEIR_CHECK_OK(read_table(tx, resource, known));
  WEIR_TRY(known.filter, permissions::get_filter(tx, resource, request.local_to));
  if (!known.filter && !request.local_to.empty()) {
    WEIR_TRY(known.filter, permissions::get_filter(tx, resource));
  }
  if (!known.filter) return base::not_found("Data cells filter " + resource.filter + " not found.", "filter");
  known.facts.filter = &*known.filter;
  return {};
}

base::Error not_on_a_link(std::string why) {
  return base::invalid("Permissions modification is invalid. " + std::move(why), "permission");
}

// A link to a database holds what a link to a table does, and has no tables of its own (lakeformation.md 2.2, 6.4).
base::Status check_on_link(const LinkTarget& target, const GrantRequest& request) {
  if (permissions::is_shared(request.principal, request.resource, request.local_to))
    return not_on_a_link("A resource link is not shared; share what it points to.");
  if (request.resource.kind == ResourceKind::all_tables)
    return not_on_a_link("Database " + request.resource.database +
                         " is a resource link and has no tables; grant on those of its target, " + target.text() + ".");
  auto allowed = permissions::valid_at(permissions::Level::link);
  auto wrong = (request.privileges | request.grant_option) - allowed;
  if (wrong.empty()) return {};
  return not_on_a_link(wrong.text() + " cannot be granted on " +
                       std::string(permissions::name_of(permissions::Level::link)) +
                       "; allowed there: " + allowed.text() + ".");
}

base::Status check_database(store::Transaction& tx, const GrantRequest& request) {
  WEIR_TRY(auto database, catalog::Databases(tx).get(request.resource.catalog, request.resource.database));
  auto target = target_of(database);
  return target ? check_on_link(*target, request) : base::Status();
}

base::Status check_location(const Call& call, const Resource& resource) {
  if (governing(call, resource.catalog, resource.location)) return {};
  return base::not_found("Resource " + resource.location.url() + " is not registered with Lake Formation.", "location");
}

base::Status check_tag(store::Transaction& tx, const Resource& resource) {
  WEIR_TRY(auto tag, lf_tag_there(tx, resource.catalog, resource.tag_key));
  if (resource.tag_value == permissions::kAnyTagValue ||
      std::find(tag.values.begin(), tag.values.end(), resource.tag_value) != tag.values.end())
    return {};
  return base::not_found("LF-Tag " + tag.key + " has no value " + resource.tag_value + ".", "tag");
}

base::Status check_expression(store::Transaction& tx, const Resource& resource) {
  WEIR_TRY(auto there, permissions::get_expression(tx, resource.catalog, resource.expression_name));
  if (there) return {};
  return base::not_found("LF-Tag expression " + resource.expression_name + " not found.", "expression");
}

base::Status check_policy(store::Transaction& tx, const Resource& resource) {
  if (!resource.expression_name.empty()) return check_expression(tx, resource);
  return check_values_there(tx, resource.catalog, resource.expression);
}

}  // namespace

Known::Known(Known&& from) noexcept { *this = std::move(from); }

Known& Known::operator=(Known&& from) noexcept {
  facts = std::move(from.facts);
  table = std::move(from.table);
  filter = std::move(from.filter);
  facts.table = table ? &*table : nullptr;
  facts.filter = filter ? &*filter : nullptr;
  return *this;
}

base::Result<Known> known_of(const Call& call, store::Transaction& tx, const GrantRequest& request) {
  Known known;
  const auto& snapshot = call.state().permissions(request.resource.catalog);
  known.facts.grantee_is_admin = request.local_to.empty() && snapshot.settings().is_admin(request.principal.text());
  known.facts.everybody_holds = permissions::everybody_holds(snapshot, request.resource);
  known.facts.cross_account_version = snapshot.settings().cross_account_version();
  known.facts.by = identity::lake_formation_principal(call.caller());
  known.facts.now = call.now();
  WEIR_TRY(known.facts.held, permissions::grants_around(tx, request.principal.text(), request.resource,
                                                        request.condition, request.local_to));
  return known;
}

base::Status check_there(const Call& call, store::Transaction& tx, const GrantRequest& request, Known& known) {
  const auto& resource = request.resource;
  switch (resource.kind) {
    case ResourceKind::catalog: return {};
    case ResourceKind::database:
    case ResourceKind::all_tables: return check_database(tx, request);
    case ResourceKind::table:
    case ResourceKind::columns: return read_table(tx, resource, known);
    case ResourceKind::data_cells_filter: return read_filter(tx, request, known);
    case ResourceKind::data_location: return check_location(call, resource);
    case ResourceKind::lf_tag: return check_tag(tx, resource);
    case ResourceKind::lf_tag_policy: return check_policy(tx, resource);
    case ResourceKind::lf_tag_expression: return check_expression(tx, resource);
    case ResourceKind::nested_catalog: break;
  }
  return base::fail(base::Kind::unsupported, "Grants on nested catalogs are not supported by this server.", "resource");
}

}  // namespace weir::app
