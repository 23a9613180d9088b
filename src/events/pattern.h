// An event pattern: which events a rule wants. The tests of its values are those of SNS's filter policies
// (notifications/filter_policy.h); a pattern is asked about the whole envelope and has no limit of five keys.
//
// Threads: immutable values.
#pragma once
#include "notifications/filter_policy.h"

namespace weir::events {

inline constexpr size_t kPatternBytesMax = 4096;

class EventPattern {
 public:
  // Kind::invalid about "event pattern", "Event pattern is not valid. Reason: ...".
  static base::Result<EventPattern> parse(std::string_view text);
  bool matches(const base::Json& envelope) const { return policy_.matches(envelope); }

 private:
  explicit EventPattern(notifications::FilterPolicy policy) : policy_(std::move(policy)) {}
  notifications::FilterPolicy policy_;
};

}  // namespace weir::events
