#include "app/people/service_provider.h"

#include "app/public_url.h"
#include "base/text.h"

namespace weir::app {
namespace {

constexpr base::Seconds kRequestAnswered = std::chrono::hours(1);

std::string purpose_of(const std::string& provider_arn) { return "saml-request/" + provider_arn; }

}  // namespace

std::string address_here(const Lake& lake, std::string_view path) {
  return (lake.public_url ? lake.public_url->get() : std::string()) + std::string(path);
}

identity::saml::ServiceProvider service_provider(const Lake& lake, std::string_view account) {
  return {address_here(lake, kServiceMetadataPath) + "?account=" + std::string(account),
          address_here(lake, kAssertionPath)};
}

// What is sealed has the alphabet of base64url then: with a _ before it that is an xs:ID.
std::string fresh_request_id(Lake& lake, const std::string& provider_arn, base::Instant now) {
  base::Secret until(std::to_string(base::to_epoch_whole_seconds(now + kRequestAnswered)));
  auto sealed = base::unbase64(identity::seal_secret(lake.keys, purpose_of(provider_arn), until, lake.randomness));
  return "_" + base::base64url(sealed.ok() ? *sealed : std::string());
}

bool is_request_of(const Lake& lake, const std::string& provider_arn, std::string_view id, base::Instant now) {
  if (!id.starts_with('_')) return false;
  auto sealed = base::unbase64url(id.substr(1));
  if (!sealed.ok()) return false;
  auto until = identity::open_secret(lake.keys, purpose_of(provider_arn), base::base64(*sealed));
  if (!until.ok()) return false;
  auto seconds = base::parse_int(until->reveal());
  return seconds.ok() && base::to_epoch_whole_seconds(now) < *seconds;
}

}  // namespace weir::app
