#include "identity/oidc/discovery.h"

#include <algorithm>

#include "base/text.h"
#include "identity/oidc/faults.h"
#include "identity/oidc/strict_json.h"

namespace weir::identity::oidc {
namespace {

constexpr size_t kUrlMax = 2048;

// What follows the scheme, or nothing when the scheme is not allowed.
std::string_view after_scheme(std::string_view url, Transport transport) {
  constexpr std::string_view kHttps = "https://", kHttp = "http://";
  if (url.starts_with(kHttps)) return url.substr(kHttps.size());
  if (transport == Transport::http_too && url.starts_with(kHttp)) return url.substr(kHttp.size());
  return {};
}

bool is_host_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
}

// host[:port]: no user, no brackets, nothing that URL parsers are known to disagree on.
bool is_authority(std::string_view text) {
  auto parts = base::split(text, ':');
  bool port =
      parts.size() < 2 || (!parts[1].empty() && parts[1].size() <= 5 &&
                           std::all_of(parts[1].begin(), parts[1].end(), [](char c) { return c >= '0' && c <= '9'; }));
  return parts.size() <= 2 && port && !parts[0].empty() && parts[0].front() != '.' && parts[0].front() != '-' &&
         std::all_of(parts[0].begin(), parts[0].end(), is_host_character);
}

// HTTP Basic unless the provider takes nothing but the body.
bool takes_only_body(const base::Json& description) {
  auto methods = texts(description.find("token_endpoint_auth_methods_supported"));
  auto listed = [&](std::string_view method) {
    return std::find(methods.begin(), methods.end(), method) != methods.end();
  };
  return listed("client_secret_post") && !listed("client_secret_basic");
}

}  // namespace

bool is_plain_url(std::string_view url, Transport transport) {
  auto rest = after_scheme(url, transport);
  bool printable =
      std::all_of(url.begin(), url.end(), [](char c) { return c > ' ' && c < 0x7f && c != '\\' && c != '#'; });
  return url.size() <= kUrlMax && printable && is_authority(rest.substr(0, rest.find_first_of("/?")));
}

base::Status check_issuer(std::string_view issuer, Transport transport) {
  bool good = issuer.size() <= kIssuerMax && is_plain_url(issuer, transport) &&
              issuer.find_first_of("?@") == std::string_view::npos;
  if (!good) return base::invalid("Invalid Open ID Connect Provider URL", "Url");
  return {};
}

std::string provider_name(std::string_view issuer) { return std::string(after_scheme(issuer, Transport::http_too)); }

std::string discovery_url(std::string_view issuer) {
  if (issuer.ends_with('/')) issuer.remove_suffix(1);
  return std::string(issuer) + "/.well-known/openid-configuration";
}

base::Result<Endpoints> read_endpoints(std::string_view document, std::string_view issuer, Transport transport) {
  if (document.size() > kDiscoveryBytesMax) return provider_unreachable("discovery: too long");
  auto json = parse_strict_object(document);
  if (!json.ok()) return provider_unreachable("discovery: " + json.error().log);
  if (json->text("issuer") != issuer) return provider_unreachable("discovery: of another issuer");
  auto plain = [&](std::string_view name) {
    auto url = json->text(name);
    return is_plain_url(url, transport) ? url : std::string();
  };
  Endpoints out{plain("jwks_uri"), plain("authorization_endpoint"), plain("token_endpoint"), takes_only_body(*json)};
  if (out.keys.empty()) return provider_unreachable("discovery: jwks_uri");
  return out;
}

}  // namespace weir::identity::oidc
