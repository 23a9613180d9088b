#include "notifications/webhook_signature.h"

#include "base/hash.h"

namespace weir::notifications {

base::Secret fresh_webhook_secret(base::Randomness& randomness) {
  constexpr size_t kBytes = 32;
  return base::Secret("whsec_" + base::base64url(randomness.bytes(kBytes)));
}

void sign_webhook(WebhookPost& post, const base::Secret& secret, base::Instant now) {
  auto timestamp = std::to_string(base::to_epoch_whole_seconds(now));
  auto mac = base::hmac_sha256(secret.reveal(), timestamp + "." + post.body);
  post.headers.emplace_back("X-Weir-Timestamp", timestamp);
  post.headers.emplace_back("X-Weir-Signature", "v1=" + base::hex(mac));
}

}  // namespace weir::notifications
