// The records of Lake Formation in the store, and the only place that knows their keys:
//
//   lf  ACCOUNT  grant     PRINCIPAL  RESOURCE  CONDITION     a Grant; CONDITION is its text, empty for none
//   lf  ACCOUNT  grant_on  RESOURCE  PRINCIPAL  CONDITION     index, value empty
//                          both go on with SHARE for what another account has
//   lf  ACCOUNT  filter    DATABASE  TABLE  NAME              a DataCellsFilter
//   lf  ACCOUNT  filter_inside  OWNER  DATABASE  TABLE  NAME  one that the account made on a table of OWNER
//   lf  ACCOUNT  passed_on  RECIPIENT                         index: that account passed on what this one shared;
//                                                             it stays when the last such grant goes
//   lf  ACCOUNT  location  URL                                a Location
//   lf  ACCOUNT  settings                                     the DataLakeSettings
//   lf  ACCOUNT  revision                                     a number that grows with every write below
//
// What an account passes on inside itself of another's resources is recorded under that account, so that it is listed
// there and goes with it, and counts in the snapshot of the owner (concerned()).
//
// LF-Tags, saved expressions and opt-ins have theirs in tag_records.h.
//
// Every function that writes bumps the account's revision in the same transaction, and that of the snapshot it counts
// in.
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
std::string grant_key(const Grant& grant);
std::string filter_key(std::string_view account, std::string_view database, std::string_view table,
                       std::string_view name);
std::string filter_key(const DataCellsFilter& filter);
// The account whose snapshot a change of this key belongs to.
base::Result<std::string> concerned(std::string_view key);
std::string location_key(std::string_view account, const names::S3Path& place);
std::string settings_key(std::string_view account);
std::string revision_key(std::string_view account);

template <class T>
struct Page {
  std::vector<T> items;
  std::string next;  // empty: the end. A token stays good while records come and go.
};

// --- grants. `local_to`: among what that account passed on inside itself; empty: what the resource's owner granted.
base::Result<std::optional<Grant>> get_grant(store::Transaction& tx, std::string_view principal,
                                             const Resource& resource, const Terms& terms = {});
// What GrantFacts::held wants: on the resource and, for a table's parts, on all its parts, under this condition and by
// any share; for a policy over LF-Tags every policy of the principal, under any condition.
base::Result<std::vector<Grant>> grants_around(store::Transaction& tx, std::string_view principal,
                                               const Resource& resource, std::string_view condition = {},
                                               std::string_view local_to = {});
base::Status put_grant(store::Transaction& tx, const Grant& grant);
base::Status erase_grant(store::Transaction& tx, const Grant& grant);

struct GrantScope {
  std::optional<std::string> principal;
  std::optional<Resource> resource;  // a table stands for its column grants too
  bool with_filters = false;         // and for the grants on its filters
};
base::Result<Page<Grant>> list_grants(store::Transaction& tx, std::string_view account, const GrantScope& scope,
                                      std::string_view token, size_t limit);

// --- filters; `local_to` as for grants
base::Result<std::optional<DataCellsFilter>> get_filter(store::Transaction& tx, const Resource& filter,
                                                        std::string_view local_to = {});
base::Status put_filter(store::Transaction& tx, const DataCellsFilter& filter);
// And the grants on it.
base::Status erase_filter(store::Transaction& tx, const Resource& filter, std::string_view local_to = {});
// `table`: of that table, the account's own or another's; absent: all that the account made.
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

// A table or database is gone: so is everything granted on it, in every account, its LF-Tags and opt-ins, lest a
// namesake inherit them.
base::Status forget(store::Transaction& tx, const Resource& dropped);

base::Result<int64_t> get_revision(store::Transaction& tx, std::string_view account);

// Reads the whole account into a snapshot.
base::Result<Snapshot> load_snapshot(store::Transaction& tx, std::string_view account);

}  // namespace weir::permissions
