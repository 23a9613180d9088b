// LF-Tags on databases, tables and columns: assigning, showing, searching.
#pragma once
#include "app/call.h"
#include "wire/lakeformation_operations.h"

namespace weir::services {

base::Result<wire::lakeformation::AddLFTagsToResourceResponse> add_lf_tags_to_resource(
    app::Call& call, const wire::lakeformation::AddLFTagsToResourceRequest& in);
base::Result<wire::lakeformation::RemoveLFTagsFromResourceResponse> remove_lf_tags_from_resource(
    app::Call& call, const wire::lakeformation::RemoveLFTagsFromResourceRequest& in);
base::Result<wire::lakeformation::GetResourceLFTagsResponse> get_resource_lf_tags(
    app::Call& call, const wire::lakeformation::GetResourceLFTagsRequest& in);
base::Result<wire::lakeformation::SearchDatabasesByLFTagsResponse> search_databases_by_lf_tags(
    app::Call& call, const wire::lakeformation::SearchDatabasesByLFTagsRequest& in);
base::Result<wire::lakeformation::SearchTablesByLFTagsResponse> search_tables_by_lf_tags(
    app::Call& call, const wire::lakeformation::SearchTablesByLFTagsRequest& in);

}  // namespace weir::services
