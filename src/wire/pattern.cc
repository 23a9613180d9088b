#include "wire/pattern.h"

#include <re2/re2.h>

#include <memory>

namespace weir::wire {

// Compiled expressions live as long as the process, as the tables that own them do.
const re2::RE2& Pattern::compiled() const {
  if (auto* ready = compiled_.load(std::memory_order_acquire)) return *ready;
  RE2::Options options;
  options.set_log_errors(false);
  auto made = std::make_unique<const RE2>(expression_, options);
  const RE2* there = nullptr;
  if (compiled_.compare_exchange_strong(there, made.get(), std::memory_order_acq_rel)) return *made.release();
  return *there;
}

bool Pattern::compiles() const { return compiled().ok(); }

bool Pattern::matches(std::string_view text) const {
  return RE2::FullMatch(re2::StringPiece(text.data(), text.size()), compiled());
}

}  // namespace weir::wire
