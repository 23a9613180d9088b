// Tokens of OAuth 2.0 authorization endpoints (client credentials, RFC 6749 section 4.4), fetched when a call needs
// one and kept sealed in the store until they expire.
//
// Threads: any; two that need one at once may each fetch one.
#pragma once
#include "app/lake.h"
#include "events/connection.h"
#include "notifications/webhook.h"

namespace weir::app {

// Kind::unavailable when the endpoint does not give one until then; nothing of its answer is told.
base::Result<base::Secret> connection_token(Lake& lake, notifications::WebhookSender& webhooks,
                                            const events::Connection& connection, const events::OAuth& oauth,
                                            base::Instant until);
base::Status forget_token(Lake& lake, const events::Connection& connection);

}  // namespace weir::app
