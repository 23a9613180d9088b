#include "events/pattern.h"

namespace weir::events {
namespace {

base::Error refused(std::string_view why) {
  return base::invalid("Event pattern is not valid. Reason: " + std::string(why), "event pattern");
}

}  // namespace

base::Result<EventPattern> EventPattern::parse(std::string_view text) {
  if (text.size() > kPatternBytesMax) return refused("Event pattern is too long");
  auto policy = notifications::FilterPolicy::parse(text, notifications::FilterScope::event);
  if (!policy) {
    constexpr std::string_view kSns = "Invalid parameter: FilterPolicy: ";
    std::string_view says = policy.error().says;
    return refused(says.starts_with(kSns) ? says.substr(kSns.size()) : says);
  }
  // What wants nothing in particular is a mistake more often than a wish.
  if (policy->is_empty()) return refused("Empty objects are not allowed");
  return EventPattern(std::move(*policy));
}

}  // namespace weir::events
