#include "app/sessions/web_identity_keys.h"

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <latch>
#include <thread>
#include <utility>
#include <vector>

#include "identity/oidc/golden.h"

namespace weir::app {
namespace {

namespace oidc = identity::oidc;

const base::Instant kNow = base::from_epoch_seconds(1'800'000'000);
const std::string kAccount = "111122223333";
const std::string kIssuer = "https://token.actions.githubusercontent.com";

oidc::Address address(std::string kid = "k1") { return {kIssuer, std::move(kid), oidc::Algorithm::rs256}; }

// An issuer with the golden keys; `down` makes it unreachable.
class Fetcher final : public DocumentFetcher {
 public:
  base::Result<std::string> fetch(const std::string& url) override {
    ++asked;
    if (meanwhile) std::exchange(meanwhile, nullptr)();
    if (down) return base::fail(base::Kind::unavailable, "down");
    if (url.ends_with("/jwks")) return oidc::golden_text("keys.json");
    auto issuer = url.substr(0, url.find("/.well-known/"));
    return R"({"issuer":")" + issuer + R"(","jwks_uri":"https://keys.example.com/jwks"})";
  }
  base::Result<TokenAnswer> ask(const TokenQuestion&) override {
    if (meanwhile) std::exchange(meanwhile, nullptr)();
    return TokenAnswer{200, "{}"};
  }
  std::function<void()> meanwhile;  // once, while an answer is waited for
  std::atomic<int> asked = 0;
  std::atomic<bool> down = false;
};

TEST(WebIdentityKeys, AreAskedForOnceAndKept) {
  Fetcher fetcher;
  WebIdentityKeys keys(fetcher);
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(keys.keys_for(kAccount, address(), kNow).ok());
  EXPECT_EQ(fetcher.asked, 2);
}

TEST(WebIdentityKeys, WhoseKeyIsNotKnownWaitsForTheOneQuestion) {
  Fetcher fetcher;
  WebIdentityKeys keys(fetcher);
  std::atomic<int> known = 0;
  std::latch start(4);
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i)
      threads.emplace_back([&] {
        start.arrive_and_wait();
        known += keys.keys_for(kAccount, address(), kNow).ok() ? 1 : 0;
      });
  }
  EXPECT_EQ(known, 4);
  EXPECT_EQ(fetcher.asked, 2);
}

// The issuer answers when those for whom there is no room have been told so: nobody else can have returned by then.
TEST(WebIdentityKeys, OnlySoManyWaitForAnIssuerThatHangs) {
  Fetcher fetcher;
  WebIdentityKeys keys(fetcher);
  std::atomic<int> known = 0;
  std::latch refused(3);
  std::vector<std::jthread> threads;
  fetcher.meanwhile = [&] {
    for (int i = 0; i < 8; ++i)
      threads.emplace_back([&] {
        if (keys.keys_for(kAccount, address(), kNow).ok())
          ++known;
        else
          refused.count_down();
      });
    refused.wait();
  };
  EXPECT_TRUE(keys.keys_for(kAccount, address(), kNow).ok());
  threads.clear();
  EXPECT_EQ(known, 5);
}

// Six issuers are asked, each while the one before it hangs.
TEST(WebIdentityKeys, WhoseKeyIsKnownNeedsNoRoom) {
  Fetcher fetcher;
  WebIdentityKeys keys(fetcher);
  ASSERT_TRUE(keys.keys_for(kAccount, address(), kNow).ok());
  int hanging = 0;
  bool other = true, known = false;
  auto asked_of = [&](int issuer) {
    return keys
        .keys_for(kAccount, {"https://i" + std::to_string(issuer) + ".example.com", "k1", address().algorithm}, kNow)
        .ok();
  };
  std::function<void()> another = [&] {
    if (hanging < 6) {
      fetcher.meanwhile = another;
      asked_of(hanging++);
      return;
    }
    other = asked_of(hanging);
    known = keys.keys_for(kAccount, address(), kNow + std::chrono::hours(2)).ok();
  };
  another();
  EXPECT_FALSE(other);
  EXPECT_TRUE(known) << "by the keys that are no longer fresh";
}

TEST(WebIdentityKeys, AnIssuerThatIsDownIsLeftInPeaceForAWhile) {
  Fetcher fetcher;
  fetcher.down = true;
  WebIdentityKeys keys(fetcher);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(keys.keys_for(kAccount, address(), kNow).error().kind, base::Kind::unavailable);
  EXPECT_EQ(fetcher.asked, 1);
  fetcher.down = false;
  EXPECT_TRUE(keys.keys_for(kAccount, address(), kNow + base::Seconds(30)).ok());
}

TEST(WebIdentityKeys, OldKeysServeWhileNobodyAnswersAndNotForEver) {
  Fetcher fetcher;
  WebIdentityKeys keys(fetcher);
  ASSERT_TRUE(keys.keys_for(kAccount, address(), kNow).ok());
  fetcher.down = true;
  EXPECT_TRUE(keys.keys_for(kAccount, address(), kNow + std::chrono::hours(2)).ok());
  EXPECT_FALSE(keys.keys_for(kAccount, address(), kNow + std::chrono::hours(7)).ok());
}

// Each question is asked while the one before it waits.
TEST(WebIdentityKeys, ATokenEndpointThatHangsKeepsAFewThreadsAndNoMore) {
  Fetcher fetcher;
  WebIdentityKeys keys(fetcher);
  std::vector<bool> answered;
  int answered_by = 1;
  std::function<void()> another = [&] {
    fetcher.meanwhile = another;
    auto address = "192.0.2." + std::to_string(answered_by++);
    answered.push_back(keys.ask(kAccount, address, {}).ok());
  };
  another();
  fetcher.meanwhile = nullptr;
  EXPECT_EQ(answered, std::vector<bool>({false, true, true, true}));
  EXPECT_TRUE(keys.ask(kAccount, "192.0.2.1", {}).ok()) << "when they have their answers";
}

TEST(WebIdentityKeys, OneAddressLeavesRoomForOthersAtATokenEndpointThatHangs) {
  Fetcher fetcher;
  WebIdentityKeys keys(fetcher);
  auto asked_from = [&](const std::string& address) { return keys.ask(kAccount, address, {}).ok(); };
  bool third = true, other = false;
  fetcher.meanwhile = [&] {
    fetcher.meanwhile = [&] {
      third = asked_from("192.0.2.1");
      other = asked_from("192.0.2.2");
    };
    EXPECT_TRUE(asked_from("192.0.2.1"));
  };
  EXPECT_TRUE(asked_from("192.0.2.1"));
  EXPECT_FALSE(third);
  EXPECT_TRUE(other);
}

TEST(WebIdentityKeys, NobodyWaitsForTheDescriptionThatSomebodyElseAskedFor) {
  Fetcher fetcher;
  WebIdentityKeys keys(fetcher);
  auto kind = base::Kind::internal;
  fetcher.meanwhile = [&] { kind = keys.endpoints_of(kAccount, kIssuer, kNow).error().kind; };
  EXPECT_TRUE(keys.endpoints_of(kAccount, kIssuer, kNow).ok());
  EXPECT_EQ(kind, base::Kind::throttled);
  EXPECT_TRUE(keys.endpoints_of(kAccount, kIssuer, kNow).ok());
  EXPECT_EQ(fetcher.asked, 1);
}

// Each issuer is asked while the ones before it hang.
TEST(WebIdentityKeys, IssuersOfOneAccountThatHangKeepAFewThreadsAndNoMore) {
  Fetcher fetcher;
  WebIdentityKeys keys(fetcher);
  std::vector<bool> answered;
  int issuers = 0;
  std::function<void()> another = [&] {
    fetcher.meanwhile = another;
    auto issuer = "https://i" + std::to_string(issuers++) + ".example.com";
    answered.push_back(keys.endpoints_of(kAccount, issuer, kNow).ok());
  };
  another();
  EXPECT_EQ(answered, std::vector<bool>({false, true, true, true}));
}

}  // namespace
}  // namespace weir::app
