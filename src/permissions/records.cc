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

std::vector<std::string> index_prefixes(std::string_view account, const Resource& resource, bool with_filters) {
  std::vector<std::string> out{index_prefix(account, "grant", resource)};
  if (resource.kind != ResourceKind::table) return out;
  out.push_back(index_prefix(account, "grant", part_of(resource, ResourceKind::columns)));
  if (with_filters) out.push_back(index_prefix_inside(account, "grant", resource, ResourceKind::data_cells_filter));
  return out;
}

Result<std::vector<Grant>> grants_under(Transaction& tx, const std::string& prefix) {
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

// The filters of an account on tables that it owns, or that another does: the start of their keys.
std::string filters_prefix(std::string_view home, std::string_view owner) {
  return home == owner ? noun_prefix(home, "filter") : store::key(kNoun, home, "filter_inside", owner);
}

// What one account records about a database, its own or another's.
Status forget_database_in(Transaction& tx, std::string_view home, const Resource& database) {
  for (const char* noun : {"grant", "opt_in"}) {
    for (auto kind : {ResourceKind::table, ResourceKind::columns, ResourceKind::data_cells_filter})
      WEIR_CHECK_OK(erase_indexed(tx, home, noun, index_prefix_inside(home, noun, database, kind)));
    for (auto kind : {ResourceKind::database, ResourceKind::all_tables})
      WEIR_CHECK_OK(erase_indexed(tx, home, noun, index_prefix(home, noun, part_of(database, kind))));
  }
  return erase_under(tx, filters_prefix(home, database.catalog) + store::key(database.database));
}

Status forget_database(Transaction& tx, const Resource& database) {
  const auto& account = database.catalog;
  WEIR_TRY(auto homes, homes_of_grants(tx, account));
  for (const auto& home : homes) WEIR_CHECK_OK(forget_database_in(tx, home, database));
  return forget_tags(tx, account, store::key(kNoun, account, "tag_at", database.database));
}

Status forget_table_in(Transaction& tx, std::string_view home, const Resource& table) {
  for (const auto& prefix : index_prefixes(home, table, true)) WEIR_CHECK_OK(erase_indexed(tx, home, "grant", prefix));
  return erase_under(tx, filters_prefix(home, table.catalog) + store::key(table.database, table.table));
}

Status forget_table(Transaction& tx, const Resource& table) {
  const auto& account = table.catalog;
  WEIR_TRY(auto homes, homes_of_grants(tx, account));
  for (const auto& home : homes) WEIR_CHECK_OK(forget_table_in(tx, home, table));
  WEIR_CHECK_OK(erase_indexed(tx, account, "opt_in", index_prefix(account, "opt_in", table)));
  return forget_tags(tx, account, store::key(kNoun, account, "tag_at", table.database, table.table));
}

std::string grant_index_key(const Grant& grant) {
  auto key = index_key(grant.home(), "grant", grant.resource.key(), grant.principal, grant.condition);
  return grant.share.empty() ? key : key + store::key(grant.share);
}

// A record of `home` changed; `owner` is whose snapshot it counts in.
Status bump_revisions(Transaction& tx, const std::string& home, const std::string& owner) {
  if (home != owner) WEIR_CHECK_OK(bump_revision(tx, owner));
  return bump_revision(tx, home);
}

Status note_passed_on(Transaction& tx, const std::string& home, const std::string& owner) {
  return home == owner ? Status() : tx.put(store::key(kNoun, owner, "passed_on", home), "");
}

std::string key_of_filter(const Resource& filter, std::string_view local_to) {
  return filters_prefix(local_to.empty() ? filter.catalog : local_to, filter.catalog) +
         store::key(filter.database, filter.table, filter.filter);
}

// Applies what starts with the prefix and belongs to the snapshot.
Status load_under(Transaction& tx, const std::string& prefix, Snapshot& snapshot) {
  constexpr size_t kBatch = 1000;
  auto range = store::prefix_range(prefix);
  for (;;) {
    WEIR_TRY(auto entries, tx.scan(range, kBatch));
    for (const auto& entry : entries) {
      WEIR_TRY(auto account, concerned(entry.key));
      if (account == snapshot.account()) WEIR_CHECK_OK(snapshot.apply(entry.key, entry.value));
    }
    if (entries.size() < kBatch) return {};
    range.first = entries.back().key + '\0';
  }
}

// Grants on a filter of the owner that accounts passed on go with it, unless they mean one of their own.
Status erase_grants_on_filter(Transaction& tx, const Resource& filter, std::string_view local_to) {
  auto erase_in = [&](std::string_view home) {
    return erase_indexed(tx, home, "grant", index_prefix(home, "grant", filter));
  };
  if (!local_to.empty()) return erase_in(local_to);
  WEIR_TRY(auto homes, homes_of_grants(tx, filter.catalog));
  for (const auto& home : homes) {
    WEIR_TRY(auto own, get_filter(tx, filter, home));
    if (!own || home == filter.catalog) WEIR_CHECK_OK(erase_in(home));
  }
  return {};
}

}  // namespace

