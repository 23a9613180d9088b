#include "app/events/connection_credentials.h"

#include <gtest/gtest.h>

#include <functional>

#include "app/events/connections.h"
#include "app/test_lake.h"

namespace weir::app {
namespace {

using namespace std::chrono_literals;
using notifications::WebhookAnswer;
using notifications::WebhookPost;

constexpr auto kOwner = "111122223333";

// Endpoints that take their time, as the clock counts it: who loses patience has waited that long.
class SlowEndpoints final : public notifications::WebhookSender {
 public:
  explicit SlowEndpoints(base::ManualClock& clock) : clock_(clock) {}
  base::Result<WebhookAnswer> post(const WebhookPost& post) override {
    posts.push_back(post.url);
    bool token = post.url.ends_with("/token");
    auto takes = token ? token_takes : call_takes;
    clock_.advance(std::min(takes, post.patience));
    if (takes >= post.patience) return base::fail(base::Kind::unavailable, "no answer", "endpoint");
    if (token) return WebhookAnswer{.status = 200, .body = R"({"access_token":"t","expires_in":3600})"};
    return WebhookAnswer{.status = status};
  }

  std::chrono::milliseconds token_takes = 0ms, call_takes = 0ms;
  int status = 200;
  std::vector<std::string> posts;

 private:
  base::ManualClock& clock_;
};

class ConnectionCredentialsTest : public testing::Test {
 protected:
  void SetUp() override {
    auto call = world.call(kOwner);
    auto parameters = base::parse_json(
        R"({"OAuthParameters":{"ClientParameters":{"ClientID":"me","ClientSecret":"s"},"HttpMethod":"POST",)"
        R"("AuthorizationEndpoint":"https://id.example.com/token"}})");
    auto made = create_connection(call, {"c", "", "OAUTH_CLIENT_CREDENTIALS", *parameters});
    ASSERT_TRUE(made.ok()) << made.error().says;
    connection = *made;
    began = world.clock.now();
  }
  base::Result<WebhookAnswer> call_within(std::chrono::milliseconds total) {
    EndpointCall call;
    call.url = "https://api.example.com/in";
    call.patience = call.total = total;
    return call_endpoint(world.lake, endpoints, connection, std::move(call));
  }
  auto waited() const { return world.clock.now() - began; }

  test::TestLake world;
  SlowEndpoints endpoints{world.clock};
  events::Connection connection;
  base::Instant began{};
};

TEST_F(ConnectionCredentialsTest, ATokenTheCallAndBothAgainHaveOneDeadline) {
  endpoints.token_takes = 14s;
  endpoints.call_takes = 25s;
  endpoints.status = 401;  // the token is refused, and a new one fetched
  auto answer = call_within(60s);
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().kind, base::Kind::unavailable);
  EXPECT_EQ(waited(), 60s);
  EXPECT_EQ(endpoints.posts.size(), 4u);
}

TEST_F(ConnectionCredentialsTest, ATokenThatComesTooLateIsNotFollowedByACall) {
  endpoints.token_takes = 10s;
  auto answer = call_within(2s);
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(waited(), 2s);
  EXPECT_EQ(endpoints.posts, std::vector<std::string>{"https://id.example.com/token"});
}

TEST_F(ConnectionCredentialsTest, NothingIsSentWhenNoTimeIsLeft) {
  auto answer = call_within(0s);
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().kind, base::Kind::unavailable);
  EXPECT_TRUE(endpoints.posts.empty());
}

TEST_F(ConnectionCredentialsTest, ATokenThatWasRefusedIsFetchedAgainWhileThereIsTime) {
  endpoints.token_takes = endpoints.call_takes = 1s;
  endpoints.status = 401;
  auto answer = call_within(60s);
  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(answer->status, 401);
  EXPECT_EQ(waited(), 4s);
}

}  // namespace
}  // namespace weir::app
