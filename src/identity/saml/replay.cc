#include "identity/saml/replay.h"

#include "base/hash.h"
#include "identity/saml/faults.h"

namespace weir::identity::saml {

Use use_of(const Assertion& assertion, std::string_view purpose, base::Seconds skew) {
  return {assertion.issuer, assertion.id, assertion.one_time_use ? "" : std::string(purpose),
          assertion.not_on_or_after + skew};
}

// Lengths keep the three apart: ("a", "bc") is not ("ab", "c").
std::string use_key(const Use& use) {
  auto framed = [](const std::string& text) { return std::to_string(text.size()) + ":" + text; };
  return base::sha256_hex(framed(use.issuer) + framed(use.assertion_id) + framed(use.purpose));
}

base::Status MemoryReplayGuard::admit(const Use& use, base::Instant now) {
  std::lock_guard lock(mutex_);
  forget_until(now);
  auto key = use_key(use);
  if (keys_.contains(key)) return invalid_token("The SAML assertion has already been used.", "replay: " + key);
  if (keys_.size() >= capacity_)
    return base::fail(base::Kind::unavailable, "Too many sign-ins at once. Please try again.",
                      std::string(kIdentityToken));
  keys_.insert(key);
  by_end_.emplace(use.until, std::move(key));
  return {};
}

size_t MemoryReplayGuard::size() const {
  std::lock_guard lock(mutex_);
  return keys_.size();
}

void MemoryReplayGuard::forget_until(base::Instant now) {
  while (!by_end_.empty() && by_end_.begin()->first <= now) {
    keys_.erase(by_end_.begin()->second);
    by_end_.erase(by_end_.begin());
  }
}

}  // namespace weir::identity::saml