std::string account_prefix(std::string_view account) { return store::key(kNoun, account); }
std::string grant_key(std::string_view account, std::string_view principal, const Resource& resource,
                      std::string_view condition) {
  return store::key(kNoun, account, "grant", principal, resource.key(), condition);
}
std::string grant_key(const Grant& grant) {
  auto key = grant_key(grant.home(), grant.principal, grant.resource, grant.condition);
  return grant.share.empty() ? key : key + store::key(grant.share);
}
std::string filter_key(std::string_view account, std::string_view database, std::string_view table,
                       std::string_view name) {
  return store::key(kNoun, account, "filter", database, table, name);
}
std::string filter_key(const DataCellsFilter& filter) {
  return filters_prefix(filter.home(), filter.catalog) + store::key(filter.database, filter.table, filter.name);
}

Result<std::string> concerned(std::string_view key) {
  WEIR_TRY(auto parts, store::split_key(key));
  if (parts.size() < 2 || parts[0] != kNoun) return base::internal("record: a key of no account");
  if (parts.size() == 7 && parts[2] == "filter_inside") return parts[3];
  if (parts.size() < 6 || parts[2] != "grant") return parts[1];
  // A resource's key begins with its kind and its catalog.
  auto words = base::split(parts[4], '/');
  if (words.size() < 2) return base::internal("record: not the key of a resource");
  return std::string(words[1]);
}
std::string location_key(std::string_view account, const names::S3Path& place) {
  return store::key(kNoun, account, "location", canonical(place).url());
}
std::string settings_key(std::string_view account) { return store::key(kNoun, account, "settings"); }
std::string revision_key(std::string_view account) { return store::key(kNoun, account, "revision"); }

Result<std::optional<Grant>> get_grant(Transaction& tx, std::string_view principal, const Resource& resource,
                                       const Terms& terms) {
  Grant wanted;
  wanted.principal = principal;
  wanted.resource = resource;
  wanted.condition = terms.condition;
  wanted.share = terms.share;
  wanted.local_to = terms.local_to;
  return store::load<Grant>(tx, grant_key(wanted));
}

Result<std::vector<Grant>> grants_around(Transaction& tx, std::string_view principal, const Resource& resource,
                                         std::string_view condition, std::string_view local_to) {
  std::string_view home = local_to.empty() ? resource.catalog : local_to;
  auto held = store::key(kNoun, home, "grant", principal);
  if (resource.kind == ResourceKind::lf_tag_policy)
    return grants_under(tx, held + std::string(name_of(resource.kind)) + "/" + resource.catalog + "/");
  std::vector<Grant> out;
  auto add = [&](const Resource& one) -> Status {
    WEIR_TRY(auto grants, grants_under(tx, held + store::key(one.key(), condition)));
    for (auto& grant : grants) out.push_back(std::move(grant));
    return {};
  };
  if (!resource.concerns_table()) {
    WEIR_CHECK_OK(add(resource));
    return out;
  }
  for (auto kind : {ResourceKind::table, ResourceKind::columns}) WEIR_CHECK_OK(add(part_of(resource, kind)));
  WEIR_TRY(auto filters, grants_under(tx, held + filters_of(resource)));
  for (auto& grant : filters)
    if (grant.condition == condition) out.push_back(std::move(grant));
  return out;
}

