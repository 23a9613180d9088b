// RegisterFunction, DescribeFunction, ListFunctions, DeregisterFunction: what state machines invoke.
#pragma once
#include "app/call.h"
#include "wire/weir_api_types.h"

namespace weir::services {

base::Result<wire::weir_api::RegisterFunctionResponse> register_function(
    app::Call& call, const wire::weir_api::RegisterFunctionRequest& in);
base::Result<wire::weir_api::FunctionDescription> describe_function(app::Call& call,
                                                                    const wire::weir_api::DescribeFunctionRequest& in);
base::Result<wire::weir_api::ListFunctionsResponse> list_functions(app::Call& call,
                                                                   const wire::weir_api::ListFunctionsRequest& in);
base::Result<wire::weir_api::DeregisterFunctionResponse> deregister_function(
    app::Call& call, const wire::weir_api::DeregisterFunctionRequest& in);

}  // namespace weir::services
