#include "notifications/webhook_signature.h"

#include <map>

#include "base/hash.h"
#include "base/text.h"

namespace weir::notifications {
namespace {

constexpr std::string_view kSignature = "X-Weir-Signature";

bool is_signed(std::string_view name) {
  if (name == "content-type" || name == "idempotency-key") return true;
  return name.starts_with("x-weir-") && !name.starts_with(base::to_lower(kSignature));
}

std::string signature_with_headers(const base::Secret& secret, const WebhookPost& post) {
  std::map<std::string, std::string> headers;
  for (const auto& [name, value] : post.headers)
    if (auto lower = base::to_lower(name); is_signed(lower)) headers[lower] = value;
  std::string text = "v2\n";
  for (const auto& [name, value] : headers) text += name + ":" + value + "\n";
  return "v2=" + base::hex(base::hmac_sha256(secret.reveal(), text + "\n" + post.body));
}

}  // namespace

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
  auto with_headers = signature_with_headers(secret, post);
  post.headers.emplace_back(kSignature, webhook_signature(secret, timestamp, post.body));
  post.headers.emplace_back(std::string(kSignature) + "-V2", with_headers);
}

}  // namespace weir::notifications
