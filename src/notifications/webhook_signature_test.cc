#include "notifications/webhook_signature.h"

#include <gtest/gtest.h>

namespace weir::notifications {
namespace {

const base::Instant kNow = base::from_epoch_seconds(1'792'000'000);

std::string signature(std::string body, const std::string& secret, base::Instant at = kNow) {
  WebhookPost post;
  post.body = std::move(body);
  sign_webhook(post, base::Secret(secret), at);
  EXPECT_EQ(post.headers[0].first, "X-Weir-Timestamp");
  return post.headers[1].second;
}

// Computed with Python's hmac module.
TEST(WebhookSignature, IsTheHmacOfTimestampAndBody) {
  EXPECT_EQ(signature("{}", "whsec_key"), "v1=3b33b912f044e51653548e63300ef3240822c5b57a8fbed8f88b9d5e33113862");
}

TEST(WebhookSignature, ChangesWithBodySecretAndTime) {
  auto one = signature("{}", "a");
  EXPECT_NE(one, signature("[]", "a"));
  EXPECT_NE(one, signature("{}", "b"));
  EXPECT_NE(one, signature("{}", "a", kNow + base::Seconds(1)));
}

TEST(WebhookSignature, SecretsAreLongAndNeverTwiceTheSame) {
  base::SystemRandomness randomness;
  auto one = fresh_webhook_secret(randomness), two = fresh_webhook_secret(randomness);
  EXPECT_TRUE(one.reveal().starts_with("whsec_"));
  EXPECT_EQ(one.reveal().size(), 49U);
  EXPECT_NE(one.reveal(), two.reveal());
}

}  // namespace
}  // namespace weir::notifications
