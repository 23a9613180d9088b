#include "notifications/delivery_policy.h"

#include <gtest/gtest.h>

#include <numeric>

namespace weir::notifications {
namespace {

std::vector<int64_t> delays(const RetryPolicy& policy) {
  std::vector<int64_t> out;
  for (int64_t n = 1; auto delay = policy.delay_before(n); ++n) out.push_back(delay->count());
  return out;
}

TEST(DeliveryPolicy, ByDefaultThreeRetriesTwentySecondsApart) {
  EXPECT_EQ(delays(RetryPolicy{}), (std::vector<int64_t>{20, 20, 20}));
}

TEST(DeliveryPolicy, FourPhasesInTurn) {
  RetryPolicy policy{10, 40, 9, 2, 1, 2, Backoff::linear};
  EXPECT_EQ(delays(policy), (std::vector<int64_t>{0, 0, 10, 10, 20, 30, 40, 40, 40}));
}

TEST(DeliveryPolicy, TheCurvesBeginAndEndAlikeAndNeverFall) {
  for (auto backoff : {Backoff::linear, Backoff::arithmetic, Backoff::geometric, Backoff::exponential}) {
    auto all = delays({1, 3600, 100, 0, 0, 0, backoff});
    EXPECT_EQ(all.size(), 100u);
    EXPECT_EQ(all.front(), 1);
    EXPECT_EQ(all.back(), 3600);
    EXPECT_TRUE(std::is_sorted(all.begin(), all.end()));
  }
  EXPECT_EQ(delays({5, 50, 1, 0, 0, 0, Backoff::exponential}), (std::vector<int64_t>{5}));
  EXPECT_TRUE(delays({5, 50, 0, 0, 0, 0, Backoff::linear}).empty());
}

TEST(DeliveryPolicy, MailIsTriedForSixHours) {
  auto all = delays(mail_retry_policy());
  EXPECT_EQ(all.size(), 50u);
  auto hours = std::accumulate(all.begin(), all.end(), int64_t{0}) / 3600;
  EXPECT_EQ(hours, 6);
}

TEST(DeliveryPolicy, ASubscriptionsOwnWinsUnlessTheTopicForbids) {
  auto topic = topic_delivery_policy(R"({"http":{"defaultHealthyRetryPolicy":{"numRetries":7}}})");
  ASSERT_TRUE(topic.ok());
  auto own = subscription_delivery_policy(R"({"healthyRetryPolicy":{"numRetries":1,"minDelayTarget":2}})", *topic);
  ASSERT_TRUE(own.ok());
  EXPECT_EQ(own->retry.retries, 1);
  EXPECT_EQ(subscription_delivery_policy(std::nullopt, *topic)->retry.retries, 7);
  topic->no_overrides = true;
  EXPECT_EQ(subscription_delivery_policy(R"({"healthyRetryPolicy":{"numRetries":1}})", *topic)->retry.retries, 7);
}

TEST(DeliveryPolicy, WhatIsOutOfRangeUnknownOrNotOfferedIsRefused) {
  for (auto* bad :
       {"", "[]", R"({"http":7})", R"({"ftp":{}})", R"({"http":{"defaultThrottlePolicy":{"maxReceivesPerSecond":1}}})",
        R"({"http":{"defaultHealthyRetryPolicy":{"numRetries":101}}})",
        R"({"http":{"defaultHealthyRetryPolicy":{"numRetries":"3"}}})",
        R"({"http":{"defaultHealthyRetryPolicy":{"minDelayTarget":0}}})",
        R"({"http":{"defaultHealthyRetryPolicy":{"minDelayTarget":30,"maxDelayTarget":20}}})",
        R"({"http":{"defaultHealthyRetryPolicy":{"numRetries":1,"numNoDelayRetries":2}}})",
        R"({"http":{"defaultHealthyRetryPolicy":{"backoffFunction":"fibonacci"}}})",
        R"({"http":{"defaultRequestPolicy":{"headerContentType":"text/plain\r\nX: y"}}})"})
    EXPECT_FALSE(topic_delivery_policy(std::string(bad)).ok()) << bad;
}

TEST(DeliveryPolicy, WhatIsInForceReadsBack) {
  DeliveryPolicy policy;
  policy.retry = {1, 60, 50, 3, 2, 35, Backoff::geometric};
  policy.content_type = "application/json";
  EXPECT_EQ(topic_delivery_policy(effective_topic_policy(policy))->retry, policy.retry);
  EXPECT_EQ(subscription_delivery_policy(effective_subscription_policy(policy), {})->content_type, "application/json");
}

}  // namespace
}  // namespace weir::notifications
