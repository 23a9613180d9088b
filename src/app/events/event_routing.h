// From an event on a bus to what is still to be done about it: an entry of the outbox for each target of each rule
// that wants it.
//
// Threads: free functions; a transaction belongs to one thread.
#pragma once
#include <vector>

#include "app/lake.h"
#include "events/event.h"
#include "notifications/outbox.h"

namespace weir::app {

// What else is to be done about an event.
enum class Besides { nothing, audit_trail };

// Entries for the targets of the rules that are in force in this transaction. An event nobody wants leaves nothing.
base::Status post_event(Lake& lake, store::Transaction& tx, const events::Event& event,
                        Besides besides = Besides::nothing);

}  // namespace weir::app
