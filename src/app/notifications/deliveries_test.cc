#include "app/notifications/deliveries.h"

#include <gtest/gtest.h>

#include <set>

#include "app/notifications/notice_texts.h"
#include "app/notifications/outgoing_mail.h"
#include "app/notifications/publish.h"
#include "app/notifications/subscriptions.h"
#include "app/notifications/topics.h"
#include "app/public_url.h"
#include "app/test_lake.h"
#include "app/test_outbox.h"
#include "identity/account_records.h"
#include "notifications/signer.h"
#include "notifications/tally.h"
#include "store/key.h"

namespace weir::app {
namespace {

using namespace std::chrono_literals;

constexpr auto kOwner = "111122223333", kStranger = "444455556666";

// Channels that remember, and answer as the test says.
class FakeMail final : public notifications::MailSender {
 public:
  base::Status send(const notifications::Mail& mail, const notifications::Envelope& envelope) override {
    mails.push_back(mail);
    ids.push_back(envelope.id);
    return answer;
  }
  std::vector<notifications::Mail> mails;
  std::vector<std::string> ids;
  base::Status answer;
};

class FakeWebhooks final : public notifications::WebhookSender {
 public:
  base::Result<notifications::WebhookAnswer> post(const notifications::WebhookPost& post) override {
    posts.push_back(post);
    return notifications::WebhookAnswer{.status = status};
  }
  std::vector<notifications::WebhookPost> posts;
  int status = 200;
};

class DeliveriesTest : public testing::Test {
 protected:
  DeliveriesTest() {
    base::SystemRandomness randomness;
    signer_.emplace(*notifications::Signer::load(*notifications::make_signer(world.clock.now(), randomness)));
    url_.set("https://lake.example.org");
    world.lake.signer = &*signer_;
    world.lake.public_url = &url_;
    identity::Account owner;
    owner.id = names::AccountId::parse(kOwner).value();
    world.write([&](store::Transaction& tx) { return identity::AccountRecords(tx).create(owner); });
    auto call = world.call(kOwner);
    topic = create_topic(call, "t", {}, {}).value();
  }

  notifications::Subscription subscribed(const std::string& protocol, const std::string& endpoint,
                                         SubscriptionAttributes attributes = {}, const std::string& by = kOwner) {
    auto call = world.call(by);
    return subscribe(call, {topic, protocol, endpoint, std::move(attributes)}).value();
  }
  // A subscription whose question was answered and forgotten.
  void confirmed(const std::string& protocol, const std::string& endpoint, const std::string& by) {
    subscribed(protocol, endpoint, {}, by);
    deliver();
    test::TestLake::must(confirm_with(base::parse_json(webhooks.posts.back().body)->text("Token")));
    webhooks.posts.clear();
  }
  void let_in(const std::string& account) {
    identity::Account stranger;
    stranger.id = names::AccountId::parse(account).value();
    world.write([&](store::Transaction& tx) { return identity::AccountRecords(tx).create(stranger); });
    auto call = world.call(kOwner);
    test::TestLake::must(add_topic_permission(call, topic, "in", {account}, {"Subscribe"}));
  }
  // As much more as it says is counted for the account.
  void back_up(const std::string& account, const notifications::Tally& by) {
    world.write([&](store::Transaction& tx) { return notifications::Tallies(tx).count_account(account, by); });
  }
  notifications::Tally tally(const std::string& account) {
    auto tx = world.store.begin(store::Mode::read).value();
    return notifications::Tallies(*tx).of_account(account).value();
  }
  base::Status confirm_with(const std::string& token) {
    auto call = world.call(kOwner);
    auto confirmed = confirm_subscription(call, {topic, token});
    return confirmed.ok() ? base::Status() : base::Status(confirmed.error());
  }
  void publish_text(const std::string& text) {
    auto call = world.call(kOwner);
    ASSERT_TRUE(publish(call, topic, {text, std::nullopt, std::nullopt, {}}).ok());
  }
  std::vector<notifications::OutboxEntry> due_now() { return test::due_entries(world.store, world.clock.now()); }
  // Everything that is due now, once.
  size_t deliver() {
    auto due = due_now();
    for (const auto& entry : due)
      test::TestLake::must(attempt_delivery(world.lake, {mail, webhooks, "lake@example.org"}, entry));
    return due.size();
  }
  std::optional<std::chrono::seconds> next_in() {
    auto tx = world.store.begin(store::Mode::read).value();
    notifications::Outbox outbox(*tx);
    std::optional<base::Instant> next;
    auto queues = outbox.queues().value();
    for (const auto& queue : queues)
      if (auto at = outbox.next_after(queue, world.clock.now()).value(); at && (!next || *at < *next)) next = at;
    if (!next) return std::nullopt;
    return std::chrono::duration_cast<std::chrono::seconds>(*next - world.clock.now());
  }
  // The token in the mail that was sent last.
  std::string token_sent() {
    const auto& text = mail.mails.back().text;
    return text.substr(text.find("&Token=") + 7, 64);
  }
  size_t keys_under(const std::string& noun) {
    auto tx = world.store.begin(store::Mode::read).value();
    return tx->scan(store::prefix_range(store::key("sns", noun)), 1000)->size();
  }

