#include "server/provider_fetcher.h"

#include <algorithm>

#include "identity/oidc/discovery.h"
#include "identity/oidc/faults.h"
#include "identity/oidc/jwks.h"

namespace weir::server {
namespace {

using namespace std::chrono_literals;
constexpr auto kConnect = 3s, kTotal = 8s;

net::ClientOptions client_options(const ProviderFetcherOptions& options) {
  net::ClientOptions out;
  out.connect = kConnect;
  out.total = kTotal;
  out.ca_file = options.ca_file;
  out.response_bytes_max = std::max(identity::oidc::kDiscoveryBytesMax, identity::oidc::kJwksBytesMax);
  out.idle_handles_max = 4;
  out.public_addresses_only = !options.private_addresses;
  return out;
}

// https://host[:port]/path?query, of a shape that discovery.h has checked.
net::Address address_of(const std::string& url) {
  auto path = url.find_first_of("/?", std::string_view("https://").size());
  if (path == std::string::npos) return {url, "/"};
  auto target = url.substr(path);
  return {url.substr(0, path), target.starts_with('/') ? target : "/" + target};
}

}  // namespace

ProviderFetcher::ProviderFetcher(const ProviderFetcherOptions& options) : client_(client_options(options)) {}

base::Result<std::string> ProviderFetcher::fetch(const std::string& url) {
  using identity::oidc::provider_unreachable;
  if (!url.starts_with("https://")) return provider_unreachable("not https: " + url);
  net::Headers headers;
  headers.add("Accept", "application/json");
  auto answer = client_.send("GET", address_of(url), headers);
  if (!answer.ok()) return provider_unreachable(answer.error().says + answer.error().log);
  if (answer->status != 200) return provider_unreachable(url + " answered " + std::to_string(answer->status));
  return std::move(answer->body);
}

base::Result<app::TokenAnswer> ProviderFetcher::ask(const app::TokenQuestion& question) {
  using identity::oidc::provider_unreachable;
  if (!question.url.starts_with("https://")) return provider_unreachable("not https: " + question.url);
  net::Headers headers;
  headers.add("Accept", "application/json");
  headers.add("Content-Type", "application/x-www-form-urlencoded");
  if (question.authorization) headers.add("Authorization", question.authorization->reveal());
  auto answer = client_.send("POST", address_of(question.url), headers, question.form.reveal());
  if (!answer.ok()) return provider_unreachable(answer.error().says + answer.error().log);
  return app::TokenAnswer{answer->status, std::move(answer->body)};
}

}  // namespace weir::server
