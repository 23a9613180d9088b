#include "app/catalog/catalogs.h"

#include "app/catalog/catalog_tags.h"
#include "services/glue/convert.h"
#include "services/glue/errors.h"
#include "services/glue/operations.h"

namespace weir::services::glue_operations {
namespace {

using namespace wire::glue;

wire::List<glue::PrincipalPermissions> to_wire(const std::vector<permissions::PrincipalPermissions>& defaults) {
  wire::List<glue::PrincipalPermissions> out;
  out.give();
  for (const auto& entry : defaults) {
    glue::PrincipalPermissions shown{glue::DataLakePrincipal{entry.principal}, {}};
    for (auto privilege : entry.privileges.list()) shown.Permissions.emplace_back(permissions::name_of(privilege));
    out.push_back(std::move(shown));
  }
  return out;
}

Catalog to_wire(const app::CatalogInfo& from) {
  Catalog out;
  out.CatalogId = from.id;
  out.Name = from.id;
  out.ResourceArn = from.arn;
  out.CreateDatabaseDefaultPermissions = to_wire(from.settings.create_database_default);
  out.CreateTableDefaultPermissions = to_wire(from.settings.create_table_default);
  out.AllowFullTableExternalDataAccess = from.settings.allow_full_table_external_data_access ? "True" : "False";
  return out;
}

}  // namespace

base::Result<GetCatalogResponse> get_catalog(app::Call& call, const GetCatalogRequest& in) {
  WEIR_TRY(auto catalog, app::get_catalog(call, in.CatalogId.value_or("")));
  return GetCatalogResponse{to_wire(catalog)};
}

base::Result<GetCatalogsResponse> get_catalogs(app::Call& call, const GetCatalogsRequest& in) {
  auto parent = call.catalog_or_own(in.ParentCatalogId);
  if (in.IncludeRoot && parent != call.caller().account())
    return base::invalid("IncludeRoot goes with the account's own catalog as parent only.", "catalog");
  if (in.NextToken && !in.NextToken->empty()) return base::invalid("NextToken is not one of this list.", "token");
  WEIR_TRY(auto found, app::get_catalogs(call, parent, in.IncludeRoot.value_or(false)));
  GetCatalogsResponse out;
  out.CatalogList.give();
  for (const auto& catalog : found) out.CatalogList.push_back(to_wire(catalog));
  return out;
}

base::Result<TagResourceResponse> tag_resource(app::Call& call, const TagResourceRequest& in) {
  WEIR_CHECK_OK(app::tag_resource(call, in.ResourceArn.value_or(""), in.TagsToAdd.items()));
  return TagResourceResponse{};
}

base::Result<UntagResourceResponse> untag_resource(app::Call& call, const UntagResourceRequest& in) {
  WEIR_CHECK_OK(app::untag_resource(call, in.ResourceArn.value_or(""), in.TagsToRemove.items()));
  return UntagResourceResponse{};
}

base::Result<GetTagsResponse> get_tags(app::Call& call, const GetTagsRequest& in) {
  WEIR_TRY(auto tags, app::get_tags(call, in.ResourceArn.value_or("")));
  GetTagsResponse out;
  out.Tags = std::move(tags);
  return out;
}

}  // namespace weir::services::glue_operations
