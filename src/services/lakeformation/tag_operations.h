// LF-Tags and saved expressions.
#pragma once
#include "app/call.h"
#include "wire/lakeformation_operations.h"

namespace weir::services {

base::Result<wire::lakeformation::CreateLFTagResponse> create_lf_tag(app::Call& call,
                                                                     const wire::lakeformation::CreateLFTagRequest& in);
base::Result<wire::lakeformation::GetLFTagResponse> get_lf_tag(app::Call& call,
                                                               const wire::lakeformation::GetLFTagRequest& in);
base::Result<wire::lakeformation::UpdateLFTagResponse> update_lf_tag(app::Call& call,
                                                                     const wire::lakeformation::UpdateLFTagRequest& in);
base::Result<wire::lakeformation::DeleteLFTagResponse> delete_lf_tag(app::Call& call,
                                                                     const wire::lakeformation::DeleteLFTagRequest& in);
base::Result<wire::lakeformation::ListLFTagsResponse> list_lf_tags(app::Call& call,
                                                                   const wire::lakeformation::ListLFTagsRequest& in);

base::Result<wire::lakeformation::CreateLFTagExpressionResponse> create_lf_tag_expression(
    app::Call& call, const wire::lakeformation::CreateLFTagExpressionRequest& in);
base::Result<wire::lakeformation::GetLFTagExpressionResponse> get_lf_tag_expression(
    app::Call& call, const wire::lakeformation::GetLFTagExpressionRequest& in);
base::Result<wire::lakeformation::UpdateLFTagExpressionResponse> update_lf_tag_expression(
    app::Call& call, const wire::lakeformation::UpdateLFTagExpressionRequest& in);
base::Result<wire::lakeformation::DeleteLFTagExpressionResponse> delete_lf_tag_expression(
    app::Call& call, const wire::lakeformation::DeleteLFTagExpressionRequest& in);
base::Result<wire::lakeformation::ListLFTagExpressionsResponse> list_lf_tag_expressions(
    app::Call& call, const wire::lakeformation::ListLFTagExpressionsRequest& in);

}  // namespace weir::services
