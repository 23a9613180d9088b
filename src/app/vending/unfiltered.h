// Unfiltered metadata for engines that filter themselves: the third-party path of Lake Formation
// (lakeformation.md 5.3). A resource link is answered with its target, under the target's names. The whole schema, what the caller may see of it, and whether credentials can be had.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/catalog/governed_table.h"
#include "app/vending/engine_trust.h"
#include "catalog/partitions.h"
#include "permissions/encode_view.h"

namespace weir::app {

struct UnfilteredRequest {
  names::TableName table;
  std::vector<permissions::EnforcementLevel> supported;
  std::vector<std::string> permissions;  // data permissions that must be held; may be empty
  Engine engine = Engine::elsewhere;
};

struct UnfilteredTable {
  GovernedTable table;
  permissions::EncodedView view;
  bool registered = false;       // credentials can be vended
  std::string authorization_id;  // what the engine sends back as QueryAuthorizationId
};
base::Result<UnfilteredTable> get_unfiltered_table(Call& call, const UnfilteredRequest& request);

struct UnfilteredPartition {
  catalog::Partition partition;
  std::vector<std::string> authorized_columns;
  bool registered = false;  // of the partition's own location
};
base::Result<UnfilteredPartition> get_unfiltered_partition(Call& call, const UnfilteredRequest& request,
                                                           const std::vector<std::string>& values);

struct PartitionQuery {
  std::string expression;
  catalog::Segment segment;
  catalog::PageRequest page;
};
struct UnfilteredPartitions {
  std::vector<UnfilteredPartition> partitions;
  std::optional<std::string> next_token;
};
base::Result<UnfilteredPartitions> get_unfiltered_partitions(Call& call, const UnfilteredRequest& request,
                                                             const PartitionQuery& query);

}  // namespace weir::app
