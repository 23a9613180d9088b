// One attempt at one entry of the outbox: what it is about is looked up as it is now, sent, and the entry goes or
// waits for another time.
//
// Invariants:
//  1. An entry goes only after somebody else took what it was about, or when nobody ever will.
//  2. What ended meanwhile (a subscription, a token) is not sent any more.
//
// Threads: any; one attempt at an entry at a time, which is the caller's to see to.
#pragma once
#include <string>

#include "app/lake.h"
#include "notifications/mail.h"
#include "notifications/outbox.h"
#include "notifications/webhook.h"

namespace weir::app {

// Where deliveries leave.
struct Channels {
  notifications::MailSender& mail;
  notifications::WebhookSender& webhooks;
  std::string mail_from;  // an address
};

// An error is one of the store or of the keys: the entry stays as it was.
base::Status attempt_delivery(Lake& lake, const Channels& channels, const notifications::OutboxEntry& entry);

}  // namespace weir::app
