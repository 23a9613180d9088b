#include "permissions/records.h"

#include "base/text.h"
#include "permissions/record_lists.h"
#include "permissions/snapshot.h"
#include "permissions/tag_records.h"
#include "store/key.h"

namespace weir::permissions {
namespace {

using base::Result;
using base::Status;
using store::Transaction;

Status put_bumping(Transaction& tx, std::string_view account, const std::string& key, const std::string& value) {
  WEIR_CHECK_OK(tx.put(key, value));
  return bump_revision(tx, account);
}

Resource part_of(const Resource& table, ResourceKind kind) {
  Resource out = table;
  out.kind = kind;
  out.columns = {};
  if (kind != ResourceKind::data_cells_filter) out.filter.clear();
  return out;
}

// What is held on the table as a resource of kind filter, of every filter: the key up to the filter's name.
std::string filters_of(const Resource& table) {
  auto key = part_of(table, ResourceKind::table).key();
  return "data_cells_filter" + key.substr(key.find('/')) + "/";
}

std::vector<std::string> index_prefixes(const Resource& resource, bool with_filters) {
  std::vector<std::string> out{index_prefix("grant", resource)};
  if (resource.kind != ResourceKind::table) return out;
  out.push_back(index_prefix("grant", part_of(resource, ResourceKind::columns)));
  if (with_filters) out.push_back(index_prefix_inside("grant", resource, ResourceKind::data_cells_filter));
  return out;
}

// Every grant of the principal whose resource's key starts like this.
Result<std::vector<Grant>> grants_starting(Transaction& tx, std::string_view account, std::string_view principal,
                                           std::string_view resource_key_start) {
  auto prefix = store::key(kNoun, account, "grant", principal).append(resource_key_start);
  WEIR_TRY(auto entries, scan_all(tx, prefix));
  std::vector<Grant> out;
  for (const auto& entry : entries) {
    WEIR_TRY(auto grant, base::decode_record<Grant>(entry.value));
    out.push_back(std::move(grant));
  }
  return out;
}

// Tags directly on what starts with these parts, with their index.
Status forget_tags(Transaction& tx, std::string_view account, const std::string& tag_at_prefix) {
  WEIR_TRY(auto entries, scan_all(tx, tag_at_prefix));
  for (const auto& entry : entries) {
    WEIR_TRY(auto parts, store::split_key(entry.key));
    WEIR_TRY(auto assignment, base::decode_record<TagAssignment>(entry.value));
    if (parts.size() != 7) return base::internal("record: malformed tag assignment");
    WEIR_CHECK_OK(tx.erase(tag_use_key(account, assignment.key, assignment.value, {"", parts[3], parts[4], parts[5]})));
    WEIR_CHECK_OK(tx.erase(entry.key));
  }
  return {};
}

Status forget_database(Transaction& tx, const Resource& database) {
  const auto& account = database.catalog;
  for (const char* noun : {"grant", "opt_in"}) {
    for (auto kind : {ResourceKind::table, ResourceKind::columns, ResourceKind::data_cells_filter})
      WEIR_CHECK_OK(erase_indexed(tx, account, noun, index_prefix_inside(noun, database, kind)));
    for (auto kind : {ResourceKind::database, ResourceKind::all_tables})
      WEIR_CHECK_OK(erase_indexed(tx, account, noun, index_prefix(noun, part_of(database, kind))));
  }
  WEIR_CHECK_OK(forget_tags(tx, account, store::key(kNoun, account, "tag_at", database.database)));
  return erase_under(tx, store::key(kNoun, account, "filter", database.database));
}

Status forget_table(Transaction& tx, const Resource& table) {
  const auto& account = table.catalog;
  for (const auto& prefix : index_prefixes(table, true)) WEIR_CHECK_OK(erase_indexed(tx, account, "grant", prefix));
  WEIR_CHECK_OK(erase_indexed(tx, account, "opt_in", index_prefix("opt_in", table)));
  WEIR_CHECK_OK(forget_tags(tx, account, store::key(kNoun, account, "tag_at", table.database, table.table)));
  return erase_under(tx, store::key(kNoun, account, "filter", table.database, table.table));
}

}  // namespace

std::string account_prefix(std::string_view account) { return store::key(kNoun, account); }
std::string grant_key(std::string_view account, std::string_view principal, const Resource& resource,
                      std::string_view condition) {
  return store::key(kNoun, account, "grant", principal, resource.key(), condition);
}
std::string filter_key(std::string_view account, std::string_view database, std::string_view table,
                       std::string_view name) {
  return store::key(kNoun, account, "filter", database, table, name);
}
std::string location_key(std::string_view account, const names::S3Path& place) {
  return store::key(kNoun, account, "location", canonical(place).url());
}
std::string settings_key(std::string_view account) { return store::key(kNoun, account, "settings"); }
std::string revision_key(std::string_view account) { return store::key(kNoun, account, "revision"); }

Result<std::optional<Grant>> get_grant(Transaction& tx, std::string_view principal, const Resource& resource,
                                       std::string_view condition) {
  return get_record<Grant>(tx, grant_key(resource.catalog, principal, resource, condition));
}

Result<std::vector<Grant>> grants_around(Transaction& tx, std::string_view principal, const Resource& resource,
                                         std::string_view condition) {
  if (resource.kind == ResourceKind::lf_tag_policy)
    return grants_starting(tx, resource.catalog, principal, std::string(name_of(resource.kind)) + "/");
  std::vector<Grant> out;
  auto add = [&](const Resource& one) -> Status {
    WEIR_TRY(auto grant, get_grant(tx, principal, one, condition));
    if (grant) out.push_back(std::move(*grant));
    return {};
  };
  if (!resource.concerns_table()) {
    WEIR_CHECK_OK(add(resource));
    return out;
  }
  for (auto kind : {ResourceKind::table, ResourceKind::columns}) WEIR_CHECK_OK(add(part_of(resource, kind)));
  WEIR_TRY(auto filters, grants_starting(tx, resource.catalog, principal, filters_of(resource)));
  for (auto& grant : filters)
    if (grant.condition == condition) out.push_back(std::move(grant));
  return out;
}

Status put_grant(Transaction& tx, const Grant& grant) {
  const auto& account = grant.resource.catalog;
  WEIR_CHECK_OK(tx.put(index_key(account, "grant", grant.resource.key(), grant.principal, grant.condition), ""));
  return put_bumping(tx, account, grant_key(account, grant.principal, grant.resource, grant.condition),
                     base::encode_record(grant));
}

Status erase_grant(Transaction& tx, const Grant& grant) {
  const auto& account = grant.resource.catalog;
  WEIR_CHECK_OK(tx.erase(index_key(account, "grant", grant.resource.key(), grant.principal, grant.condition)));
  WEIR_CHECK_OK(tx.erase(grant_key(account, grant.principal, grant.resource, grant.condition)));
  return bump_revision(tx, account);
}

Result<Page<Grant>> list_grants(Transaction& tx, std::string_view account, const GrantScope& scope,
                                std::string_view token, size_t limit) {
  if (scope.resource && !scope.principal)
    return list_by_index<Grant>(tx, account, "grant", index_prefixes(*scope.resource, scope.with_filters), token,
                                limit);
  std::vector<std::string> prefixes{noun_prefix(account, "grant")};
  if (scope.principal) prefixes = {store::key(kNoun, account, "grant", *scope.principal)};
  if (scope.principal && scope.resource) {
    auto on = [&](const Resource& one) { return store::key(kNoun, account, "grant", *scope.principal, one.key()); };
    prefixes = {on(*scope.resource)};
    if (scope.resource->kind == ResourceKind::table)
      prefixes.push_back(on(part_of(*scope.resource, ResourceKind::columns)));
  }
  return list_records<Grant>(tx, prefixes, token, limit);
}

Result<std::optional<DataCellsFilter>> get_filter(Transaction& tx, const Resource& filter) {
  return get_record<DataCellsFilter>(tx, filter_key(filter.catalog, filter.database, filter.table, filter.filter));
}

Status put_filter(Transaction& tx, const DataCellsFilter& filter) {
  return put_bumping(tx, filter.catalog, filter_key(filter.catalog, filter.database, filter.table, filter.name),
                     base::encode_record(filter));
}

Status erase_filter(Transaction& tx, const Resource& filter) {
  WEIR_CHECK_OK(erase_indexed(tx, filter.catalog, "grant", index_prefix("grant", filter)));
  WEIR_CHECK_OK(tx.erase(filter_key(filter.catalog, filter.database, filter.table, filter.filter)));
  return bump_revision(tx, filter.catalog);
}

Result<Page<DataCellsFilter>> list_filters(Transaction& tx, std::string_view account,
                                           const std::optional<Resource>& table, std::string_view token, size_t limit) {
  auto where =
      table ? store::key(kNoun, account, "filter", table->database, table->table) : noun_prefix(account, "filter");
  return list_records<DataCellsFilter>(tx, {where}, token, limit);
}

Result<DataLakeSettings> get_settings(Transaction& tx, std::string_view account) {
  WEIR_TRY(auto found, get_record<DataLakeSettings>(tx, settings_key(account)));
  return found.value_or(DataLakeSettings{});
}

Status put_settings(Transaction& tx, std::string_view account, const DataLakeSettings& settings) {
  return put_bumping(tx, account, settings_key(account), base::encode_record(settings));
}

Result<std::optional<Location>> get_location(Transaction& tx, std::string_view account, const names::S3Path& place) {
  return get_record<Location>(tx, location_key(account, place));
}

Status put_location(Transaction& tx, std::string_view account, const Location& location) {
  WEIR_TRY(auto place, place_of(location));
  return put_bumping(tx, account, location_key(account, place), base::encode_record(location));
}

Status erase_location(Transaction& tx, std::string_view account, const names::S3Path& place) {
  WEIR_CHECK_OK(tx.erase(location_key(account, place)));
  return bump_revision(tx, account);
}

Result<Page<Location>> list_locations(Transaction& tx, std::string_view account, std::string_view token, size_t limit) {
  return list_records<Location>(tx, {noun_prefix(account, "location")}, token, limit);
}

Status forget(Transaction& tx, const Resource& dropped) {
  if (dropped.kind == ResourceKind::database) {
    WEIR_CHECK_OK(forget_database(tx, dropped));
  } else if (dropped.kind == ResourceKind::table) {
    WEIR_CHECK_OK(forget_table(tx, dropped));
  } else {
    return base::internal("only a table or a database is forgotten");
  }
  return bump_revision(tx, dropped.catalog);
}

Result<int64_t> get_revision(Transaction& tx, std::string_view account) {
  WEIR_TRY(auto value, tx.get(revision_key(account)));
  if (!value) return int64_t{0};
  return base::parse_int(*value);
}

Result<Snapshot> load_snapshot(Transaction& tx, std::string_view account) {
  constexpr size_t kBatch = 1000;
  Snapshot snapshot{std::string(account)};
  auto range = store::prefix_range(account_prefix(account));
  for (;;) {
    WEIR_TRY(auto entries, tx.scan(range, kBatch));
    for (const auto& entry : entries) WEIR_CHECK_OK(snapshot.apply(entry.key, entry.value));
    if (entries.size() < kBatch) return snapshot;
    range.first = entries.back().key + '\0';
  }
}

}  // namespace weir::permissions
