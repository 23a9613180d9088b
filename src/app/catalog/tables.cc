#include "app/catalog/tables.h"

#include "app/catalog/creation.h"
#include "app/catalog/link_properties.h"
#include "app/catalog/placement.h"
#include "app/catalog/reading_gate.h"
#include "app/catalog/resource_links.h"
#include "app/catalog/shown_columns.h"
#include "app/sharing/shared_grants.h"
#include "base/text.h"
#include "catalog/databases.h"
#include "catalog/partition_indexes.h"
#include "permissions/records.h"
#include "permissions/tag_records.h"
#include "permissions/visibility.h"

namespace weir::app {
namespace {

using permissions::Privilege;
using permissions::Resource;

Placement placement_of(const catalog::Table& table, std::vector<std::string> places,
                       const std::optional<std::string>& database_location) {
  return {table.catalog_id, false, std::move(places), database_location};
}

Ask ask_to_create(const Call& call, const catalog::Table& table) {
  auto name = table_name(table.catalog_id, table.database_name, table.name);
  return {"glue:CreateTable", arn_of(call, name), name.catalog};
}

// A table belongs to the account of its database, and its maker to the ones who hold it: for a maker of another account
// that would be a share that nobody of the owner's made.
std::optional<Refusal> own_account_gate(const Call& call, const DatabaseName& database) {
  if (database.catalog == call.caller().account()) return std::nullopt;
  return Refusal{"database of another account", base::denied("Tables in a database of account " + database.catalog +
                                                                 " are made by principals of that account alone.",
                                                             "access")};
}

// Through a link to a database the table is made in the database itself; a link is not (lakeformation.md 6.4).
base::Result<GovernedDatabase> authorize_creation(Call& call, catalog::Table& table) {
  call.about("tableName", base::to_lower(table.name));
  WEIR_TRY(auto followed,
           follow(call, ask_to_create(call, table), database_name(table.catalog_id, table.database_name)));
  table.catalog_id = followed.name.catalog;
  table.database_name = followed.name.database;
  return authorize_database(
      call, ask_to_create(call, table), followed, Privilege::create_table,
      [&](const catalog::Database& database) -> std::optional<Refusal> {
        if (!followed.link.empty() && table.target_table)
          return Refusal{"resource link", base::invalid("A resource link is not made through another, " +
                                                            followed.link + "; name the database itself.",
                                                        "table")};
        if (auto refusal = own_account_gate(call, followed.name)) return refusal;
        return placement_gate(call, placement_of(table, places_of(table.storage_descriptor), database.location_uri));
      });
}

// The filters of a table that fit it before the change and would not after.
base::Result<size_t> filters_closed(store::Transaction& tx, const Resource& table,
                                    const permissions::TableFacts& before, const permissions::TableFacts& after) {
  constexpr size_t kAtOnce = 100;
  size_t closed = 0;
  std::string token;
  do {
    WEIR_TRY(auto page, permissions::list_filters(tx, table.catalog, table, token, kAtOnce));
    for (auto& record : page.items) {
      auto filter = permissions::compile(std::move(record));
      closed += permissions::bind(filter, before).ok() && !permissions::bind(filter, after).ok() ? 1 : 0;
    }
    token = page.next;
  } while (!token.empty());
  return closed;
}

// Filters are named to nobody here: who may alter a table may still not list them.
base::Status check_filters_stay_open(store::Transaction& tx, const Resource& resource, const catalog::Table& before,
                                     const catalog::Table& after) {
  WEIR_TRY(auto closed, filters_closed(tx, resource, facts_of(before), facts_of(after)));
  if (closed == 0) return {};
  return base::invalid(
      "The change drops or retypes columns that " + std::to_string(closed) +
          " data cells filter(s) of the table name, which would take the data from whoever holds them. "
          "Have a data lake administrator delete or update the filters first.",
      "table");
}

std::vector<std::string> dropped_columns(const catalog::Table& before, const catalog::Table& after) {
  auto facts = facts_of(after);
  std::vector<std::string> out;
  for (const auto& column : catalog::schema_of(before))
    if (!facts.find(column.name)) out.push_back(column.name);
  return out;
}

// The table may have been changed since the gate was asked.
base::Status check_reading(const Call& call, GovernedTable governed, const catalog::Table& there,
                           const catalog::Table& after) {
  governed.table = std::make_shared<const catalog::Table>(there);
  auto refusal = there.target_table ? std::nullopt : reading_gate(call, governed, after);
  return refusal ? base::Status(std::move(refusal->error)) : base::Status();
}

base::Status check_still_the_same_kind(const catalog::Table& before, const catalog::Table& after) {
  if (before.target_table.has_value() == after.target_table.has_value()) return {};
  return base::invalid("A table cannot become a resource link, nor a resource link a table.", "table");
}

base::Result<std::optional<std::string>> database_location(const Call& call, const names::TableName& name) {
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto database, catalog::Databases(*tx).find(name.catalog, name.database));
  return database ? database->location_uri : std::nullopt;
}

// ALTER; of a resource link, on which nobody holds that, DROP with the right to make another.
base::Result<Privilege> privilege_to_update(const Call& call, const names::TableName& name) {
  WEIR_TRY(auto there, call.lake().tables.find(name.catalog, name.database, name.table));
  if (!there || !there->target_table) return Privilege::alter;
  return first_held(call, name, {Privilege::alter, Privilege::drop});
}

base::Result<GovernedTable> authorize_update(Call& call, const FollowedTable& followed, const catalog::Table& after) {
  const auto& name = followed.name;
  WEIR_TRY(auto parent, database_location(call, name));
  WEIR_TRY(auto privilege, privilege_to_update(call, name));
  TableGates gates;
  gates.last = [&](const GovernedTable& before) -> std::optional<Refusal> {
    if (before.table->target_table)
      return remake_gate(call, Privilege::create_table, Resource::of_database(name.catalog, name.database));
    if (privilege != Privilege::alter)
      return Refusal{"resource link",
                     base::fail(base::Kind::concurrent, "The resource link was dropped in the meantime.", "table")};
    if (auto refusal = reading_gate(call, before, after)) return refusal;
    auto places = new_places(places_of(before.table->storage_descriptor), places_of(after.storage_descriptor));
    return placement_gate(call, placement_of(after, std::move(places), parent));
  };
  return authorize_table(call, "glue:UpdateTable", followed, privilege, gates);
}

}  // namespace

