// The records of Lake Formation in the store, and the only place that knows their keys:
//
//   lf  ACCOUNT  grant     PRINCIPAL  RESOURCE  CONDITION     a Grant; CONDITION is its text, empty for none
//   lf  ACCOUNT  grant_on  RESOURCE  PRINCIPAL  CONDITION     index, value empty
//   lf  ACCOUNT  filter    DATABASE  TABLE  NAME              a DataCellsFilter
//   lf  ACCOUNT  location  URL                                a Location
//   lf  ACCOUNT  settings                                     the DataLakeSettings
//   lf  ACCOUNT  revision                                     a number that grows with every write below
//
// LF-Tags, saved expressions and opt-ins have theirs in tag_records.h.
//
// Every function that writes bumps the account's revision in the same transaction.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "permissions/data_cells_filter.h"
#include "permissions/grant.h"
#include "permissions/location.h"
#include "permissions/settings.h"
#include "store/store.h"

namespace weir::permissions {

class Snapshot;

inline constexpr std::string_view kNoun = "lf";
std::string account_prefix(std::string_view account);  // everything above; what a snapshot watches
std::string grant_key(std::string_view account, std::string_view principal, const Resource& resource,
                      std::string_view condition = {});
std::string filter_key(std::string_view account, std::string_view database, std::string_view table,
                       std::string_view name);
std::string location_key(std::string_view account, const names::S3Path& place);
std::string settings_key(std::string_view account);
std::string revision_key(std::string_view account);

template <class T>
struct Page {
  std::vector<T> items;
  std::string next;  // empty: the end. A token stays good while records come and go.
};

// --- grants (the account is the resource's catalog)
base::Result<std::optional<Grant>> get_grant(store::Transaction& tx, std::string_view principal,
                                             const Resource& resource, std::string_view condition = {});
// What GrantFacts::held wants: on the resource and, for a table's parts, on all its parts, under this condition;
// for a policy over LF-Tags every policy of the principal, under any condition.
base::Result<std::vector<Grant>> grants_around(store::Transaction& tx, std::string_view principal,
                                               const Resource& resource, std::string_view condition = {});
base::Status put_grant(store::Transaction& tx, const Grant& grant);
base::Status erase_grant(store::Transaction& tx, const Grant& grant);

struct GrantScope {
  std::optional<std::string> principal;
  std::optional<Resource> resource;  // a table stands for its column grants too
  bool with_filters = false;         // and for the grants on its filters
};
base::Result<Page<Grant>> list_grants(store::Transaction& tx, std::string_view account, const GrantScope& scope,
                                      std::string_view token, size_t limit);

// --- filters
base::Result<std::optional<DataCellsFilter>> get_filter(store::Transaction& tx, const Resource& filter);
base::Status put_filter(store::Transaction& tx, const DataCellsFilter& filter);
base::Status erase_filter(store::Transaction& tx, const Resource& filter);  // and the grants on it
// `table`: of that table; absent: of the account.
base::Result<Page<DataCellsFilter>> list_filters(store::Transaction& tx, std::string_view account,
                                                 const std::optional<Resource>& table, std::string_view token,
                                                 size_t limit);

// --- settings and locations
base::Result<DataLakeSettings> get_settings(store::Transaction& tx, std::string_view account);  // default-made if none
base::Status put_settings(store::Transaction& tx, std::string_view account, const DataLakeSettings& settings);
base::Result<std::optional<Location>> get_location(store::Transaction& tx, std::string_view account,
                                                   const names::S3Path& place);
base::Status put_location(store::Transaction& tx, std::string_view account, const Location& location);
base::Status erase_location(store::Transaction& tx, std::string_view account, const names::S3Path& place);
base::Result<Page<Location>> list_locations(store::Transaction& tx, std::string_view account, std::string_view token,
                                            size_t limit);

// A table or database is gone: so is everything granted on it, its LF-Tags and opt-ins, lest a namesake inherit them.
base::Status forget(store::Transaction& tx, const Resource& dropped);

base::Result<int64_t> get_revision(store::Transaction& tx, std::string_view account);

// Reads the whole account into a snapshot.
base::Result<Snapshot> load_snapshot(store::Transaction& tx, std::string_view account);

}  // namespace weir::permissions
