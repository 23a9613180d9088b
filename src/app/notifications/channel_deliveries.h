// One attempt at a message to a channel.
//
// Threads: any.
#pragma once
#include "app/lake.h"
#include "app/notifications/delivery_attempt.h"
#include "notifications/outbox.h"

namespace weir::app {

// A channel that is gone drops what waited for it. The ticket that a ticket system made is kept with the message's
// subject, and announced ("ticket.created") on the account's bus and in its trail.
base::Result<DeliveryAttempt> attempt_channel(Lake& lake, notifications::WebhookSender& webhooks,
                                              const notifications::OutboxEntry& entry);

}  // namespace weir::app
