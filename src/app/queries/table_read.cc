#include "app/queries/table_read.h"

#include <algorithm>

#include "app/catalog/governed_table.h"
#include "permissions/view_covers.h"

namespace weir::app {
namespace {

bool may(const Call& call, const GovernedTable& table, std::string_view action) {
  return call.evaluate({.action = std::string(action), .resource = table.arn, .owner = table.name.catalog}).allowed();
}

// The caller's view of it as of now; an empty one when there is none.
base::Result<permissions::Decision> decide(const Call& call, const GovernedTable& table) {
  WEIR_TRY(auto resource, permissions::Resource::of_table(table.name.catalog, table.name.database, table.name.table));
  auto facts = facts_of(*table.table);
  return permissions::decide(
      {call.lake_caller(table.name.catalog), permissions::Privilege::select, std::move(resource), &facts},
      call.state().permissions(table.name.catalog));
}

bool may_read(Call& call, const ObjectName& object) {
  auto bucket = find_bucket(call, object.bucket, object.expected_owner);
  return bucket.ok() && call.evaluate(bucket->ask("s3:GetObject", object.key)).allowed();
}

bool may_be_vended(const Call& call, const GovernedTable& table, const std::vector<names::S3Path>& places) {
  if (places.empty()) return true;
  return may(call, table, "lakeformation:GetDataAccess") &&
         std::all_of(places.begin(), places.end(),
                     [&](const names::S3Path& place) { return governing(call, table.name.catalog, place) != nullptr; });
}

base::Result<bool> is_shown(Call& call, const TableRead& read) {
  GovernedTable table{read.table, nullptr, {}, arn_of(call, read.table)};
  WEIR_TRY(table.table, call.lake().tables.find(read.table.catalog, read.table.database, read.table.table));
  if (!table.table || table.table->create_time != read.created || !may(call, table, "glue:GetTable")) return false;
  if (!may_be_vended(call, table, read.vended_at)) return false;
  WEIR_TRY(auto decision, decide(call, table));
  if (!decision.allowed() || (!read.vended_at.empty() && decision.own_data_access)) return false;
  return permissions::covers(decision.view, read.view) &&
         std::all_of(read.with_own_rights.begin(), read.with_own_rights.end(),
                     [&](const ObjectName& object) { return may_read(call, object); });
}

}  // namespace

std::optional<Refusal> still_shown(Call& call, const TableRead& read) {
  auto shown = is_shown(call, read);
  if (!shown) return Refusal{"present permissions", shown.error()};
  if (*shown) return std::nullopt;
  return Refusal{"present permissions",
                 base::denied("Access is not allowed: the caller's permissions on table " + read.table.database + "." +
                                  read.table.table + " are not those that the query ran with.",
                              "access")};
}

}  // namespace weir::app
