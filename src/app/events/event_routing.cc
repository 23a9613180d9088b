#include "app/events/event_routing.h"

#include "events/keys.h"
#include "events/records.h"
#include "events/rule.h"
#include "notifications/filter_cache.h"

namespace weir::app {
namespace {

using notifications::Errand;
using notifications::OutboxEntry;

// Patterns were checked when their rules were put (events/pattern.h).
notifications::FilterCache& read_patterns() {
  static notifications::FilterCache cache;
  return cache;
}

// A pattern that cannot be read, or asks for nothing in particular, wants nothing.
bool is_wanted(const events::Rule& rule, const base::Json& envelope) {
  if (!rule.enabled || rule.targets.empty()) return false;
  auto pattern = read_patterns().find(rule.pattern, notifications::FilterScope::event);
  return pattern && !pattern->is_empty() && pattern->matches(envelope);
}

OutboxEntry entry_of(Lake& lake, const notifications::Message& message, const std::string& account, Errand errand) {
  OutboxEntry entry;
  entry.id = base::uuid(lake.randomness);
  entry.errand = errand;
  entry.due = entry.created = message.published;
  entry.message = message.id;
  entry.account = account;
  entry.bytes = static_cast<int64_t>(notifications::size_of(message));
  return entry;
}

notifications::Message message_of(const events::Event& event, const base::Json& envelope, base::Instant now) {
  notifications::Message message;
  message.id = event.id;
  message.topic_arn = events::bus_arn(event.region, event.account);
  message.text = envelope.dump();
  message.published = now;
  return message;
}

RoutedEvent route(Lake& lake, const std::vector<events::Rule>& rules, const events::Event& event) {
  auto envelope = events::envelope_of(event);
  RoutedEvent out{message_of(event, envelope, lake.clock.now()), {}};
  for (const auto& rule : rules) {
    if (!is_wanted(rule, envelope)) continue;
    for (const auto& target : rule.targets) {
      out.entries.push_back(entry_of(lake, out.message, event.account, Errand::event));
      out.entries.back().subscription = events::text_of({event.account, rule.name, target.id});
    }
  }
  return out;
}

}  // namespace

base::Result<std::vector<RoutedEvent>> route_events(Lake& lake, store::Transaction& tx, const std::string& account,
                                                    const std::vector<events::Event>& put) {
  WEIR_TRY(auto rules, events::all<events::Rule>(tx, events::keys::rules(account)));
  std::vector<RoutedEvent> out;
  for (const auto& event : put) out.push_back(route(lake, rules, event));
  return out;
}

base::Status enqueue_event(store::Transaction& tx, const RoutedEvent& routed) {
  if (routed.entries.empty()) return {};
  notifications::Outbox outbox(tx);
  WEIR_CHECK_OK(outbox.keep(routed.message));
  return outbox.add(routed.entries);
}

base::Status post_event(Lake& lake, store::Transaction& tx, const events::Event& event) {
  WEIR_TRY(auto routed, route_events(lake, tx, event.account, {event}));
  auto& entries = routed.front().entries;
  entries.push_back(entry_of(lake, routed.front().message, event.account, Errand::trail));
  return enqueue_event(tx, routed.front());
}

}  // namespace weir::app
