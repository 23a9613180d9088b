// The one catalog every account has. Its id is the account's; nested catalogs are not offered.
#pragma once
#include <string>
#include <vector>

#include "app/catalog/creation.h"

namespace weir::app {

struct CatalogInfo {
  std::string id;
  std::string arn;
  permissions::DataLakeSettings settings;
};

base::Result<CatalogInfo> get_catalog(Call& call, const std::string& id);
// The root catalog is listed only on demand, as AWS does; there are no others.
base::Result<std::vector<CatalogInfo>> get_catalogs(Call& call, const std::string& parent, bool include_root);

}  // namespace weir::app
