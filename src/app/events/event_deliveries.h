// One attempt at an event for a target of a rule.
//
// Invariants:
//  1. API destinations and state machines are reached only as the target's role, by its trust policy and its policies
//     as they are at that moment; topics only by their own policy, which sees aws:SourceArn of the rule.
//  2. A target that is gone drops what waited for it. What permissions refuse is not tried again, as on AWS.
//
// Threads: any.
#pragma once
#include "app/lake.h"
#include "app/notifications/delivery_attempt.h"
#include "notifications/outbox.h"

namespace weir::app {

base::Result<DeliveryAttempt> attempt_event(Lake& lake, notifications::WebhookSender& webhooks,
                                            const notifications::OutboxEntry& entry);

}  // namespace weir::app
