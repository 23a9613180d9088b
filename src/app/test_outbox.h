// What of the outbox is due, for tests of use cases that deliver by hand. Tests only.
#pragma once
#include <set>
#include <vector>

#include "notifications/outbox.h"

namespace weir::app::test {

// Every entry that is due, queue by queue.
inline std::vector<notifications::OutboxEntry> due_entries(store::Store& store, base::Instant now) {
  auto tx = store.begin(store::Mode::read).value();
  notifications::Outbox outbox(*tx);
  std::vector<notifications::OutboxEntry> out;
  auto queues = outbox.queues().value();
  for (const auto& queue : queues) {
    std::set<std::string> seen;
    while (auto entry = outbox.first_due(queue, now, seen).value()) {
      seen.insert(entry->id);
      out.push_back(*entry);
    }
  }
  return out;
}

}  // namespace weir::app::test
