// One API request on its way through the chain: what is known of it so far, and the steps that learn more.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "identity/authenticate.h"
#include "net/http.h"
#include "server/chain.h"
#include "wire/error_envelope.h"
#include "wire/sigv4/sigv4.h"

namespace weir::server {

class Journey {
 public:
  Journey(Chain& chain, net::RequestHead head);

  // The steps, in the order of kSteps in chain.cc. Each answers false when it has set the response.
  // Routing may be asked again when the body is in, and is not worth asking before for what names_itself_in_body().
  bool names_itself_in_body() const;
  bool route(std::string_view body);
  bool identify();                                          // whose key, is the token good
  bool prove(std::optional<std::string_view> body_sha256);  // the signature
  bool begin();                                             // pins the State, makes the Call
  void perform(std::string_view body);                      // decode, validate, use case, encode

  // For bodies that stream: the service's upload, or null when the response is set.
  std::unique_ptr<services::Upload> open_upload();
  void conclude(base::Result<services::Answer> answer);

  void refuse(const base::Error& error);
  net::Response take_response();

  const net::RequestHead& head() const { return head_; }
  const services::Route* use_case() const { return use_case_; }
  const wire::Authorization& claims() const { return claims_; }
  const wire::Route& routed() const { return routed_; }
  wire::SigningKey signing_key() const;
  bool answered() const { return response_.has_value(); }
  bool is_s3() const { return routed_.protocol == wire::Protocol::rest_xml; }

 private:
  std::span<const wire::HeaderField> headers() const { return head_.headers.items(); }
  wire::SignedRequestView signed_view() const;
  wire::RouteRequest route_request(std::string_view body) const;
  wire::WireRequest wire_request(std::string_view body) const;
  void refuse_auth(const wire::AuthError& error);
  void refuse_route(const wire::RouteRefusal& refusal);
  void respond(wire::WireResponse response);
  void respond_object(services::Answer answer);
  wire::ErrorAnswer error_answer(std::string_view code, std::string message, int status) const;
  void log_and_count();

  Chain& chain_;
  net::RequestHead head_;
  std::string request_id_;
  base::Instant now_;
  wire::Route routed_;
  wire::Authorization claims_;
  std::optional<wire::AuthError> claims_refused_;
  identity::Authenticated caller_;
  const services::Route* use_case_ = nullptr;
  const services::Service* service_ = nullptr;
  std::optional<app::Call> call_;
  std::optional<net::Response> response_;
};

}  // namespace weir::server
