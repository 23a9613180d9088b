// Vending: temporary credentials for exactly one table, partition or location (lakeformation.md 5.4, 5.5).
//
// The credentials are a session of the role that the location was registered with, assumed by
// lakeformation.amazonaws.com through that role's own trust policy, narrowed to one prefix. Every vend and
// every refusal is a GetDataAccess event.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/vending/engine_trust.h"
#include "identity/credentials.h"
#include "names/arn.h"
#include "permissions/table_view.h"

namespace weir::app {

struct VendRequest {
  names::TableName table;
  std::vector<std::string> permissions;  // empty: SELECT
  std::optional<int64_t> duration_s;
  std::vector<permissions::EnforcementLevel> supported;  // what the engine can enforce
  std::optional<std::string> s3_path;                    // narrower than the table's location
  std::optional<std::vector<std::string>> partition_values;
  Engine engine = Engine::elsewhere;
};

struct Vended {
  identity::Credentials credentials;
  std::vector<std::string> paths;  // s3://bucket/prefix
};

base::Result<Vended> vend_for_table(Call& call, const VendRequest& request);

struct LocationVendRequest {
  std::vector<std::string> locations;
  bool write = false;
  std::optional<int64_t> duration_s;
};
// Full access to the table at the location only: no engine will filter what a file reader reads.
base::Result<Vended> vend_for_location(Call& call, const LocationVendRequest& request);

}  // namespace weir::app
