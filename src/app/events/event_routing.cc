#include "app/events/event_routing.h"

#include "events/keys.h"
#include "events/pattern.h"
#include "events/records.h"
#include "events/rule.h"

namespace weir::app {
namespace {

using notifications::Errand;
using notifications::OutboxEntry;

// A pattern that cannot be read wants nothing.
bool is_wanted(const events::Rule& rule, const base::Json& envelope) {
  if (!rule.enabled || rule.targets.empty()) return false;
  auto pattern = events::EventPattern::parse(rule.pattern);
  return pattern.ok() && pattern->matches(envelope);
}

OutboxEntry entry_of(Lake& lake, const events::Event& event, Errand errand) {
  OutboxEntry entry;
  entry.id = base::uuid(lake.randomness);
  entry.errand = errand;
  entry.due = entry.created = lake.clock.now();
  entry.message = event.id;
  entry.account = event.account;
  return entry;
}

base::Result<std::vector<OutboxEntry>> entries_of(Lake& lake, store::Transaction& tx, const events::Event& event,
                                                  const base::Json& envelope) {
  WEIR_TRY(auto rules, events::all<events::Rule>(tx, events::keys::rules(event.account)));
  std::vector<OutboxEntry> out;
  for (const auto& rule : rules) {
    if (!is_wanted(rule, envelope)) continue;
    for (const auto& target : rule.targets) {
      out.push_back(entry_of(lake, event, Errand::event));
      out.back().subscription = events::text_of({event.account, rule.name, target.id});
    }
  }
  return out;
}

notifications::Message message_of(const events::Event& event, const base::Json& envelope, base::Instant now) {
  notifications::Message message;
  message.id = event.id;
  message.topic_arn = events::bus_arn(event.region, event.account);
  message.text = envelope.dump();
  message.published = now;
  return message;
}

}  // namespace

base::Status post_event(Lake& lake, store::Transaction& tx, const events::Event& event, Besides besides) {
  auto envelope = events::envelope_of(event);
  WEIR_TRY(auto entries, entries_of(lake, tx, event, envelope));
  if (besides == Besides::audit_trail) entries.push_back(entry_of(lake, event, Errand::trail));
  if (entries.empty()) return {};
  auto message = message_of(event, envelope, lake.clock.now());
  for (auto& entry : entries) entry.bytes = static_cast<int64_t>(notifications::size_of(message));
  notifications::Outbox outbox(tx);
  WEIR_CHECK_OK(outbox.keep(message));
  return outbox.add(entries);
}

}  // namespace weir::app