ShownTable shown(const Call& call, const GovernedTable& table) {
  bool registered = !table.decision.own_data_access && is_registered(call, *table.table);
  return {ShownColumns(table.decision).of(table.table), registered};
}

std::optional<ShownTable> shown_in_list(const Call& call, std::shared_ptr<const catalog::Table> table) {
  auto resource = Resource::of_table(table->catalog_id, table->database_name, table->name);
  if (!resource) return std::nullopt;
  auto facts = facts_of(*table);
  auto decision =
      permissions::decide({call.lake_caller(table->catalog_id), Privilege::describe, std::move(*resource), &facts},
                          call.state().permissions(table->catalog_id));
  if (!decision.allowed()) return std::nullopt;
  bool registered = !decision.own_data_access && is_registered(call, *table);
  return ShownTable{ShownColumns(decision).of(std::move(table)), registered};
}

base::Status create_table(Call& call, catalog::Table table, const std::vector<catalog::PartitionIndex>& indexes) {
  WEIR_TRY(auto database, authorize_creation(call, table));
  WEIR_TRY(auto resource, Resource::of_table(table.catalog_id, table.database_name, table.name));
  table.create_time = call.now();
  table.update_time = call.now();
  table.created_by = call.caller().arn();
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_CHECK_OK(same_database(tx, database));
    catalog::Tables tables(tx);
    WEIR_CHECK_OK(tables.create(table));
    WEIR_TRY(auto made, tables.get(table.catalog_id, table.database_name, table.name));
    for (const auto& index : indexes) WEIR_CHECK_OK(catalog::PartitionIndexes(tx, made).create(index));
    WEIR_CHECK_OK(table.target_table ? grant_to_link_maker(tx, call, resource) : grant_to_maker(tx, call, resource));
    return grant_table_defaults(tx, call, resource, database.database.create_table_default_permissions);
  });
}

