// From an event on a bus to what is still to be done about it: an entry of the outbox for each target of each rule
// that wants it.
//
// Threads: free functions; a transaction belongs to one thread.
#pragma once
#include <string>
#include <vector>

#include "app/lake.h"
#include "events/event.h"
#include "notifications/outbox.h"

namespace weir::app {

// An event, and an entry for each target of the rules that want it. A target that is removed before its turn is
// passed over then.
struct RoutedEvent {
  notifications::Message message;
  std::vector<notifications::OutboxEntry> entries;
};

// In the order of `put`, which are all of one account, by the rules that are in force in this transaction.
base::Result<std::vector<RoutedEvent>> route_events(Lake& lake, store::Transaction& tx, const std::string& account,
                                                    const std::vector<events::Event>& put);
// An event nobody wants leaves nothing.
base::Status enqueue_event(store::Transaction& tx, const RoutedEvent& routed);

// An event of the program itself: to whom the rules of its account say, and into the audit trail.
base::Status post_event(Lake& lake, store::Transaction& tx, const events::Event& event);

}  // namespace weir::app
