// The REST bindings: members in the path, the query string, headers, the status code or the payload, around a JSON or
// XML body. Any thread.
//
// Reading a request: a bound parameter twice is refused, a header date that is no date counts as absent (RFC 9110
// 13.1.3). A streaming payload is left to the caller on both sides.
#pragma once
#include "wire/codec.h"

namespace weir::wire {

base::Status decode_rest_request(const Operation& operation, const WireRequest& request, void* into);
WireResponse encode_rest_response(const Operation& operation, const void* output);

// The client's side: `target` is path and query; S3 addresses by path.
struct RestRequest {
  std::string target;
  std::vector<HeaderField> headers;
  std::string body;
};
base::Result<RestRequest> encode_rest_request(const Operation& operation, const void* input);
base::Status decode_rest_response(const Operation& operation, const WireResponse& response, void* into);

}  // namespace weir::wire
