#include "wire/codec.h"

#include "wire/json_codec.h"
#include "wire/query_codec.h"
#include "wire/rest_codec.h"

namespace weir::wire {
namespace {

WireResponse json_response(const Operation& operation, const void* output) {
  WireResponse response;
  response.body.reserve(1024);
  encode_json(*operation.output, output, response.body);
  response.headers.emplace_back("Content-Type",
                                "application/x-amz-json-" + std::string(operation.service->json_version));
  return response;
}

WireResponse query_response(const Operation& operation, const void* output, std::string_view request_id) {
  WireResponse response;
  encode_query_response(operation, output, request_id, response.body);
  response.headers.emplace_back("Content-Type", "text/xml");
  return response;
}

// S3 says application/xml only of bodies it made; of objects the stored type, which is a bound header.
WireResponse rest_response(const Operation& operation, const void* output, std::string_view content_type) {
  auto response = encode_rest_response(operation, output);
  if (!response.body.empty() && !find_header(response.headers, "Content-Type"))
    response.headers.emplace_back("Content-Type", content_type);
  return response;
}

WireResponse response_of(const Operation& operation, const void* output, std::string_view request_id) {
  switch (operation.service->protocol) {
    case Protocol::aws_json: return json_response(operation, output);
    case Protocol::query: return query_response(operation, output, request_id);
    case Protocol::rest_json: return rest_response(operation, output, "application/json");
    case Protocol::rest_xml: return rest_response(operation, output, "application/xml");
  }
  return {};
}

}  // namespace

base::Status decode_request(const Operation& operation, const WireRequest& request, void* into) {
  switch (operation.service->protocol) {
    case Protocol::aws_json: return decode_json(*operation.input, request.body, into);
    case Protocol::query: {
      const std::string_view pieces[] = {request.query, request.body};
      return decode_query(*operation.input, pieces, into);
    }
    case Protocol::rest_json:
    case Protocol::rest_xml: return decode_rest_request(operation, request, into);
  }
  return base::internal("a protocol without a codec");
}

WireResponse encode_response(const Operation& operation, const void* output, std::string_view request_id) {
  auto response = response_of(operation, output, request_id);
  add_request_id(operation.service->protocol, request_id, response.headers);
  return response;
}

void add_request_id(Protocol protocol, std::string_view request_id, std::vector<HeaderField>& headers) {
  if (protocol != Protocol::rest_xml) {
    headers.emplace_back("x-amzn-RequestId", request_id);
    return;
  }
  headers.emplace_back("x-amz-request-id", request_id);
  headers.emplace_back("x-amz-id-2", request_id);
}

}  // namespace weir::wire
