// A function that somebody runs elsewhere: the invocation is posted to its URL, signed, and what comes back is its
// answer (docs/wire/functions.md has the protocol).
//
// Threads: any.
#pragma once
#include "app/functions/invocation.h"
#include "app/lake.h"
#include "notifications/webhook.h"

namespace weir::app {

// Kind::internal when its secret cannot be opened or the program stops; how the endpoint fails is in the answer.
base::Result<Invoked> invoke_webhook(const Lake& lake, notifications::WebhookSender& sender,
                                     const Invocation& invocation);

}  // namespace weir::app
