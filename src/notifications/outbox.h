// What is still to be sent, kept in the store: an entry is written in the transaction that makes it necessary, and
// goes when somebody else has taken what it was about, or when nobody will.
//
// Invariants:
//  1. An entry stays until it was done: what was promised is tried at least once, whenever the process dies.
//  2. Times are absolute. Entries are kept in the order in which they are due.
//  3. A Message stays as long as an entry waits for it, and no longer.
//
// Threads: as the transaction.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/record.h"
#include "notifications/message.h"
#include "notifications/subscription.h"
#include "store/store.h"

namespace weir::notifications {

// What an entry is for.
enum class Errand {
  notification,  // a message to a subscriber
  confirmation,  // the question whether a subscription is wanted
  farewell,      // that a subscription ended, and how to restore it
  forgetting,    // what was not confirmed, or not restored, is taken out
  mail,          // of another part of the program
  channel,       // a message to a channel of an account
  event,         // an event to a target of a rule
  trail,         // an announcement into the audit trail
};
base::Json to_json(const Errand& errand);
base::Status from_json(const base::Json& json, Errand& errand);

struct OutboxEntry {
  std::string id;  // a UUID
  Errand errand = Errand::notification;
  base::Instant due{};
  base::Instant created{};
  int attempts = 0;          // made so far
  std::string subscription;  // its ARN, or how another part of the program names who gets it; none for Errand::mail
  std::string message;       // the id of a Message, for what has one
  std::string sealed;        // a token, a mail, a message to a channel: they open doors
};
WEIR_RECORD(OutboxEntry, FIELD("Id", &OutboxEntry::id), FIELD("Errand", &OutboxEntry::errand),
            FIELD("Due", &OutboxEntry::due), FIELD("Created", &OutboxEntry::created),
            FIELD("Attempts", &OutboxEntry::attempts), FIELD("Subscription", &OutboxEntry::subscription),
            FIELD("Message", &OutboxEntry::message), FIELD("Sealed", &OutboxEntry::sealed))

class Outbox {
 public:
  explicit Outbox(store::Transaction& tx) : tx_(tx) {}

  base::Status keep(const Message& message);
  base::Result<std::optional<Message>> find_message(std::string_view id);
  base::Status add(const OutboxEntry& entry);
  // True when the entry is there as it was read: nobody has done or moved it meanwhile.
  base::Result<bool> holds(const OutboxEntry& entry);
  base::Status done(const OutboxEntry& entry);
  // One attempt more, and another time.
  base::Status postpone(const OutboxEntry& entry, base::Instant due);

  // Up to `limit` entries that are due, the longest due first.
  base::Result<std::vector<OutboxEntry>> due(base::Instant now, size_t limit);
  // When the first entry after `now` is due.
  base::Result<std::optional<base::Instant>> next_after(base::Instant now);

 private:
  base::Result<std::vector<OutboxEntry>> read(const store::Range& range, size_t limit);
  store::Transaction& tx_;
};

}  // namespace weir::notifications
