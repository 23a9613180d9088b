#include "permissions/records.h"

#include "base/text.h"
#include "permissions/snapshot.h"
#include "store/key.h"

namespace weir::permissions {
namespace {

using base::Result;
using base::Status;
using store::Transaction;

constexpr size_t kBatch = 1000;

std::string prefix(std::string_view account, std::string_view noun) { return store::key(kNoun, account, noun); }
std::string index_key(std::string_view account, std::string_view resource_key, std::string_view principal) {
  return store::key(kNoun, account, "grant_on", resource_key, principal, "");
}

template <class T>
Result<std::optional<T>> get_record(Transaction& tx, const std::string& key) {
  WEIR_TRY(auto value, tx.get(key));
  if (!value) return std::optional<T>();
  WEIR_TRY(auto record, base::decode_record<T>(*value));
  return std::optional<T>(std::move(record));
}

Status bump(Transaction& tx, std::string_view account) {
  WEIR_TRY(auto revision, get_revision(tx, account));
  return tx.put(revision_key(account), std::to_string(revision + 1));
}

Status put_bumping(Transaction& tx, std::string_view account, const std::string& key, const std::string& value) {
  WEIR_CHECK_OK(tx.put(key, value));
  return bump(tx, account);
}

// --- paging: the token is the last key shown; the next page starts right after it.

base::Error bad_token() { return base::invalid("The pagination token is not one that this list gave out.", "token"); }

// Cuts the ranges that lie before the token.
Result<std::vector<store::Range>> resume(const std::vector<std::string>& prefixes, std::string_view token) {
  std::string last;
  if (!token.empty()) {
    auto decoded = base::unbase64url(token);
    if (!decoded.ok() || decoded->empty()) return bad_token();
    last = std::move(*decoded);
  }
  std::vector<store::Range> ranges;
  bool found = last.empty();
  for (const auto& prefix : prefixes) {
    auto range = store::prefix_range(prefix);
    if (!found && last.starts_with(prefix)) {
      found = true;
      range.first = last + '\0';
    }
    if (found) ranges.push_back(std::move(range));
  }
  if (!found) return bad_token();
  return ranges;
}

Result<Page<store::Entry>> scan_page(Transaction& tx, const std::vector<std::string>& prefixes, std::string_view token,
                                     size_t limit) {
  WEIR_TRY(auto ranges, resume(prefixes, token));
  Page<store::Entry> page;
  for (const auto& range : ranges) {
    // One more than wanted tells whether there is a next page.
    WEIR_TRY(auto entries, tx.scan(range, limit + 1 - page.items.size()));
    for (auto& entry : entries) page.items.push_back(std::move(entry));
    if (page.items.size() > limit) break;
  }
  if (page.items.size() <= limit) return page;
  page.items.resize(limit);
  if (limit > 0) page.next = base::base64url(page.items.back().key);
  return page;
}

template <class T>
Result<Page<T>> decode_page(const Page<store::Entry>& entries) {
  Page<T> page;
  page.next = entries.next;
  for (const auto& entry : entries.items) {
    WEIR_TRY(auto record, base::decode_record<T>(entry.value));
    page.items.push_back(std::move(record));
  }
  return page;
}

Result<std::vector<store::Entry>> scan_all(Transaction& tx, const std::string& prefix) {
  std::vector<store::Entry> all;
  auto range = store::prefix_range(prefix);
  for (;;) {
    WEIR_TRY(auto entries, tx.scan(range, kBatch));
    bool last = entries.size() < kBatch;
    for (auto& entry : entries) all.push_back(std::move(entry));
    if (last) return all;
    range.first = all.back().key + '\0';
  }
}

// --- the index by resource

Resource part_of(const Resource& table, ResourceKind kind) {
  Resource out = table;
  out.kind = kind;
  out.columns = {};
  if (kind != ResourceKind::data_cells_filter) out.filter.clear();
  return out;
}

// Index prefix of every filter of a table: its key up to the filter's name.
std::string filters_index_prefix(const Resource& table) {
  auto key = part_of(table, ResourceKind::table).key();
  return prefix(table.catalog, "grant_on") + "data_cells_filter" + key.substr(key.find('/')) + "/";
}

std::vector<std::string> index_prefixes(const Resource& resource, bool with_filters) {
  auto exact = [&](const Resource& r) { return store::key(kNoun, r.catalog, "grant_on", r.key()); };
  std::vector<std::string> out{exact(resource)};
  if (resource.kind != ResourceKind::table) return out;
  out.push_back(exact(part_of(resource, ResourceKind::columns)));
  if (with_filters) out.push_back(filters_index_prefix(resource));
  return out;
}

Result<std::vector<std::string>> keys_behind(std::string_view account, const std::vector<store::Entry>& index) {
  std::vector<std::string> keys;
  for (const auto& entry : index) {
    WEIR_TRY(auto parts, store::split_key(entry.key));
    if (parts.size() != 6) return base::internal("record: malformed grant index");
    keys.push_back(store::key(kNoun, account, "grant", parts[4], parts[3], parts[5]));
  }
  return keys;
}

Result<Page<Grant>> list_by_index(Transaction& tx, std::string_view account, const GrantScope& scope,
                                  std::string_view token, size_t limit) {
  WEIR_TRY(auto index, scan_page(tx, index_prefixes(*scope.resource, scope.with_filters), token, limit));
  WEIR_TRY(auto keys, keys_behind(account, index.items));
  WEIR_TRY(auto values, tx.get_many(keys));
  Page<Grant> page;
  page.next = index.next;
  for (const auto& value : values) {
    if (!value) return base::internal("record: the grant index names a grant that is not there");
    WEIR_TRY(auto grant, base::decode_record<Grant>(*value));
    page.items.push_back(std::move(grant));
  }
  return page;
}

Status erase_indexed(Transaction& tx, std::string_view account, const std::string& index_prefix) {
  WEIR_TRY(auto index, scan_all(tx, index_prefix));
  WEIR_TRY(auto keys, keys_behind(account, index));
  for (size_t i = 0; i < index.size(); ++i) {
    WEIR_CHECK_OK(tx.erase(index[i].key));
    WEIR_CHECK_OK(tx.erase(keys[i]));
  }
  return {};
}

Status erase_under(Transaction& tx, const std::string& prefix) {
  WEIR_TRY(auto entries, scan_all(tx, prefix));
  for (const auto& entry : entries) WEIR_CHECK_OK(tx.erase(entry.key));
  return {};
}

Status forget_database(Transaction& tx, const Resource& database) {
  auto root = prefix(database.catalog, "grant_on");
  auto tail = database.key().substr(database.key().find('/')) + "/";
  for (const char* kind : {"table", "columns", "data_cells_filter"})
    WEIR_CHECK_OK(erase_indexed(tx, database.catalog, root + kind + tail));
  for (auto kind : {ResourceKind::database, ResourceKind::all_tables})
    WEIR_CHECK_OK(erase_indexed(tx, database.catalog, index_prefixes(part_of(database, kind), false)[0]));
  return erase_under(tx, store::key(kNoun, database.catalog, "filter", database.database));
}

Status forget_table(Transaction& tx, const Resource& table) {
  for (const auto& index_prefix : index_prefixes(table, true))
    WEIR_CHECK_OK(erase_indexed(tx, table.catalog, index_prefix));
  return erase_under(tx, store::key(kNoun, table.catalog, "filter", table.database, table.table));
}

}  // namespace

std::string account_prefix(std::string_view account) { return store::key(kNoun, account); }
std::string grant_key(std::string_view account, std::string_view principal, const Resource& resource) {
  return store::key(kNoun, account, "grant", principal, resource.key(), "");
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

Result<std::optional<Grant>> get_grant(Transaction& tx, std::string_view principal, const Resource& resource) {
  return get_record<Grant>(tx, grant_key(resource.catalog, principal, resource));
}

Result<std::vector<Grant>> grants_around(Transaction& tx, std::string_view principal, const Resource& resource) {
  std::vector<Grant> out;
  auto add = [&](const Resource& one) -> Status {
    WEIR_TRY(auto grant, get_grant(tx, principal, one));
    if (grant) out.push_back(std::move(*grant));
    return {};
  };
  if (!resource.concerns_table()) {
    WEIR_CHECK_OK(add(resource));
    return out;
  }
  for (auto kind : {ResourceKind::table, ResourceKind::columns}) WEIR_CHECK_OK(add(part_of(resource, kind)));
  auto table_key = part_of(resource, ResourceKind::table).key();
  auto filters = store::key(kNoun, resource.catalog, "grant", principal) + "data_cells_filter" +
                 table_key.substr(table_key.find('/')) + "/";
  WEIR_TRY(auto entries, scan_all(tx, filters));
  for (const auto& entry : entries) {
    WEIR_TRY(auto grant, base::decode_record<Grant>(entry.value));
    out.push_back(std::move(grant));
  }
  return out;
}

Status put_grant(Transaction& tx, const Grant& grant) {
  const auto& account = grant.resource.catalog;
  WEIR_CHECK_OK(tx.put(index_key(account, grant.resource.key(), grant.principal), ""));
  return put_bumping(tx, account, grant_key(account, grant.principal, grant.resource), base::encode_record(grant));
}

Status erase_grant(Transaction& tx, const Grant& grant) {
  const auto& account = grant.resource.catalog;
  WEIR_CHECK_OK(tx.erase(index_key(account, grant.resource.key(), grant.principal)));
  WEIR_CHECK_OK(tx.erase(grant_key(account, grant.principal, grant.resource)));
  return bump(tx, account);
}

Result<Page<Grant>> list_grants(Transaction& tx, std::string_view account, const GrantScope& scope,
                                std::string_view token, size_t limit) {
  if (scope.resource && !scope.principal) return list_by_index(tx, account, scope, token, limit);
  std::vector<std::string> prefixes{prefix(account, "grant")};
  if (scope.principal) prefixes = {store::key(kNoun, account, "grant", *scope.principal)};
  if (scope.principal && scope.resource) {
    prefixes = {grant_key(account, *scope.principal, *scope.resource)};
    if (scope.resource->kind == ResourceKind::table)
      prefixes.push_back(grant_key(account, *scope.principal, part_of(*scope.resource, ResourceKind::columns)));
  }
  WEIR_TRY(auto entries, scan_page(tx, prefixes, token, limit));
  return decode_page<Grant>(entries);
}

Result<std::optional<DataCellsFilter>> get_filter(Transaction& tx, const Resource& filter) {
  return get_record<DataCellsFilter>(tx, filter_key(filter.catalog, filter.database, filter.table, filter.filter));
}

Status put_filter(Transaction& tx, const DataCellsFilter& filter) {
  return put_bumping(tx, filter.catalog, filter_key(filter.catalog, filter.database, filter.table, filter.name),
                     base::encode_record(filter));
}

Status erase_filter(Transaction& tx, const Resource& filter) {
  WEIR_CHECK_OK(erase_indexed(tx, filter.catalog, index_prefixes(filter, false)[0]));
  WEIR_CHECK_OK(tx.erase(filter_key(filter.catalog, filter.database, filter.table, filter.filter)));
  return bump(tx, filter.catalog);
}

Result<Page<DataCellsFilter>> list_filters(Transaction& tx, std::string_view account,
                                           const std::optional<Resource>& table, std::string_view token, size_t limit) {
  auto where = table ? store::key(kNoun, account, "filter", table->database, table->table) : prefix(account, "filter");
  WEIR_TRY(auto entries, scan_page(tx, {where}, token, limit));
  return decode_page<DataCellsFilter>(entries);
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
  return bump(tx, account);
}

Result<Page<Location>> list_locations(Transaction& tx, std::string_view account, std::string_view token, size_t limit) {
  WEIR_TRY(auto entries, scan_page(tx, {prefix(account, "location")}, token, limit));
  return decode_page<Location>(entries);
}

Status forget(Transaction& tx, const Resource& dropped) {
  if (dropped.kind == ResourceKind::database) {
    WEIR_CHECK_OK(forget_database(tx, dropped));
  } else if (dropped.kind == ResourceKind::table) {
    WEIR_CHECK_OK(forget_table(tx, dropped));
  } else {
    return base::internal("only a table or a database is forgotten");
  }
  return bump(tx, dropped.catalog);
}

Result<int64_t> get_revision(Transaction& tx, std::string_view account) {
  WEIR_TRY(auto value, tx.get(revision_key(account)));
  if (!value) return int64_t{0};
  return base::parse_int(*value);
}

Result<Snapshot> load_snapshot(Transaction& tx, std::string_view account) {
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
