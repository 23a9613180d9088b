#include "sharing/remembered_request.h"

#include <gtest/gtest.h>

#include "sharing/share_keys.h"
#include "store/memory_store.h"

namespace weir::sharing {
namespace {

class RememberedRequestTest : public testing::Test {
 protected:
  void remember(const std::string& token, const std::string& request) {
    ASSERT_TRUE(remember_request(*tx, "1", token, request, "arn", now).ok());
  }
  base::Result<std::optional<std::string>> recall(const std::string& token, const std::string& request) {
    return recall_request(*tx, "1", token, request, now);
  }

  store::MemoryStore store;
  std::unique_ptr<store::Transaction> tx = store.begin(store::Mode::write).value();
  base::Instant now = base::from_epoch_seconds(1795341600);
};

TEST_F(RememberedRequestTest, TheSameRequestIsRecalledAndAnotherOneRefused) {
  EXPECT_EQ(recall("t", "a").value(), std::nullopt);
  remember("t", "a");
  EXPECT_EQ(recall("t", "a").value(), "arn");
  EXPECT_EQ(recall("t", "b").error().kind, base::Kind::already_exists);
  EXPECT_EQ(recall_request(*tx, "2", "t", "b", now).value(), std::nullopt) << "tokens are an account's own";
}

TEST_F(RememberedRequestTest, ATokenIsForgottenAfterADay) {
  remember("t", "a");
  now += std::chrono::hours(24);
  EXPECT_EQ(recall("t", "b").value(), std::nullopt);
}

TEST_F(RememberedRequestTest, NewTokensTakeOldOnesAway) {
  for (char c = 'b'; c < 'h'; ++c) remember(std::string(1, c), "old");
  now += std::chrono::hours(25);
  remember("a", "new");
  EXPECT_EQ(tx->scan(store::prefix_range(keys::tokens("1")), 100).value().size(), 1u);
}

TEST_F(RememberedRequestTest, WhatIsNoTokenIsRefused) {
  for (const std::string& token : {std::string(), std::string(65, 'x'), std::string("a b"), std::string("\n")})
    EXPECT_EQ(recall(token, "a").error().about, "token") << token;
}

}  // namespace
}  // namespace weir::sharing
