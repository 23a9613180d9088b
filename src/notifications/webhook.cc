#include "notifications/webhook.h"

#include <algorithm>

namespace weir::notifications {

base::Result<WebhookAnswer> post_until(WebhookSender& sender, WebhookPost post, const base::Clock& clock,
                                       base::Instant until) {
  // Rounded up: who waited in vain has waited until then.
  auto left = std::chrono::ceil<std::chrono::milliseconds>(until - clock.now());
  if (left <= left.zero()) return base::fail(base::Kind::unavailable, "There was no answer in time.", "endpoint");
  post.patience = std::min(post.patience, left);
  return sender.post(post);
}

}  // namespace weir::notifications
