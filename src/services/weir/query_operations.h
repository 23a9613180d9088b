// SQL of people: started, followed, read page by page, cancelled.
#pragma once
#include "app/call.h"
#include "wire/weir_api_types.h"

namespace weir::services {

base::Result<wire::weir_api::StartQueryResponse> start_query(app::Call& call,
                                                             const wire::weir_api::StartQueryRequest& in);
base::Result<wire::weir_api::GetQueryResultsResponse> get_query_results(
    app::Call& call, const wire::weir_api::GetQueryResultsRequest& in);
base::Result<wire::weir_api::CancelQueryResponse> cancel_query(app::Call& call,
                                                               const wire::weir_api::CancelQueryRequest& in);
base::Result<wire::weir_api::ListQueriesResponse> list_queries(app::Call& call,
                                                               const wire::weir_api::ListQueriesRequest& in);

}  // namespace weir::services
