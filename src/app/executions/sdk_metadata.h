// What Step Functions adds to the answers of its optimized integrations: how the call went over the wire, which here
// is what it would have been.
//
// Threads: pure functions.
#pragma once
#include <string>
#include <string_view>

#include "base/json.h"

namespace weir::app {

// Sets SdkHttpMetadata and SdkResponseMetadata. `headers` are further ones of the answer, name to value.
void add_sdk_metadata(base::Json& answer, int status, const std::string& request_id, const base::Json& headers);

// "WHAT (Service: Lambda, Status Code: 404, Request ID: ...)": how causes of errors end.
std::string sdk_cause(std::string_view says, std::string_view service, int status, std::string_view request_id);

}  // namespace weir::app
