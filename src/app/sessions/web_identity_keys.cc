#include "app/sessions/web_identity_keys.h"

#include <algorithm>

#include "app/people/sign_in_faults.h"
#include "base/log.h"
#include "identity/oidc/faults.h"

namespace weir::app {

namespace oidc = identity::oidc;

WebIdentityKeys::IssuerPtr WebIdentityKeys::issuer_of(const std::string& address) {
  std::lock_guard lock(mutex_);
  auto known = std::find_if(issuers_.begin(), issuers_.end(), [&](const auto& one) { return one.first == address; });
  if (known != issuers_.end()) {
    issuers_.splice(issuers_.begin(), issuers_, known);
  } else {
    issuers_.emplace_front(address, std::make_shared<Issuer>(address));
    if (issuers_.size() > kIssuersMax) issuers_.pop_back();
  }
  return issuers_.front().second;
}

void WebIdentityKeys::ask(Issuer& issuer, const oidc::Fetch& fetch, std::unique_lock<std::mutex>& lock,
                          base::Instant now) {
  issuer.asking = true;
  lock.unlock();
  auto document = fetcher_.fetch(fetch.url);
  lock.lock();
  issuer.asking = false;
  auto status = document.ok() ? issuer.source.learned(fetch, *document, now) : base::Status(document.error());
  if (!document.ok()) issuer.source.failed(now);
  issuer.answered.notify_all();
  if (status.ok()) return;
  base::log_warn("web_identity.keys", {{"url", fetch.url}, {"reason", status.error().log + status.error().says}});
}

// Keys that are known but not fresh are worth a question only where there is room for it.
base::Result<std::shared_ptr<const oidc::KeySet>> WebIdentityKeys::keys_for(const std::string& account,
                                                                            const oidc::Address& address,
                                                                            base::Instant now) {
  auto issuer = issuer_of(address.issuer);
  auto knows_key = [&] {
    auto keys = issuer->source.keys(now);
    return keys.ok() && (*keys)->find(address.kid, address.algorithm);
  };
  std::unique_lock lock(issuer->mutex);
  auto slot = knows_key() ? std::nullopt : slots_of_keys_.take(account);
  if (!slot && !knows_key()) return oidc::provider_unreachable("too many wait for an answer");
  issuer->answered.wait(lock, [&] { return !issuer->asking || knows_key(); });
  while (auto fetch = issuer->source.begin(address, now)) {
    auto room = slot ? std::nullopt : slots_of_keys_.take(account);
    if (!slot && !room) break;
    ask(*issuer, *fetch, lock, now);
  }
  return issuer->source.keys(now);
}

base::Result<TokenAnswer> WebIdentityKeys::ask(const std::string& account, const std::string& source_ip,
                                               const TokenQuestion& question) {
  auto of_address = slots_of_addresses_.take(source_ip);
  if (!of_address) return too_many_requests();
  auto slot = slots_.take(account);
  if (!slot) return too_many_requests();
  return fetcher_.ask(question);
}

base::Result<oidc::Endpoints> WebIdentityKeys::endpoints_of(const std::string& account, const std::string& address,
                                                            base::Instant now) {
  auto issuer = issuer_of(address);
  std::unique_lock lock(issuer->mutex);
  auto slot = issuer->asking ? std::nullopt : slots_.take(account);
  if (slot)
    if (auto fetch = issuer->source.begin_discovery(now)) ask(*issuer, *fetch, lock, now);
  auto known = issuer->source.endpoints(now);
  if (!slot && !known.ok()) return too_many_requests();
  return known;
}

}  // namespace weir::app
