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

std::string with_headers(std::vector<std::pair<std::string, std::string>> headers, const std::string& body = "{}") {
  WebhookPost post;
  post.headers = std::move(headers);
  post.body = body;
  sign_webhook(post, base::Secret("whsec_key"), kNow);
  EXPECT_EQ(post.headers.back().first, "X-Weir-Signature-V2");
  return post.headers.back().second;
}

// Computed with Python's hmac module over
// "v2\ncontent-type:application/json\nx-weir-idempotency-key:k1\nx-weir-timestamp:1792000000\n\n{}".
TEST(WebhookSignature, TheSecondCoversHeadersInTheOrderOfTheirNames) {
  auto expected = "v2=7e1e105d0478f76bb6df618ed79b64edae0b0318521924970b0359fb62979992";
  EXPECT_EQ(with_headers({{"Content-Type", "application/json"}, {"X-Weir-Idempotency-Key", "k1"}}), expected);
  EXPECT_EQ(with_headers({{"x-weir-idempotency-key", "k1"}, {"content-type", "application/json"}}), expected);
  EXPECT_EQ(
      with_headers({{"User-Agent", "Weir"}, {"X-Weir-Idempotency-Key", "k1"}, {"Content-Type", "application/json"}}),
      expected);
}

TEST(WebhookSignature, TheSecondChangesWithEachHeaderThatReceiversBelieve) {
  auto one = with_headers({{"X-Weir-Idempotency-Key", "k1"}, {"Content-Type", "application/json"}});
  EXPECT_NE(one, with_headers({{"X-Weir-Idempotency-Key", "k2"}, {"Content-Type", "application/json"}}));
  EXPECT_NE(one, with_headers({{"X-Weir-Idempotency-Key", "k1"}, {"Content-Type", "text/plain"}}));
  EXPECT_NE(one, with_headers({{"Content-Type", "application/json"}}));
  EXPECT_NE(one, with_headers({{"X-Weir-Idempotency-Key", "k1"},
                               {"Content-Type", "application/json"},
                               {"X-Weir-Client-Context", "e30="}}));
  EXPECT_NE(with_headers({{"Idempotency-Key", "k1"}}), with_headers({{"Idempotency-Key", "k2"}}));
}

TEST(WebhookSignature, ABodyDoesNotPassAsAHeader) {
  EXPECT_NE(with_headers({{"Idempotency-Key", "k"}}, "{}"), with_headers({}, "idempotency-key:k\n\n{}"));
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
