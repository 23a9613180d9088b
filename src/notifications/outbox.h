// What is still to be sent, kept in the store: an entry is written in the transaction that makes it necessary, and
// goes when somebody else has taken what it was about, or when nobody will.
//
// Invariants:
//  1. An entry stays until it was done: what was promised is tried at least once, whenever the process dies.
//  2. Times are absolute. The entries of a queue are kept in the order in which they are due.
//  3. A Message stays as long as an entry waits for it, and no longer.
//  4. What waits for an account's receivers is counted in its Tally; what the server does itself is not.
//
// Threads: as the transaction.
#pragma once
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/record.h"
#include "notifications/message.h"
#include "notifications/outbox_queue.h"
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
  std::string account;       // whose receiver it is; none: the server's own mail
  bool by_mail = false;      // for a subscription to which mail goes
  int64_t bytes = 0;         // of the message, for the tally
};
WEIR_RECORD(OutboxEntry, FIELD("Id", &OutboxEntry::id), FIELD("Errand", &OutboxEntry::errand),
            FIELD("Due", &OutboxEntry::due), FIELD("Created", &OutboxEntry::created),
            FIELD("Attempts", &OutboxEntry::attempts), FIELD("Subscription", &OutboxEntry::subscription),
            FIELD("Message", &OutboxEntry::message), FIELD("Sealed", &OutboxEntry::sealed),
            FIELD("Account", &OutboxEntry::account), FIELD("ByMail", &OutboxEntry::by_mail),
            FIELD("Bytes", &OutboxEntry::bytes))
// The line in which it waits.
OutboxQueue queue_of(const OutboxEntry& entry);

class Outbox {
 public:
  explicit Outbox(store::Transaction& tx) : tx_(tx) {}

  base::Status keep(const Message& message);
  base::Result<std::optional<Message>> find_message(std::string_view id);
  base::Status add(const OutboxEntry& entry) { return add(std::span(&entry, 1)); }
  base::Status add(std::span<const OutboxEntry> entries);
  // True when the entry is there as it was read: nobody has done or moved it meanwhile.
  base::Result<bool> holds(const OutboxEntry& entry);
  // Nothing happens to an entry that is not there as it was read.
  base::Status done(const OutboxEntry& entry);
  // One attempt more, and another time.
  base::Status postpone(const OutboxEntry& entry, base::Instant due);
  // Another time, because no attempt could be made.
  base::Status rest(const OutboxEntry& entry, base::Instant due);

  // The queues that have an entry, by one look at each.
  base::Result<std::vector<OutboxQueue>> queues();
  // The entry of a queue that is longest due, besides those of these ids. What cannot be read is passed over.
  base::Result<std::optional<OutboxEntry>> first_due(const OutboxQueue& queue, base::Instant now,
                                                     const std::set<std::string>& besides = {});
  // When the first entry of a queue after `now` is due.
  base::Result<std::optional<base::Instant>> next_after(const OutboxQueue& queue, base::Instant now);

 private:
  base::Status move(const OutboxEntry& entry, OutboxEntry later, base::Instant due);
  store::Transaction& tx_;
};

}  // namespace weir::notifications
