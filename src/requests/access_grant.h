// What Lake Formation was told to grant for a request: one row for each principal and resource, kept after its end.
//
// Who held what before is in the row (`found_`): it was given by hand, and stays when this one ends. What another row in
// force gave, too, stays as well (remaining rights are counted over rows, not over what happens to be held).
//
// INVARIANT: a row in force has no `ended`; it says what was told, not what is held now (app/requests/grant_drift.h compares).
//
// Threads: values.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "requests/item_facts.h"

namespace weir::requests {

struct AccessGrant {
  std::string id;
  std::string account;  // whose catalog it is
  std::string request;
  std::string principal;
  std::string database;
  std::string table;         // kEveryTable: all of them
  std::string table_serial;  // of a single table: another one of that name was given to nobody
  ColumnChoice columns;
  std::string filter;      // a data cells filter of this row's own; empty: none
  std::string row_filter;  // its rows
  std::vector<std::string> permissions, grant_option;
  std::vector<std::string> found_permissions, found_grant_option;  // held before, given by hand
  ColumnChoice found_columns{{}, true};                            // for rows of columns
  ColumnChoice found_grantable{{}, true};
  std::string granted_by;  // ARN of the role
  base::Instant granted{};
  bool in_force = false;
  std::optional<base::Instant> expires;
  std::optional<base::Instant> ended;
  std::string ended_by;  // ARN, or "expiry"
  std::string ended_because;
  std::vector<std::string> sensitive_because;  // the marks when it was granted
  std::string health;                          // as VerifyAccessGrants found it last
  std::string health_detail;

  bool counts() const { return !ended; }
};
WEIR_RECORD(AccessGrant, FIELD("Id", &AccessGrant::id), FIELD("Account", &AccessGrant::account),
            FIELD("Request", &AccessGrant::request), FIELD("Principal", &AccessGrant::principal),
            FIELD("Database", &AccessGrant::database), FIELD("Table", &AccessGrant::table),
            FIELD("TableSerial", &AccessGrant::table_serial), FIELD("Columns", &AccessGrant::columns),
            FIELD("Filter", &AccessGrant::filter), FIELD("RowFilter", &AccessGrant::row_filter),
            FIELD("Permissions", &AccessGrant::permissions), FIELD("GrantOption", &AccessGrant::grant_option),
            FIELD("FoundPermissions", &AccessGrant::found_permissions),
            FIELD("FoundGrantOption", &AccessGrant::found_grant_option),
            FIELD("FoundColumns", &AccessGrant::found_columns), FIELD("FoundGrantable", &AccessGrant::found_grantable),
            FIELD("GrantedBy", &AccessGrant::granted_by), FIELD("Granted", &AccessGrant::granted),
            FIELD("InForce", &AccessGrant::in_force), FIELD("Expires", &AccessGrant::expires),
            FIELD("Ended", &AccessGrant::ended), FIELD("EndedBy", &AccessGrant::ended_by),
            FIELD("EndedBecause", &AccessGrant::ended_because),
            FIELD("SensitiveBecause", &AccessGrant::sensitive_because), FIELD("Health", &AccessGrant::health),
            FIELD("HealthDetail", &AccessGrant::health_detail))

}  // namespace weir::requests
