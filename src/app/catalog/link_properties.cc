#include "app/catalog/link_properties.h"

#include "app/catalog/link_target.h"
#include "permissions/visibility.h"

namespace weir::app {
namespace {

// By name alone: a table that is hidden is not even looked for.
bool may_be_shown(const Call& call, const names::TableName& name) {
  auto caller = call.lake_caller(name.catalog);
  permissions::Visibility visible(caller, call.state().permissions(name.catalog));
  return visible.may_show(visible.tables_of(name.database), name.table);
}

std::optional<ShownTable> find_shown(const Call& call, const names::TableName& name) {
  auto found = call.lake().tables.find(name.catalog, name.database, name.table);
  if (!found || !*found || (*found)->target_table) return std::nullopt;
  return shown_in_list(call, *found);
}

std::optional<catalog::Database> find_shown(const Call& call, const DatabaseName& name) {
  auto resource = permissions::Resource::of_database(name.catalog, name.database);
  auto found = find_database(call, name);
  if (!resource || !found || !*found || (*found)->target_database) return std::nullopt;
  permissions::Question question{call.lake_caller(name.catalog), permissions::Privilege::describe, std::move(*resource),
                                 nullptr, location_of(**found)};
  auto decision = permissions::decide(question, call.state().permissions(name.catalog));
  if (!decision.allowed() || shows_name_alone(decision)) return std::nullopt;
  return std::move(**found);
}

}  // namespace

ShownTable with_target(const Call& call, ShownTable table) {
  auto to = target_of(*table.table);
  if (!to || to->is_elsewhere(call.lake().region)) return table;
  Ask ask{"glue:GetTable", arn_of(call, to->name), to->name.catalog};
  if (!call.evaluate(ask).allowed() || !may_be_shown(call, to->name)) return table;
  auto target = find_shown(call, to->name);
  if (!target) return table;
  return {std::make_shared<catalog::Table>(under_link(*table.table, *target->table)), target->registered};
}

catalog::Database with_target(const Call& call, catalog::Database database) {
  auto to = target_of(database);
  if (!to || to->is_elsewhere(call.lake().region)) return database;
  DatabaseName name{to->name.catalog, to->name.database};
  if (!call.evaluate({"glue:GetDatabase", arn_of(call, name), name.catalog}).allowed()) return database;
  auto target = find_shown(call, name);
  return target ? under_link(database, *target) : database;
}

}  // namespace weir::app
