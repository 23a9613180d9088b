// How a post proves who sent it and when, for programs that share a secret with us:
//
//   X-Weir-Timestamp: 1792000000                  seconds since 1970
//   X-Weir-Signature: v1=HEX                      HMAC-SHA256(secret, TIMESTAMP "." BODY)
//
// Threads: pure functions.
#pragma once
#include <string>

#include "base/clock.h"
#include "base/secret.h"
#include "notifications/webhook.h"

namespace weir::notifications {

// "whsec_" and 43 characters: 32 random bytes. The text is the key, as it stands.
base::Secret fresh_webhook_secret(base::Randomness& randomness);

// What X-Weir-Signature says.
std::string webhook_signature(const base::Secret& secret, std::string_view timestamp, std::string_view body);

// Adds both headers to a post whose body is written.
void sign_webhook(WebhookPost& post, const base::Secret& secret, base::Instant now);

}  // namespace weir::notifications
