#include "app/catalog/catalogs.h"

#include "app/catalog/databases.h"

namespace weir::app {
namespace {

CatalogInfo info_of(const Call& call, const std::string& id) {
  return {id, catalog_arn(call, id), call.state().permissions(id).settings()};
}

}  // namespace

base::Result<CatalogInfo> get_catalog(Call& call, const std::string& id) {
  call.about("catalogId", id);
  WEIR_CHECK_OK(call.authorize({"glue:GetCatalog", catalog_arn(call, id), id}));
  if (id != call.caller().account()) return base::not_found("Catalog " + id + " not found.", "catalog");
  return info_of(call, id);
}

base::Result<std::vector<CatalogInfo>> get_catalogs(Call& call, const std::string& parent, bool include_root) {
  WEIR_CHECK_OK(call.authorize({"glue:GetCatalogs", catalog_arn(call, parent), parent}));
  std::vector<CatalogInfo> out;
  if (parent != call.caller().account()) return base::not_found("Catalog " + parent + " not found.", "catalog");
  if (include_root) out.push_back(info_of(call, parent));
  return out;
}

}  // namespace weir::app
