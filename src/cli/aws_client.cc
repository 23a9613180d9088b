#include "cli/aws_client.h"

#include "base/hash.h"
#include "base/text.h"
#include "wire/s3_operations.h"

namespace weir::cli {
namespace {

// "http://host:port/base" -> "http://host:port", "host:port"
struct Endpoint {
  std::string origin;
  std::string host;
};

base::Result<Endpoint> parse_endpoint(const std::string& url) {
  auto scheme = url.find("://");
  if (scheme == std::string::npos) return base::invalid("not an endpoint URL: " + url, "endpoint");
  auto slash = url.find('/', scheme + 3);
  auto origin = url.substr(0, slash);
  return Endpoint{origin, origin.substr(scheme + 3)};
}

base::Kind kind_of(const wire::ClientError& error) {
  const auto& code = error.code;
  if (code.starts_with("AccessDenied") || code == "Forbidden" || error.status == 403) return base::Kind::denied;
  if (code.starts_with("EntityNotFound") || code.starts_with("NoSuch") || error.status == 404)
    return base::Kind::not_found;
  if (code.starts_with("PermissionTypeMismatch")) return base::Kind::type_mismatch;
  if (code.starts_with("ExpiredToken")) return base::Kind::expired;
  if (error.status >= 500) return base::Kind::unavailable;
  return base::Kind::invalid;
}

}  // namespace

base::Error error_of(const wire::ClientError& error) {
  auto says = error.code + (error.message.empty() ? "" : ": " + error.message);
  return base::fail(kind_of(error), std::move(says), error.code);
}

base::Result<AwsClient::Signed> AwsClient::sign(const wire::ServiceModel& service, wire::OutgoingRequest request,
                                                std::string_view body) const {
  WEIR_TRY(auto endpoint, parse_endpoint(profile_->endpoint_for(service.name)));
  WEIR_TRY(auto keys, source_->get());
  request.headers.emplace_back("Host", endpoint.host);
  if (!keys.access_key_id.empty())
    wire::sign_request(request, keys, profile_->region, service.signing_name, base::sha256_hex(body),
                       base::SystemClock().now());
  Signed out{{endpoint.origin, request.target}, {}};
  for (auto& [name, value] : request.headers)
    if (!base::equal_ignoring_case(name, "host")) out.headers.add(name, value);
  return out;
}

base::Result<wire::WireResponse> AwsClient::send(const wire::Operation& operation, wire::ClientRequest request) const {
  WEIR_TRY(auto made,
           sign(*operation.service, {request.method, request.target, std::move(request.headers)}, request.body));
  WEIR_TRY(auto answer, http_->send(request.method, made.address, made.headers, request.body));
  wire::WireResponse response{answer.status, {answer.headers.begin(), answer.headers.end()}, std::move(answer.body)};
  if (!wire::is_success(response.status)) return error_of(wire::decode_error(operation, response));
  return response;
}

base::Result<std::string> AwsClient::call_json(const wire::Operation& operation, std::string body) const {
  const auto& service = *operation.service;
  wire::ClientRequest request{"POST", "/", {}, std::move(body)};
  if (service.protocol == wire::Protocol::aws_json) {
    request.headers.emplace_back("Content-Type", "application/x-amz-json-" + std::string(service.json_version));
    request.headers.emplace_back("X-Amz-Target",
                                 std::string(service.target_prefix) + "." + std::string(operation.name));
  } else {
    request.headers.emplace_back("Content-Type", "application/json");
    for (const auto& part : operation.path) request.target = "/" + std::string(part.text);
  }
  WEIR_TRY(auto answer, send(operation, std::move(request)));
  return std::move(answer.body);
}

base::Result<size_t> AwsClient::get_range(std::string_view bucket, std::string_view key, uint64_t offset, char* into,
                                          size_t n) const {
  const auto& operation = wire::s3::op::GetObject::model();
  wire::OutgoingRequest request{"GET", "/" + base::uri_encode(bucket) + "/" + base::uri_encode(key, true), {}};
  request.headers.emplace_back("Range", "bytes=" + std::to_string(offset) + "-" + std::to_string(offset + n - 1));
  WEIR_TRY(auto made, sign(*operation.service, std::move(request), ""));
  WEIR_TRY(auto answer, http_->fetch_into("GET", made.address, made.headers, into, n));
  if (wire::is_success(answer.status)) return answer.bytes;
  wire::WireResponse response{answer.status, {answer.headers.begin(), answer.headers.end()}, std::move(answer.refusal)};
  return error_of(wire::decode_error(operation, response));
}

}  // namespace weir::cli
