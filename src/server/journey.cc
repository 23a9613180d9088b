#include "server/journey.h"

#include <unistd.h>

#include <algorithm>

#include "base/hash.h"
#include "base/log.h"
#include "base/text.h"
#include "wire/auth_errors.h"
#include "wire/error_envelope.h"
#include "wire/faults.h"

namespace weir::server {
namespace {

// An object's bytes for an answer that is not one piece of one file.
class ObjectSource final : public base::ByteSource {
 public:
  ObjectSource(std::shared_ptr<objects::ObjectReader> object, uint64_t offset, uint64_t length)
      : object_(std::move(object)), offset_(offset), left_(length) {}

  base::Result<size_t> read(char* into, size_t n) override {
    n = static_cast<size_t>(std::min<uint64_t>(n, left_));
    if (n == 0) return size_t{0};
    WEIR_TRY(auto got, object_->read(offset_, into, n));
    if (got == 0) return base::internal("an object ended before its length");
    offset_ += got;
    left_ -= got;
    return got;
  }

 private:
  std::shared_ptr<objects::ObjectReader> object_;
  uint64_t offset_;
  uint64_t left_;
};

wire::AuthError auth_error_of(const base::Error& error) {
  using base::Kind;
  wire::AuthError out;
  out.says = error.says;
  if (error.kind == Kind::expired) {
    out.fault = wire::AuthFault::expired_token;
  } else {
    out.fault = error.about == "token" ? wire::AuthFault::bad_token : wire::AuthFault::unknown_key;
  }
  return out;
}

wire::RouteRefusal unserved(wire::Protocol protocol) {
  switch (protocol) {
    case wire::Protocol::aws_json:
    case wire::Protocol::rest_json: return {"UnknownOperationException", 400, "This operation is not served yet."};
    case wire::Protocol::query: return {"InvalidAction", 400, "This operation is not served yet."};
    case wire::Protocol::rest_xml: return {"NotImplemented", 501, "This operation is not served yet."};
  }
  return {"InternalFailure", 500, ""};
}

std::string_view serialization_code(wire::Protocol protocol) {
  switch (protocol) {
    case wire::Protocol::aws_json:
    case wire::Protocol::rest_json: return "SerializationException";
    case wire::Protocol::query: return "MalformedInput";
    case wire::Protocol::rest_xml: return "MalformedXML";
  }
  return "SerializationException";
}

}  // namespace

Journey::Journey(Chain& chain, net::RequestHead head)
    : chain_(chain), head_(std::move(head)), request_id_(base::quick_uuid()), now_(chain.lake().clock.now()) {
  auto claims = wire::parse_authorization(signed_view());
  if (claims) {
    claims_ = std::move(*claims);
  } else {
    claims_refused_ = claims.error();
  }
}

wire::SignedRequestView Journey::signed_view() const { return {head_.method, head_.target, headers()}; }

wire::WireRequest Journey::wire_request(std::string_view body) const {
  return {head_.method, head_.path(), head_.query(), headers(), body, routed_.bucket, routed_.key};
}

wire::SigningKey Journey::signing_key() const {
  return chain_.signing_keys().get(claims_.access_key_id, *caller_.secret, claims_.scope);
}

wire::RouteRequest Journey::route_request(std::string_view body) const {
  return {head_.method, head_.target, headers(), claims_.scope.service, body};
}

bool Journey::names_itself_in_body() const { return wire::Router::needs_body(route_request({})); }

bool Journey::route(std::string_view body) {
  routed_ = chain_.router().route(route_request(body));
  if (claims_refused_) return refuse_auth(*claims_refused_), false;
  if (routed_.service) service_ = chain_.services().find(routed_.service);
  if (routed_.operation) use_case_ = chain_.services().find(routed_.operation);
  return true;
}

bool Journey::identify() {
  if (claims_.mode == wire::AuthMode::anonymous) {
    if (!is_s3() && !(use_case_ && use_case_->may_be_unsigned))
      return refuse_auth({wire::AuthFault::missing, "", {}}), false;
    caller_.principal = std::make_shared<const identity::Principal>(identity::anonymous());
    return true;
  }
  identity::PresentedKey key{claims_.access_key_id, std::nullopt};
  if (!claims_.session_token.empty()) key.token = claims_.session_token;
  auto& lake = chain_.lake();
  for (bool again : {true, false}) {
    auto state = lake.governance.current();
    if (!state) return refuse(state.error()), false;
    auto found = identity::authenticate(key, (*state)->directory, lake.keys, chain_.tokens(), now_);
    if (found) return caller_ = std::move(*found), true;
    // A key made by another process a moment ago: hear of it now rather than refuse.
    bool unknown = found.error().about == "access key" && again && lake.store.refresh().ok();
    if (!unknown) {
      if (found.error().kind == base::Kind::internal) return refuse(found.error()), false;
      return refuse_auth(auth_error_of(found.error())), false;
    }
  }
  return false;
}

bool Journey::prove(std::optional<std::string_view> body_sha256) {
  if (claims_.mode == wire::AuthMode::anonymous) return true;
  auto signing_name = routed_.service ? routed_.service->signing_name : std::string_view("s3");
  if (auto scope = wire::check_scope(claims_, signing_name, chain_.regions()); !scope)
    return refuse_auth(scope.error()), false;
  auto options = is_s3() ? wire::VerifyOptions::for_s3() : wire::VerifyOptions::for_others();
  auto proved = wire::verify(claims_, signed_view(), signing_key(), body_sha256, now_, options);
  if (!proved) return refuse_auth(proved.error()), false;
  return true;
}

bool Journey::begin() {
  if (routed_.refusal) return refuse_route(*routed_.refusal), false;
  // In the list of served operations, and its service has no route for it: said as plainly as for an unknown one.
  if (!use_case_) return refuse_route(unserved(routed_.protocol)), false;
  auto state = chain_.lake().governance.current();
  if (!state) return refuse(state.error()), false;
  app::Facts facts{.service = std::string(routed_.service->signing_name),
                   .operation = std::string(routed_.operation->name),
                   .request_id = request_id_,
                   .access_key_id = claims_.access_key_id,
                   .source_ip = head_.peer,
                   .user_agent = std::string(head_.headers.get("user-agent")),
                   .referer = std::string(head_.headers.get("referer")),
                   .host = std::string(head_.headers.get("host")),
                   .tls = head_.tls,
                   .now = now_};
  call_.emplace(chain_.lake(), std::move(*state), caller_.principal, std::move(facts));
  return true;
}

void Journey::perform(std::string_view body) { conclude(use_case_->handle(*call_, wire_request(body))); }

std::unique_ptr<services::Upload> Journey::open_upload() {
  auto upload = use_case_->open_upload(*call_, wire_request({}));
  if (upload) return std::move(*upload);
  refuse(upload.error());
  return nullptr;
}

void Journey::conclude(base::Result<services::Answer> answer) {
  if (!answer) return refuse(answer.error());
  if (answer->object) return respond_object(std::move(*answer));
  respond(std::move(answer->response));
}

void Journey::respond(wire::WireResponse response) {
  net::Response out;
  out.status = response.status;
  for (auto& [name, value] : response.headers) out.headers.add(std::move(name), std::move(value));
  out.body = std::move(response.body);
  out.head_only = head_.method == "HEAD";
  response_ = std::move(out);
}

void Journey::respond_object(services::Answer answer) {
  respond(std::move(answer.response));
  if (response_->head_only) {
    response_->declared_length = answer.length;
    return;
  }
  if (auto bytes = answer.object->inline_bytes()) {
    response_->body = std::string(bytes->substr(answer.offset, answer.length));
    return;
  }
  auto piece = answer.object->piece(answer.offset, answer.length);
  if (piece && piece->length == answer.length) {
    response_->body = net::FileSlice{::dup(piece->fd), piece->offset, piece->length};
    return;
  }
  response_->body =
      net::StreamBody{std::make_shared<ObjectSource>(answer.object, answer.offset, answer.length), answer.length};
}

wire::ErrorAnswer Journey::error_answer(std::string_view code, std::string message, int status) const {
  // A message may repeat what was sent, and XML 1.0 cannot say control characters.
  std::replace_if(
      message.begin(), message.end(),
      [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t'; }, '?');
  wire::ErrorAnswer answer{
      .code = std::string(code), .message = std::move(message), .status = status, .request_id = request_id_};
  answer.resource = head_.path();
  answer.head = head_.method == "HEAD";
  return answer;
}

void Journey::refuse_route(const wire::RouteRefusal& refusal) {
  base::log_info("request.unserved", {{"named", routed_.named}, {"request_id", request_id_}});
  respond(wire::encode_error(routed_.protocol, routed_.service,
                             error_answer(refusal.code, refusal.message, refusal.status)));
}

void Journey::refuse_auth(const wire::AuthError& error) {
  auto row = wire::auth_answer(routed_.protocol, error.fault, error.says);
  auto answer = error_answer(row.code, row.message, row.status);
  if (is_s3()) answer.extra.assign(error.details.begin(), error.details.end());
  respond(wire::encode_error(routed_.protocol, routed_.service, answer));
}

void Journey::refuse(const base::Error& error) {
  if (error.kind == base::Kind::internal || error.kind == base::Kind::unavailable)
    base::log_error("request.failed",
                    {{"request_id", request_id_}, {"operation", routed_.named}, {"reason", error.log}});
  services::WireError code{"InternalFailure", 500};
  if (error.about == wire::kSerialization) {
    code = {serialization_code(routed_.protocol), 400};
  } else if (service_) {
    code = service_->error(error);
  }
  auto answer = error_answer(code.code, error.says, code.status);
  answer.sender_fault = code.status < 500;
  if (!code.reason.empty()) answer.extra.emplace_back("Reason", code.reason);
  if (!error.decision_id.empty() && is_s3()) answer.extra.emplace_back("DecisionId", error.decision_id);
  respond(wire::encode_error(routed_.protocol, routed_.service, answer));
}

net::Response Journey::take_response() {
  CHECK_TRUE(response_, "a journey ends with a response");
  log_and_count();
  return std::move(*response_);
}

void Journey::log_and_count() {
  auto service = routed_.service ? routed_.service->name : std::string_view("none");
  auto operation = routed_.operation ? routed_.operation->name : std::string_view("none");
  auto seconds = base::to_epoch_seconds(chain_.lake().clock.now()) - base::to_epoch_seconds(now_);
  chain_.metrics().count_request(service, operation, response_->status, seconds);
  if (!chain_.options().log_requests || !base::log_enabled(base::LogLevel::info)) return;
  base::log_info("request", {{"request_id", request_id_},
                             {"service", service},
                             {"operation", operation},
                             {"status", response_->status},
                             {"ms", seconds * 1000},
                             {"caller", caller_.principal ? caller_.principal->arn() : ""}});
}

}  // namespace weir::server
