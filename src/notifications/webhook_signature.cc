#include "notifications/webhook_signature.h"

#include "base/hash.h"

namespace weir::notifications {

base::Secret fresh_webhook_secret(base::Randomness& randomness) {
  constexpr size_t kBytes = 32;
  return base::Secret("whsec_" + base::base64url(randomness.bytes(kBytes)));
}

std::string webhook_signature(const base::Secret& secret, std::string_view timestamp, std::string_view body) {
  auto signed_text = std::string(timestamp) + "." + std::string(body);
  return "v1=" + base::hex(base::hmac_sha256(secret.reveal(), signed_text));
}

void sign_webhook(WebhookPost& post, const base::Secret& secret, base::Instant now) {
  auto timestamp = std::to_string(base::to_epoch_whole_seconds(now));
  post.headers.emplace_back("X-Weir-Timestamp", timestamp);
  post.headers.emplace_back("X-Weir-Signature", webhook_signature(secret, timestamp, post.body));
}

}  // namespace weir::notifications