Status put_grant(Transaction& tx, const Grant& grant) {
  WEIR_CHECK_OK(note_passed_on(tx, grant.home(), grant.resource.catalog));
  WEIR_CHECK_OK(tx.put(grant_index_key(grant), ""));
  WEIR_CHECK_OK(tx.put(grant_key(grant), base::encode_record(grant)));
  return bump_revisions(tx, grant.home(), grant.resource.catalog);
}

Status erase_grant(Transaction& tx, const Grant& grant) {
  WEIR_CHECK_OK(tx.erase(grant_index_key(grant)));
  WEIR_CHECK_OK(tx.erase(grant_key(grant)));
  return bump_revisions(tx, grant.home(), grant.resource.catalog);
}

Result<Page<Grant>> list_grants(Transaction& tx, std::string_view account, const GrantScope& scope,
                                std::string_view token, size_t limit) {
  if (scope.resource && !scope.principal)
    return list_by_index<Grant>(tx, account, "grant", index_prefixes(account, *scope.resource, scope.with_filters),
                                token, limit);
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

Result<std::optional<DataCellsFilter>> get_filter(Transaction& tx, const Resource& filter, std::string_view local_to) {
  return store::load<DataCellsFilter>(tx, key_of_filter(filter, local_to));
}

Status put_filter(Transaction& tx, const DataCellsFilter& filter) {
  WEIR_CHECK_OK(note_passed_on(tx, filter.home(), filter.catalog));
  WEIR_CHECK_OK(tx.put(filter_key(filter), base::encode_record(filter)));
  return bump_revisions(tx, filter.home(), filter.catalog);
}

Status erase_filter(Transaction& tx, const Resource& filter, std::string_view local_to) {
  WEIR_CHECK_OK(erase_grants_on_filter(tx, filter, local_to));
  WEIR_CHECK_OK(tx.erase(key_of_filter(filter, local_to)));
  return bump_revisions(tx, std::string(local_to.empty() ? filter.catalog : local_to), filter.catalog);
}

Result<Page<DataCellsFilter>> list_filters(Transaction& tx, std::string_view account,
                                           const std::optional<Resource>& table, std::string_view token, size_t limit) {
  std::vector<std::string> where{noun_prefix(account, "filter"), noun_prefix(account, "filter_inside")};
  if (table) where = {filters_prefix(account, table->catalog) + store::key(table->database, table->table)};
  return list_records<DataCellsFilter>(tx, where, token, limit);
}

Result<DataLakeSettings> get_settings(Transaction& tx, std::string_view account) {
  WEIR_TRY(auto found, store::load<DataLakeSettings>(tx, settings_key(account)));
  return found.value_or(DataLakeSettings{});
}

Status put_settings(Transaction& tx, std::string_view account, const DataLakeSettings& settings) {
  return put_bumping(tx, account, settings_key(account), base::encode_record(settings));
}

Result<std::optional<Location>> get_location(Transaction& tx, std::string_view account, const names::S3Path& place) {
  return store::load<Location>(tx, location_key(account, place));
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
  Snapshot snapshot{std::string(account)};
  WEIR_CHECK_OK(load_under(tx, account_prefix(account), snapshot));
  WEIR_TRY(auto homes, homes_of_grants(tx, account));
  for (const auto& home : homes) {
    if (home == account) continue;
    WEIR_CHECK_OK(load_under(tx, noun_prefix(home, "grant"), snapshot));
    WEIR_CHECK_OK(load_under(tx, filters_prefix(home, account), snapshot));
  }
  return snapshot;
}

}  // namespace weir::permissions
