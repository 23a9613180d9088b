// Connections: how calls to an endpoint are authorised. Parameters are spelt as AWS spells them.
//
// Invariants:
//  1. What authorises is kept only as a whole and sealed (Connection::sealed); what is shown (shown_of) has no secret.
//  2. No parameter can end a header line: what is not printable is refused when it is given.
//
// Threads: values and pure functions.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/record.h"
#include "events/names.h"

namespace weir::events {

inline constexpr size_t kConnectionsMax = 3000;  // of an account, as on AWS

enum class AuthorizationType { api_key, basic, oauth };
std::string_view to_string(AuthorizationType type);  // "API_KEY", ...
base::Result<AuthorizationType> parse_authorization_type(std::string_view text);
base::Json to_json(const AuthorizationType& type);
base::Status from_json(const base::Json& json, AuthorizationType& type);

struct HttpParameter {
  std::string key;
  base::Secret value;
  std::optional<bool> is_secret;
};
WEIR_RECORD(HttpParameter, FIELD("Key", &HttpParameter::key), FIELD("Value", &HttpParameter::value),
            FIELD("IsValueSecret", &HttpParameter::is_secret))

struct HttpParameters {
  std::vector<HttpParameter> headers, query, body;
};
WEIR_RECORD(HttpParameters, FIELD("HeaderParameters", &HttpParameters::headers),
            FIELD("QueryStringParameters", &HttpParameters::query), FIELD("BodyParameters", &HttpParameters::body))

struct BasicAuth {
  std::string username;
  base::Secret password;
};
WEIR_RECORD(BasicAuth, FIELD("Username", &BasicAuth::username), FIELD("Password", &BasicAuth::password))

struct ApiKeyAuth {
  std::string name;
  base::Secret value;
};
WEIR_RECORD(ApiKeyAuth, FIELD("ApiKeyName", &ApiKeyAuth::name), FIELD("ApiKeyValue", &ApiKeyAuth::value))

struct OAuthClient {
  std::string id;
  base::Secret secret;
};
WEIR_RECORD(OAuthClient, FIELD("ClientID", &OAuthClient::id), FIELD("ClientSecret", &OAuthClient::secret))

struct OAuth {
  OAuthClient client;
  std::string endpoint;
  std::string method;  // GET, POST, PUT
  std::optional<HttpParameters> parameters;
};
WEIR_RECORD(OAuth, FIELD("ClientParameters", &OAuth::client), FIELD("AuthorizationEndpoint", &OAuth::endpoint),
            FIELD("HttpMethod", &OAuth::method), FIELD("OAuthHttpParameters", &OAuth::parameters))

struct AuthParameters {
  std::optional<BasicAuth> basic;
  std::optional<OAuth> oauth;
  std::optional<ApiKeyAuth> api_key;
  std::optional<HttpParameters> invocation;
};
WEIR_RECORD(AuthParameters, FIELD("BasicAuthParameters", &AuthParameters::basic),
            FIELD("OAuthParameters", &AuthParameters::oauth), FIELD("ApiKeyAuthParameters", &AuthParameters::api_key),
            FIELD("InvocationHttpParameters", &AuthParameters::invocation))

// That the parameters are those of the type, whole, and cannot be read as anything else on their way out.
base::Status check_parameters(AuthorizationType type, const AuthParameters& parameters);
// Without passwords, keys, client secrets and the values that are secret.
base::Json shown_of(const AuthParameters& parameters);
// `before` with what `change` says in its place, member by member; lists are replaced whole.
base::Json merged(const base::Json& before, const base::Json& change);

struct Connection {
  std::string account, region, name, id;
  std::string description;
  AuthorizationType type = AuthorizationType::api_key;
  std::string sealed;  // AuthParameters
  base::Json shown;
  base::Instant created{}, modified{}, authorized{};
  std::string arn() const { return connection_arn(region, account, name, id); }
};
WEIR_RECORD(Connection, FIELD("Account", &Connection::account), FIELD("Region", &Connection::region),
            FIELD("Name", &Connection::name), FIELD("Id", &Connection::id),
            FIELD("Description", &Connection::description), FIELD("Type", &Connection::type),
            FIELD("Sealed", &Connection::sealed), FIELD("Shown", &Connection::shown),
            FIELD("Created", &Connection::created), FIELD("Modified", &Connection::modified),
            FIELD("Authorized", &Connection::authorized))

// A token that an authorization endpoint gave, until it expires.
struct HeldToken {
  std::string sealed;
  base::Instant expires{};
};
WEIR_RECORD(HeldToken, FIELD("Sealed", &HeldToken::sealed), FIELD("Expires", &HeldToken::expires))

}  // namespace weir::events
