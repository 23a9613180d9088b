// How a post proves who sent it and when, for programs that share a secret with us:
//
//   X-Weir-Timestamp: 1792000000                  seconds since 1970
//   X-Weir-Signature: v1=HEX                      HMAC-SHA256(secret, TIMESTAMP "." BODY)
//   X-Weir-Signature-V2: v2=HEX                   HMAC-SHA256(secret, "v2\n" HEADERS "\n" BODY)
//
// HEADERS is a line "name:value\n" for each of Content-Type, Idempotency-Key and whatever begins with X-Weir- but
// X-Weir-Signature, with names in lower case and in their order: none of these can be changed, added or taken away.
// The second stands in a header of its own because whoever checks the first compares the whole of X-Weir-Signature.
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

// Adds the three headers to a post that has its body and all its other headers, each of them once.
void sign_webhook(WebhookPost& post, const base::Secret& secret, base::Instant now);

}  // namespace weir::notifications
