#include "app/events/connection_credentials.h"

#include <algorithm>

#include "app/events/connection_tokens.h"
#include "base/text.h"
#include "events/keys.h"
#include "identity/sealed_secrets.h"
#include "store/record_access.h"

namespace weir::app {

using events::AuthParameters;
using events::Connection;
using events::HttpParameter;
using notifications::WebhookAnswer;

namespace {

constexpr int kUnauthorized = 401;

std::string purpose_of(const Connection& connection) { return "connection/" + connection.id; }

void replace(events::Pairs& pairs, const std::string& name, const std::string& value, bool ignoring_case) {
  std::erase_if(pairs, [&](const auto& pair) {
    return ignoring_case ? base::equal_ignoring_case(pair.first, name) : pair.first == name;
  });
  pairs.emplace_back(name, value);
}

// Into an object's members, or a form's; a body that is neither stays as it is.
void add_to_body(EndpointCall& call, const std::vector<HttpParameter>& parameters) {
  if (parameters.empty()) return;
  if (call.form) {
    events::Pairs pairs;
    for (const auto& item : parameters) pairs.emplace_back(item.key, item.value.reveal());
    call.body += (call.body.empty() ? "" : "&") + events::form_of(pairs);
    return;
  }
  auto body = call.body.empty() ? base::Result<base::Json>(base::Json::object()) : base::parse_json(call.body);
  if (!body || !body->as_object()) return;
  for (const auto& item : parameters) body->set(item.key, item.value.reveal());
  call.body = body->dump();
}

void add_invocation(const std::optional<events::HttpParameters>& parameters, EndpointCall& call) {
  if (!parameters) return;
  for (const auto& item : parameters->headers) replace(call.headers, item.key, item.value.reveal(), true);
  for (const auto& item : parameters->query) replace(call.query, item.key, item.value.reveal(), false);
  add_to_body(call, parameters->body);
}

void add_fixed_credentials(const AuthParameters& parameters, EndpointCall& call) {
  if (parameters.api_key) replace(call.headers, parameters.api_key->name, parameters.api_key->value.reveal(), true);
  if (!parameters.basic) return;
  auto pair = parameters.basic->username + ":" + parameters.basic->password.reveal();
  replace(call.headers, "Authorization", "Basic " + base::base64(pair), true);
}

base::Result<notifications::WebhookPost> post_of(const EndpointCall& call) {
  notifications::WebhookPost post;
  post.method = call.method;
  post.url = events::with_query(call.url, call.query);
  for (const auto& [name, value] : call.headers) {
    WEIR_CHECK_OK(events::check_header(name, value));
    post.headers.emplace_back(name, value);
  }
  post.body = call.body;
  post.patience = call.patience;
  post.answer_bytes_max = call.answer_bytes_max;
  post.secure_only = true;
  return post;
}

base::Result<WebhookAnswer> send_with_token(Lake& lake, notifications::WebhookSender& webhooks,
                                            const Connection& connection, const events::OAuth& oauth,
                                            const EndpointCall& call, base::Instant until) {
  WEIR_TRY(auto token, connection_token(lake, webhooks, connection, oauth, until));
  auto authorized = call;
  replace(authorized.headers, "Authorization", "Bearer " + token.reveal(), true);
  WEIR_TRY(auto post, post_of(authorized));
  return notifications::post_until(webhooks, std::move(post), lake.clock, until);
}

}  // namespace

base::Result<Connection> find_connection(const Lake& lake, const std::string& account, const std::string& arn) {
  WEIR_TRY(auto name, events::parse_connection_arn(arn));
  auto none = events::no_such("Connection", "'" + name.name + "'");
  if (name.account != account || name.region != lake.region) return none;
  WEIR_TRY(auto tx, lake.store.begin(store::Mode::read));
  WEIR_TRY(auto found, store::load<Connection>(*tx, events::keys::connection(account, name.name)));
  if (!found || found->id != name.id) return none;
  return std::move(*found);
}

std::string seal_parameters(Lake& lake, const Connection& connection, const AuthParameters& parameters) {
  return identity::seal_secret(lake.keys, purpose_of(connection), base::Secret(base::encode_record(parameters)),
                               lake.randomness);
}

base::Result<bool> seal_anew(Connection& connection, const identity::KeyRing& ring, base::Randomness& randomness) {
  return identity::seal_text_anew(ring, purpose_of(connection), connection.sealed, randomness);
}

base::Result<AuthParameters> open_parameters(const Lake& lake, const Connection& connection) {
  WEIR_TRY(auto text, identity::open_secret(lake.keys, purpose_of(connection), connection.sealed));
  return base::decode_record<AuthParameters>(text.reveal());
}

base::Result<WebhookAnswer> call_endpoint(Lake& lake, notifications::WebhookSender& webhooks,
                                          const Connection& connection, EndpointCall call) {
  auto until = lake.clock.now() + call.total;
  WEIR_TRY(auto parameters, open_parameters(lake, connection));
  add_invocation(parameters.invocation, call);
  add_fixed_credentials(parameters, call);
  if (!parameters.oauth) {
    WEIR_TRY(auto post, post_of(call));
    return notifications::post_until(webhooks, std::move(post), lake.clock, until);
  }
  auto answer = send_with_token(lake, webhooks, connection, *parameters.oauth, call, until);
  if (!answer || answer->status != kUnauthorized) return answer;
  // The token may have been revoked: once more with a new one.
  WEIR_CHECK_OK(forget_token(lake, connection));
  return send_with_token(lake, webhooks, connection, *parameters.oauth, call, until);
}

}  // namespace weir::app
