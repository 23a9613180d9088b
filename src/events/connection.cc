#include "events/connection.h"

#include <array>

#include "base/text.h"
#include "events/http_words.h"
#include "notifications/webhook_url.h"

namespace weir::events {
namespace {

constexpr std::array kTypes = {AuthorizationType::api_key, AuthorizationType::basic, AuthorizationType::oauth};
constexpr size_t kParametersMax = 100;

base::Error incomplete(AuthorizationType type) {
  return invalid_parameter("AuthParameters", "they are not those of " + std::string(to_string(type)));
}

base::Status check_headers(const std::vector<HttpParameter>& headers) {
  for (const auto& header : headers) WEIR_CHECK_OK(check_header(header.key, header.value.reveal()));
  return {};
}

base::Status check_text(std::string_view what, const std::string& text) {
  if (text.empty() || base::has_control_characters(text)) return invalid_parameter(what);
  return {};
}

base::Status check_http(const std::optional<HttpParameters>& parameters) {
  if (!parameters) return {};
  if (parameters->headers.size() + parameters->query.size() + parameters->body.size() > kParametersMax)
    return invalid_parameter("InvocationHttpParameters", "there are more than 100");
  WEIR_CHECK_OK(check_headers(parameters->headers));
  for (const auto& item : parameters->query) WEIR_CHECK_OK(check_text("QueryStringParameters", item.key));
  for (const auto& item : parameters->body) WEIR_CHECK_OK(check_text("BodyParameters", item.key));
  return {};
}

base::Status check_oauth(const OAuth& oauth) {
  if (oauth.client.id.empty() || oauth.client.secret.empty()) return invalid_parameter("ClientParameters");
  auto url = notifications::parse_webhook_url(oauth.endpoint);
  if (!url || !url->userinfo.empty()) return invalid_parameter("AuthorizationEndpoint");
  if (oauth.method != "GET" && oauth.method != "POST" && oauth.method != "PUT") return invalid_parameter("HttpMethod");
  return check_http(oauth.parameters);
}

base::Status check_basic(const BasicAuth& basic) {
  WEIR_CHECK_OK(check_text("Username", basic.username));
  if (basic.username.find(':') != std::string::npos) return invalid_parameter("Username");
  return check_text("Password", basic.password.reveal());
}

// Members without a value say nothing: they are left out.
base::Json without(base::Json json, std::string_view name) {
  std::erase_if(*json.as_object(), [&](const auto& member) { return member.first == name; });
  return json;
}

base::Json shown_list(const std::vector<HttpParameter>& list) {
  auto out = base::Json::array();
  for (const auto& item : list)
    out.push(item.is_secret.value_or(false) ? without(base::to_json(item), "Value") : base::to_json(item));
  return out;
}

base::Json shown_http(const HttpParameters& parameters) {
  auto out = base::Json::object();
  if (!parameters.headers.empty()) out.set("HeaderParameters", shown_list(parameters.headers));
  if (!parameters.query.empty()) out.set("QueryStringParameters", shown_list(parameters.query));
  if (!parameters.body.empty()) out.set("BodyParameters", shown_list(parameters.body));
  return out;
}

base::Json shown_oauth(const OAuth& oauth) {
  auto out = base::Json::object()
                 .set("ClientParameters", base::Json::object().set("ClientID", oauth.client.id))
                 .set("AuthorizationEndpoint", oauth.endpoint)
                 .set("HttpMethod", oauth.method);
  if (oauth.parameters) out.set("OAuthHttpParameters", shown_http(*oauth.parameters));
  return out;
}

}  // namespace

std::string_view to_string(AuthorizationType type) {
  switch (type) {
    case AuthorizationType::api_key: return "API_KEY";
    case AuthorizationType::basic: return "BASIC";
    case AuthorizationType::oauth: return "OAUTH_CLIENT_CREDENTIALS";
  }
  return "";
}

base::Result<AuthorizationType> parse_authorization_type(std::string_view text) {
  for (auto type : kTypes)
    if (text == to_string(type)) return type;
  return invalid_parameter("AuthorizationType");
}

base::Json to_json(const AuthorizationType& type) { return to_string(type); }

base::Status from_json(const base::Json& json, AuthorizationType& type) {
  auto read = json.as_string() ? parse_authorization_type(*json.as_string()) : invalid_parameter("AuthorizationType");
  if (!read) return base::internal("record: an authorization type was expected");
  return type = *read, base::Status();
}

base::Status check_parameters(AuthorizationType type, const AuthParameters& parameters) {
  bool fits = parameters.basic.has_value() == (type == AuthorizationType::basic) &&
              parameters.oauth.has_value() == (type == AuthorizationType::oauth) &&
              parameters.api_key.has_value() == (type == AuthorizationType::api_key);
  if (!fits) return incomplete(type);
  if (parameters.basic) WEIR_CHECK_OK(check_basic(*parameters.basic));
  if (parameters.oauth) WEIR_CHECK_OK(check_oauth(*parameters.oauth));
  if (parameters.api_key) WEIR_CHECK_OK(check_header(parameters.api_key->name, parameters.api_key->value.reveal()));
  return check_http(parameters.invocation);
}

base::Json shown_of(const AuthParameters& parameters) {
  auto out = base::Json::object();
  if (parameters.basic)
    out.set("BasicAuthParameters", base::Json::object().set("Username", parameters.basic->username));
  if (parameters.api_key)
    out.set("ApiKeyAuthParameters", base::Json::object().set("ApiKeyName", parameters.api_key->name));
  if (parameters.oauth) out.set("OAuthParameters", shown_oauth(*parameters.oauth));
  if (parameters.invocation) out.set("InvocationHttpParameters", shown_http(*parameters.invocation));
  return out;
}

base::Json merged(const base::Json& before, const base::Json& change) {
  if (!before.as_object() || !change.as_object()) return change;
  auto out = before;
  for (const auto& [name, value] : *change.as_object()) {
    auto* there = before.find(name);
    out.set(name, there ? merged(*there, value) : value);
  }
  return out;
}

}  // namespace weir::events