  test::TestLake world;
  std::optional<notifications::Signer> signer_;
  PublicUrl url_;
  FakeMail mail;
  FakeWebhooks webhooks;
  std::string topic;
};

TEST_F(DeliveriesTest, AQuestionAnAnswerAMessage) {
  subscribed("email", "ann@example.org");
  deliver();
  ASSERT_EQ(mail.mails.size(), 1u);
  EXPECT_NE(mail.mails[0].text.find("https://lake.example.org/-/sns/confirm?Action=ConfirmSubscription&"),
            std::string::npos);
  publish_text("too early");
  ASSERT_TRUE(confirm_with(token_sent()).ok());
  publish_text("in time");
  EXPECT_EQ(deliver(), 1u);
  EXPECT_TRUE(mail.mails.back().text.starts_with("in time\n"));
  EXPECT_EQ(keys_under("message"), 0u);
  EXPECT_EQ(keys_under("waiting"), 0u);
}

TEST_F(DeliveriesTest, ATokenHoldsForTwoDays) {
  subscribed("email", "ann@example.org");
  deliver();
  world.clock.advance(48h - 1s);
  EXPECT_TRUE(confirm_with(token_sent()).ok());
  subscribed("email", "bob@example.org");
  deliver();
  world.clock.advance(48h);
  auto late = confirm_with(token_sent());
  ASSERT_FALSE(late.ok());
  EXPECT_EQ(late.error().says, "Invalid parameter: Token");
}

TEST_F(DeliveriesTest, WhatWasNotConfirmedIsForgottenAndWhatWasStays) {
  subscribed("email", "ann@example.org");
  deliver();
  ASSERT_TRUE(confirm_with(token_sent()).ok());
  subscribed("email", "bob@example.org");
  deliver();
  world.clock.advance(48h);
  deliver();
  EXPECT_EQ(keys_under("subscription"), 1u);
  EXPECT_EQ(keys_under("endpoint"), 1u);
  EXPECT_EQ(keys_under("outbox"), 0u);
}

TEST_F(DeliveriesTest, AFailedPostWaitsAsTheTopicSays) {
  subscribed("http", "http://h.example/");
  deliver();
  webhooks.status = 500;
  auto text = webhooks.posts.back().body;
  auto token = base::parse_json(text)->text("Token");
  ASSERT_TRUE(confirm_with(token).ok());
  publish_text("m");
  for (int retry = 0; retry < 3; ++retry) {
    EXPECT_EQ(deliver(), 1u);
    EXPECT_EQ(next_in(), 20s) << retry;
    world.clock.advance(20s);
  }
  EXPECT_EQ(deliver(), 1u);  // the last
  EXPECT_EQ(keys_under("message"), 0u);
  EXPECT_EQ(webhooks.posts.size(), 5u);
}

TEST_F(DeliveriesTest, WhatIsRefusedForGoodIsGivenUp) {
  subscribed("http", "http://h.example/");
  for (int status : {301, 302, 400, 404, 410}) {
    webhooks.status = status;
    subscribed("http", "http://h.example/");  // asks again
    deliver();
  }
  EXPECT_EQ(webhooks.posts.size(), 5u);  // each question once; the first was replaced before it was sent
  webhooks.status = 429;
  subscribed("http", "http://h.example/");
  deliver();
  EXPECT_EQ(next_in(), 20s);
}

TEST_F(DeliveriesTest, ARelayThatIsAwayIsTriedForSixHours) {
  test::TestLake::must(store::write(world.store, [&](store::Transaction& tx) {
    return enqueue_mail(world.lake, tx, {.to = "ann@example.org", .subject = "s", .text = "t"});
  }));
  mail.answer = base::fail(base::Kind::unavailable, "away", "mail");
  auto began = world.clock.now();
  deliver();
  while (auto wait = next_in()) {
    world.clock.advance(*wait);
    deliver();
  }
  EXPECT_EQ(mail.mails.size(), 51u);
  EXPECT_GE(world.clock.now() - began, 6h);
  EXPECT_EQ(std::set<std::string>(mail.ids.begin(), mail.ids.end()).size(), 1u);
  EXPECT_EQ(keys_under("outbox"), 0u);
}

TEST_F(DeliveriesTest, AMailThatTheRelayRefusesIsGivenUp) {
  test::TestLake::must(store::write(world.store, [&](store::Transaction& tx) {
    return enqueue_mail(world.lake, tx, {.to = "ann@example.org", .subject = "s", .text = "t"});
  }));
  mail.answer = base::fail(base::Kind::invalid, "no such mailbox", "mail");
  deliver();
  EXPECT_EQ(keys_under("outbox"), 0u);
}

TEST_F(DeliveriesTest, MailIsSealedUntilItIsSentAndNoneIsNotTaken) {
  auto status = store::write(world.store, [&](store::Transaction& tx) {
    return enqueue_mail(world.lake, tx, {.to = "ann@example.org\r\nBcc: x@y.de", .subject = "s", .text = "t"});
  });
  EXPECT_FALSE(status.ok());
  test::TestLake::must(store::write(world.store, [&](store::Transaction& tx) {
    return enqueue_mail(world.lake, tx, {.to = "ann@example.org", .subject = "s", .text = "the approval link"});
  }));
  auto tx = world.store.begin(store::Mode::read).value();
  auto entries = tx->scan(store::prefix_range(store::key("sns", "outbox")), 10).value();
  for (const auto& entry : entries) EXPECT_EQ(entry.value.find("approval"), std::string::npos);
}

TEST_F(DeliveriesTest, WhatEndedMeanwhileIsNotSent) {
  subscribed("email", "ann@example.org");
  deliver();
  ASSERT_TRUE(confirm_with(token_sent()).ok());
  publish_text("m");
  auto call = world.call(kOwner);
  ASSERT_TRUE(delete_topic(call, topic).ok());
  mail.mails.clear();
  deliver();
  EXPECT_TRUE(mail.mails.empty());
  EXPECT_EQ(keys_under("message"), 0u);
}

TEST_F(DeliveriesTest, AnEntryDoneMeanwhileIsNotSentAgain) {
  subscribed("email", "ann@example.org");
  auto due = due_now();
  for (int i = 0; i < 2; ++i)
    test::TestLake::must(attempt_delivery(world.lake, {mail, webhooks, "lake@example.org"}, due.front()));
  EXPECT_EQ(mail.mails.size(), 1u);
}

TEST_F(DeliveriesTest, NothingOfATokenIsInTheStore) {
  subscribed("email", "ann@example.org");
  deliver();
  auto token = token_sent();
  auto tx = world.store.begin(store::Mode::read).value();
  auto entries = tx->scan(store::prefix_range(""), 1000).value();
  for (const auto& entry : entries) {
    EXPECT_EQ(entry.key.find(token), std::string::npos);
    EXPECT_EQ(entry.value.find(token), std::string::npos);
  }
}

// A subscription is its account's: who may subscribe to the same topic does not get hold of another one's endpoint by
// naming it first.
TEST_F(DeliveriesTest, NobodySquatsAnEndpoint) {
  let_in(kStranger);
  auto squatted = subscribed("https", "https://ann.example.org/in", {}, kStranger);
  auto ours = subscribed("https", "https://ann.example.org/in");
  EXPECT_NE(ours.arn(), squatted.arn());
  EXPECT_EQ(ours.owner, kOwner);
  EXPECT_EQ(subscribed("https", "https://ann.example.org/in").arn(), ours.arn());
  EXPECT_EQ(subscribed("https", "https://ann.example.org/in", {}, kStranger).arn(), squatted.arn());
  auto stranger = world.call(kStranger);
  EXPECT_FALSE(unsubscribe(stranger, ours.arn()).ok());
  EXPECT_FALSE(set_subscription_attribute(stranger, ours.arn(), "FilterPolicy", R"({"a":["b"]})").ok());
}

TEST_F(DeliveriesTest, ReceiversOfAnotherAccountLoseWhatTheyDoNotTakeAndThePublisherGoesOn) {
  let_in(kStranger);
  confirmed("https", "https://theirs.example.org/", kStranger);
  confirmed("https", "https://ours.example.org/", kOwner);
  back_up(kStranger, {.waiting = notifications::kBacklogMax});
  publish_text("m");
  EXPECT_EQ(deliver(), 1u);
  EXPECT_EQ(webhooks.posts.back().url, "https://ours.example.org/");
}

TEST_F(DeliveriesTest, APublisherWhoseReceiversTakeNothingWaits) {
  confirmed("https", "https://ours.example.org/", kOwner);
  for (notifications::Tally full : {notifications::Tally{.waiting = notifications::kBacklogMax},
                                    notifications::Tally{.waiting_bytes = notifications::kBacklogBytesMax}}) {
    back_up(kOwner, full);
    auto call = world.call(kOwner);
    auto refused = publish(call, topic, {"m", std::nullopt, std::nullopt, {}});
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().kind, base::Kind::throttled);
    auto question = subscribe(call, {topic, "email", "ann@example.org", {}});
    ASSERT_FALSE(question.ok());
    EXPECT_EQ(question.error().kind, base::Kind::throttled);
    back_up(kOwner, {.waiting = -full.waiting, .waiting_bytes = -full.waiting_bytes});
    publish_text("m");
  }
}

TEST_F(DeliveriesTest, WhatIsPublishedIsCountedForWhomItGoesTo) {
  let_in(kStranger);
  confirmed("https", "https://theirs.example.org/", kStranger);
  confirmed("https", "https://ours.example.org/", kOwner);
  publish_text("12345");
  for (auto* account : {kOwner, kStranger}) {
    EXPECT_EQ(tally(account).waiting, 1);
    EXPECT_EQ(tally(account).waiting_bytes, 5);
  }
  deliver();
  for (auto* account : {kOwner, kStranger}) EXPECT_FALSE(tally(account).waiting);
}

TEST_F(DeliveriesTest, AnAccountHasSoManyTopicsAndSubscriptions) {
  back_up(kOwner, {.topics = notifications::kTopicsMax - 2, .subscriptions = notifications::kOwnedMax - 1});
  auto call = world.call(kOwner);
  EXPECT_TRUE(create_topic(call, "last", {}, {}).ok());
  auto refused = create_topic(call, "one-more", {}, {});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().kind, base::Kind::limit_exceeded);
  EXPECT_TRUE(create_topic(call, "last", {}, {}).ok());  // it is there already
  subscribed("email", "ann@example.org");
  auto full = subscribe(call, {topic, "email", "bob@example.org", {}});
  ASSERT_FALSE(full.ok());
  EXPECT_EQ(full.error().about, "subscriptions");
  subscribed("email", "ann@example.org");
}

TEST_F(DeliveriesTest, ATopicHasSoManySubscriptions) {
  world.write([&](store::Transaction& tx) {
    return notifications::Tallies(tx).count_topic(kOwner, "t", {.subscriptions = notifications::kSubscriptionsMax});
  });
  auto call = world.call(kOwner);
  auto full = subscribe(call, {topic, "email", "bob@example.org", {}});
  ASSERT_FALSE(full.ok());
  EXPECT_EQ(full.error().about, "subscriptions");
}

TEST_F(DeliveriesTest, APublishThatFailsLeavesNothing) {
  subscribed("email", "ann@example.org");
  deliver();
  ASSERT_TRUE(confirm_with(token_sent()).ok());
  auto call = world.call(kOwner);
  world.store.fail_commit(1, base::internal("the disk is full"));
  EXPECT_FALSE(publish(call, topic, {"m", std::nullopt, std::nullopt, {}}).ok());
  EXPECT_EQ(keys_under("message"), 0u);
  EXPECT_EQ(keys_under("waiting"), 0u);
}

}  // namespace
}  // namespace weir::app
