// The versions a table has been through. Who may see the table may see them, as far as columns that are
// shown today.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/catalog/tables.h"

namespace weir::app {

base::Result<ShownTable> get_table_version(Call& call, const names::TableName& name,
                                           const std::optional<std::string>& version);
base::Result<ShownTables> get_table_versions(Call& call, const names::TableName& name,
                                             const catalog::PageRequest& page);

struct VersionFailure {
  std::string version;
  base::Error error;
};
base::Status delete_table_version(Call& call, const names::TableName& name, const std::string& version);
base::Result<std::vector<VersionFailure>> batch_delete_table_versions(Call& call, const names::TableName& name,
                                                                      const std::vector<std::string>& versions);

}  // namespace weir::app
