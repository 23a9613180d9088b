#include "wire/client_codec.h"

#include "base/json.h"
#include "wire/json_codec.h"
#include "wire/query_codec.h"
#include "wire/rest_codec.h"
#include "wire/xml_codec.h"

namespace weir::wire {
namespace {

ClientRequest json_request(const Operation& operation, const void* input) {
  ClientRequest request{"POST", "/", {}, {}};
  auto& service = *operation.service;
  request.headers.emplace_back("Content-Type", "application/x-amz-json-" + std::string(service.json_version));
  request.headers.emplace_back("X-Amz-Target", std::string(service.target_prefix) + "." + std::string(operation.name));
  encode_json(*operation.input, input, request.body);
  return request;
}

ClientRequest form_request(const Operation& operation, const void* input) {
  ClientRequest request{"POST", "/", {}, {}};
  request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
  encode_query_request(operation, input, request.body);
  return request;
}

base::Result<ClientRequest> rest_request(const Operation& operation, const void* input, std::string_view type) {
  WEIR_TRY(auto rest, encode_rest_request(operation, input));
  ClientRequest request{std::string(operation.method), std::move(rest.target), std::move(rest.headers),
                        std::move(rest.body)};
  if (!request.body.empty() && !find_header(request.headers, "Content-Type"))
    request.headers.emplace_back("Content-Type", type);
  return request;
}

// "ns#Code:uri" in all its parts.
std::string bare_code(std::string_view code) {
  code = code.substr(0, code.find(':'));
  if (auto hash = code.rfind('#'); hash != std::string_view::npos) code.remove_prefix(hash + 1);
  return std::string(code);
}

void read_json_error(const WireResponse& response, ClientError& error) {
  if (auto json = base::parse_json(response.body); json.ok()) {
    error.code = bare_code(json->text("__type", json->text("code")));
    error.message = json->text("message", json->text("Message"));
  }
  if (auto* type = find_header(response.headers, "x-amzn-ErrorType")) error.code = bare_code(*type);
}

void read_xml_error(const WireResponse& response, ClientError& error) {
  auto read = decode_xml_error(response.body);
  if (!read.ok()) return;
  error.code = std::move(read->code);
  error.message = std::move(read->message);
  error.request_id = std::move(read->request_id);
}

}  // namespace

base::Result<ClientRequest> encode_request(const Operation& operation, const void* input) {
  switch (operation.service->protocol) {
    case Protocol::aws_json: return json_request(operation, input);
    case Protocol::query: return form_request(operation, input);
    case Protocol::rest_json: return rest_request(operation, input, "application/json");
    case Protocol::rest_xml: return rest_request(operation, input, "application/xml");
  }
  return base::internal("a protocol without a codec");
}

base::Status decode_response(const Operation& operation, const WireResponse& response, void* into) {
  switch (operation.service->protocol) {
    case Protocol::aws_json: return decode_json(*operation.output, response.body, into);
    case Protocol::query: {
      if (operation.output->members.empty()) return {};
      std::vector<std::string_view> path;
      if (!operation.result_wrapper.empty()) path.push_back(operation.result_wrapper);
      return decode_xml(*operation.output, response.body, path, into);
    }
    case Protocol::rest_json:
    case Protocol::rest_xml: return decode_rest_response(operation, response, into);
  }
  return base::internal("a protocol without a codec");
}

ClientError decode_error(const Operation& operation, const WireResponse& response) {
  ClientError error;
  error.status = response.status;
  auto protocol = operation.service->protocol;
  if (protocol == Protocol::aws_json || protocol == Protocol::rest_json)
    read_json_error(response, error);
  else if (!response.body.empty())
    read_xml_error(response, error);
  for (std::string_view name : {"x-amzn-RequestId", "x-amz-request-id"})
    if (auto* id = find_header(response.headers, name); id && error.request_id.empty()) error.request_id = *id;
  if (error.code.empty()) error.code = std::to_string(response.status);
  return error;
}

}  // namespace weir::wire
