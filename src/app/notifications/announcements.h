// Announcements: what happened to requests, approvals and grants, told to whoever listens.
//
//   store::write(lake.store, [&](store::Transaction& tx) -> base::Status {
//     ... the change ...
//     return announce(lake, tx, {account, "request.submitted", request.id, detail});
//   });
//
// One announcement is an event of weir.access on the account's default bus (rules pick it), a message to the channels
// that want its type, and an event of the account's audit trail.
//
// Invariants:
//  1. It is told at least once when the transaction is durable, and never when it is not.
//  2. A rule, channel or target that cannot be read or reached keeps nobody's transaction from committing.
//
// Threads: free functions; a transaction belongs to one thread.
#pragma once
#include <string>
#include <vector>

#include "app/lake.h"
#include "app/notifications/delivery_attempt.h"
#include "base/json.h"
#include "notifications/outbox.h"

namespace weir::app {

struct Announcement {
  std::string account;
  std::string type;     // "request.submitted"
  std::string subject;  // the id of what it is about
  // An object without secrets. "database" and "table", or those of each of "items", choose the channels.
  base::Json detail;
  // The names of channels that are told the same with more to it: they get no second message.
  std::vector<std::string> told = {};
};

base::Status announce(Lake& lake, store::Transaction& tx, const Announcement& announcement);

// An attempt at an entry of Errand::trail.
base::Result<DeliveryAttempt> attempt_trail(Lake& lake, const notifications::OutboxEntry& entry);

}  // namespace weir::app