base::Result<ShownTable> get_table(Call& call, const names::TableName& name) {
  call.about("databaseName", name.database);
  call.about("name", name.table);
  WEIR_TRY(auto followed, follow(call, "glue:GetTable", name, TableLinks::mean));
  WEIR_TRY(auto table, authorize_table(call, "glue:GetTable", followed, Privilege::describe));
  // One link is followed: what lies in the target of a link to a database is shown as it is there.
  return followed.link.empty() ? with_target(call, shown(call, table)) : shown(call, table);
}

base::Result<ShownTables> get_tables(Call& call, const DatabaseName& asked, const std::string& pattern,
                                     const catalog::PageRequest& page) {
  WEIR_TRY(auto names, catalog::NamePattern::parse(pattern));
  WEIR_TRY(auto followed, follow(call, {"glue:GetTables", arn_of(call, asked), asked.catalog}, asked));
  const auto& database = followed.name;
  Ask ask{"glue:GetTables", arn_of(call, database), database.catalog};
  WEIR_CHECK_OK(authorize_database(call, ask, followed, Privilege::describe));
  permissions::Visibility visible(call.lake_caller(database.catalog), call.state().permissions(database.catalog));
  catalog::TableFilter filter;
  auto tables = visible.tables_of(database.database);
  filter.keep_name = [&](std::string_view name) { return visible.may_show(tables, name); };
  filter.keep = [&](const catalog::Table& table) {
    return visible.table(table.database_name, table.name, location_of(table));
  };
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto found, catalog::Tables(*tx).list(database.catalog, database.database, page, names, filter));
  tx.reset();  // targets are read on their own
  ShownTables out;
  for (auto& table : found.items) {
    auto one = shown_in_list(call, std::make_shared<catalog::Table>(std::move(table)));
    if (one) out.tables.push_back(followed.link.empty() ? with_target(call, std::move(*one)) : std::move(*one));
  }
  out.next_token = std::move(found.next_token);
  return out;
}

base::Status update_table(Call& call, const names::TableName& name, catalog::Table table,
                          const catalog::TableUpdate& how) {
  call.about("databaseName", name.database);
  call.about("name", name.table);
  WEIR_TRY(auto followed, follow(call, "glue:UpdateTable", name, TableLinks::mean));
  table.catalog_id = followed.name.catalog;
  table.database_name = followed.name.database;
  WEIR_TRY(auto governed, authorize_update(call, followed, table));
  WEIR_CHECK_OK(check_still_the_same_kind(*governed.table, table));
  table.update_time = call.now();
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto there, same_table(tx, governed));
    WEIR_CHECK_OK(check_reading(call, governed, there, table));
    WEIR_CHECK_OK(check_filters_stay_open(tx, governed.decision.resource, there, table));
    WEIR_CHECK_OK(permissions::forget_columns(tx, governed.decision.resource, dropped_columns(there, table)));
    return catalog::Tables(tx).update(name.table, table, how);
  });
}

base::Status delete_table(Call& call, std::string_view action, const names::TableName& name) {
  call.about("databaseName", name.database);
  call.about("name", name.table);
  WEIR_TRY(auto governed, authorize_linked_table(call, action, name, TableLinks::mean, Privilege::drop));
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_CHECK_OK(same_table(tx, governed));
    WEIR_CHECK_OK(catalog::Tables(tx).erase(governed.name.catalog, governed.name.database, governed.name.table));
    return forget_dropped(call, tx, governed.decision.resource);
  });
}

Privilege first_held(const Call& call, const names::TableName& name, std::initializer_list<Privilege> privileges) {
  auto resource = Resource::of_table(name.catalog, name.database, name.table);
  if (resource.ok()) {
    for (auto privilege : privileges)
      if (permissions::decide({call.lake_caller(name.catalog), privilege, *resource, nullptr},
                              call.state().permissions(name.catalog))
              .allowed())
        return privilege;
  }
  return *privileges.begin();
}

base::Result<catalog::Table> same_table(store::Transaction& tx, const GovernedTable& authorised) {
  const auto& name = authorised.name;
  WEIR_TRY(auto there, catalog::Tables(tx).get(name.catalog, name.database, name.table));
  if (there.serial == authorised.table->serial) return there;
  return base::fail(base::Kind::concurrent, "The table was dropped and made again in the meantime.", "table");
}

bool is_registered(const Call& call, const catalog::Table& table) {
  auto place = location_of(table);
  return place && governing(call, table.catalog_id, *place) != nullptr;
}

}  // namespace weir::app
