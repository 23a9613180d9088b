#include "identity/oidc/key_source.h"

#include "identity/oidc/faults.h"

namespace weir::identity::oidc {

bool KeySource::is_described(base::Instant now) const {
  return !endpoints_.keys.empty() && now < discovered_ + limits_.fresh;
}

std::optional<Fetch> KeySource::wanted(const Address& address, base::Instant now) const {
  if (!is_described(now)) return Fetch{Fetch::What::discovery, discovery_url(issuer_)};
  bool unknown = keys_ && !keys_->find(address.kid, address.algorithm);
  bool due = !keys_ || now >= fetched_ + limits_.fresh || (unknown && now >= fetched_ + limits_.unknown_kid_wait);
  if (!due) return std::nullopt;
  return Fetch{Fetch::What::keys, endpoints_.keys};
}

std::optional<Fetch> KeySource::asked(std::optional<Fetch> wanted, base::Instant now) {
  if (quiet_until_ && now < *quiet_until_) return std::nullopt;
  if (wanted) quiet_until_ = now + limits_.failure_wait;
  return wanted;
}

std::optional<Fetch> KeySource::begin_discovery(base::Instant now) {
  if (is_described(now)) return std::nullopt;
  return asked(Fetch{Fetch::What::discovery, discovery_url(issuer_)}, now);
}

std::optional<Fetch> KeySource::begin(const Address& address, base::Instant now) {
  if (address.issuer != issuer_) return std::nullopt;
  return asked(wanted(address, now), now);
}

base::Status KeySource::learn(const Fetch& fetch, std::string_view document, base::Instant now) {
  if (fetch.what == Fetch::What::discovery) {
    WEIR_TRY(endpoints_, read_endpoints(document, issuer_, transport_));
    discovered_ = now;
    return {};
  }
  WEIR_TRY(auto keys, KeySet::parse(document));
  keys_ = std::make_shared<const KeySet>(std::move(keys));
  fetched_ = now;
  return {};
}

base::Status KeySource::learned(const Fetch& fetch, std::string_view document, base::Instant now) {
  auto status = learn(fetch, document, now);
  if (status.ok())
    quiet_until_.reset();
  else
    failed(now);
  return status;
}

void KeySource::failed(base::Instant now) { quiet_until_ = now + limits_.failure_wait; }

base::Result<std::shared_ptr<const KeySet>> KeySource::keys(base::Instant now) const {
  if (!keys_) return provider_unreachable("key source: no keys of " + issuer_);
  if (now >= fetched_ + limits_.stale_max) return provider_unreachable("key source: old keys of " + issuer_);
  return keys_;
}

base::Result<Endpoints> KeySource::endpoints(base::Instant now) const {
  if (endpoints_.keys.empty()) return provider_unreachable("key source: no description of " + issuer_);
  if (now >= discovered_ + limits_.stale_max) return provider_unreachable("key source: old description of " + issuer_);
  return endpoints_;
}

}  // namespace weir::identity::oidc
