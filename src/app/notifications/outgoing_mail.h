// Mail that the program sends: put into the outbox by the transaction that makes it necessary, sent when that is
// durable, tried again for six hours.
//
//   store::write(lake.store, [&](store::Transaction& tx) -> base::Status {
//     ... the change ...
//     return enqueue_mail(lake, tx, {.to = owner, .subject = "...", .text = "..."});
//   });
//
// Threads: free functions; a transaction belongs to one thread.
#pragma once
#include "app/lake.h"
#include "notifications/mail.h"
#include "notifications/outbox.h"

namespace weir::app {

// Kind::invalid about "mail" when `to` is no address or a text is not UTF-8. A subject that is too long or has line
// breaks is shortened: names of other people's making must not keep a mail from going out.
// `account`: whose mail it is, which takes its turn with that of others.
base::Status enqueue_mail(Lake& lake, store::Transaction& tx, const notifications::Mail& mail,
                          const std::string& account = {});

// The secret part of an entry, which only this deployment opens and only for that entry.
std::string seal_entry(Lake& lake, const std::string& entry_id, const std::string& secret);
base::Result<std::string> open_entry(const Lake& lake, const notifications::OutboxEntry& entry);

}  // namespace weir::app
