// One assertion, one use: who presents it a second time for the same thing is refused.
//
// AWS lets an assertion be exchanged again within its five minutes, and drivers do exchange one assertion at
// STS and then at Lake Formation. So what is remembered is not the assertion but its use: the operation and
// the role. An assertion that says OneTimeUse is remembered without, and holds once in all.
//
// Invariants:
//  1. What was admitted is refused until it would be refused for its age anyway.
//  2. When nothing can be remembered, nothing is admitted.
//
// Threads: MemoryReplayGuard may be used from any. A guard over a store keeps Use as its record, under use_key,
// and admits in the transaction that makes the session.
#pragma once
#include <map>
#include <mutex>
#include <set>
#include <string>

#include "base/clock.h"
#include "base/record.h"
#include "base/result.h"
#include "identity/saml/assertion.h"

namespace weir::identity::saml {

struct Use {
  std::string issuer;
  std::string assertion_id;
  std::string purpose;    // operation and role; empty for an assertion of one use in all
  base::Instant until{};  // after which the assertion is too old for any use
};
WEIR_RECORD(Use, FIELD("Issuer", &Use::issuer), FIELD("AssertionId", &Use::assertion_id),
            FIELD("Purpose", &Use::purpose), FIELD("Until", &Use::until))

// `purpose` is the operation and the role's ARN.
Use use_of(const Assertion& assertion, std::string_view purpose, base::Seconds skew);
// Fixed length, and equal only for equal issuer, id and purpose.
std::string use_key(const Use& use);

class ReplayGuard {
 public:
  virtual ~ReplayGuard() = default;
  // invalid_token for a second time; unavailable when it cannot be remembered.
  virtual base::Status admit(const Use& use, base::Instant now) = 0;
};

class MemoryReplayGuard final : public ReplayGuard {
 public:
  explicit MemoryReplayGuard(size_t capacity) : capacity_(capacity) {}
  base::Status admit(const Use& use, base::Instant now) override;
  size_t size() const;

 private:
  void forget_until(base::Instant now);

  const size_t capacity_;
  mutable std::mutex mutex_;
  std::set<std::string> keys_;
  std::multimap<base::Instant, std::string> by_end_;
};

}  // namespace weir::identity::saml
