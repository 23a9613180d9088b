// The query protocol: forms in, XML out. Any thread.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "wire/operation.h"

namespace weir::wire {

// `pieces` are the query string and the body. Unknown parameters (Action, Version, X-Amz-...) are ignored.
base::Status decode_query(const Shape& shape, std::span<const std::string_view> pieces, void* into);
// The whole response document, with its request id.
void encode_query_response(const Operation& operation, const void* output, std::string_view request_id,
                           std::string& out);
// The form a client sends: Action, Version and the members.
void encode_query_request(const Operation& operation, const void* input, std::string& out);

}  // namespace weir::wire
