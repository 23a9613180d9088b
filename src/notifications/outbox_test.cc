#include "notifications/outbox.h"

#include <gtest/gtest.h>

#include <set>

#include "notifications/keys.h"
#include "notifications/tally.h"
#include "notifications/topic_records.h"
#include "store/memory_store.h"

namespace weir::notifications {
namespace {

using namespace std::chrono_literals;

const base::Instant kNow = *base::parse_iso8601("2026-11-22T01:02:03Z");

constexpr auto kAccount = "111122223333";
const OutboxQueue kMail{"", Carrier::mail, ""};

class OutboxTest : public testing::Test {
 protected:
  template <class F>
  void write(const F& body) {
    auto status = store::write(store_, [&](store::Transaction& tx) { return body(tx); });
    ASSERT_TRUE(status.ok()) << status.error().log;
  }
  template <class F>
  auto read(const F& body) {
    auto tx = store_.begin(store::Mode::read).value();
    return body(*tx).value();
  }
  // The entries of a queue that are due, in their order.
  std::vector<std::string> due(base::Instant at, const OutboxQueue& queue = kMail) {
    std::set<std::string> seen;
    std::vector<std::string> ids;
    while (auto entry = read([&](auto& tx) { return Outbox(tx).first_due(queue, at, seen); })) {
      seen.insert(entry->id);
      ids.push_back(entry->id);
    }
    return ids;
  }
  Tally tally(const std::string& account) {
    return read([&](auto& tx) { return Tallies(tx).of_account(account); });
  }
  static OutboxEntry entry(std::string id, base::Instant due, std::string message = {}) {
    OutboxEntry out;
    out.id = std::move(id);
    out.due = due;
    out.message = std::move(message);
    out.errand = Errand::mail;
    return out;
  }

  store::MemoryStore store_;
};

TEST_F(OutboxTest, WhatIsDueComesInTheOrderOfTime) {
  write([](auto& tx) -> base::Status {
    WEIR_CHECK_OK(Outbox(tx).add(entry("late", kNow + 2s)));
    WEIR_CHECK_OK(Outbox(tx).add(entry("early", kNow - 2s)));
    return Outbox(tx).add(entry("now", kNow));
  });
  EXPECT_EQ(due(kNow), (std::vector<std::string>{"early", "now"}));
  EXPECT_EQ(read([](auto& tx) { return Outbox(tx).next_after(kMail, kNow); }), kNow + 2s);
  EXPECT_EQ(read([](auto& tx) { return Outbox(tx).next_after(kMail, kNow + 2s); }), std::nullopt);
}

TEST_F(OutboxTest, APostponedEntryCountsItsAttempts) {
  auto first = entry("e", kNow);
  write([&](auto& tx) { return Outbox(tx).add(first); });
  write([&](auto& tx) { return Outbox(tx).postpone(first, kNow + 20s); });
  EXPECT_TRUE(due(kNow).empty());
  auto again = read([](auto& tx) { return Outbox(tx).first_due(kMail, kNow + 20s); });
  ASSERT_TRUE(again);
  EXPECT_EQ(again->attempts, 1);
  EXPECT_FALSE(read([&](auto& tx) { return Outbox(tx).holds(first); }));
  EXPECT_TRUE(read([&](auto& tx) { return Outbox(tx).holds(*again); }));
}

TEST_F(OutboxTest, AMessageGoesWithTheLastThatWaitsForIt) {
  auto one = entry("1", kNow, "m"), two = entry("2", kNow, "m");
  write([&](auto& tx) -> base::Status {
    Message message;
    message.id = "m";
    message.text = "text";
    WEIR_CHECK_OK(Outbox(tx).keep(message));
    WEIR_CHECK_OK(Outbox(tx).add(one));
    return Outbox(tx).add(two);
  });
  write([&](auto& tx) { return Outbox(tx).done(one); });
  EXPECT_EQ(read([](auto& tx) { return Outbox(tx).find_message("m"); })->text, "text");
  write([&](auto& tx) { return Outbox(tx).done(two); });
  EXPECT_FALSE(read([](auto& tx) { return Outbox(tx).find_message("m"); }));
  EXPECT_TRUE(read([](auto& tx) { return tx.scan(store::prefix_range(""), 10); }).empty());
}

TEST_F(OutboxTest, WhatCannotBeReadKeepsNobodyWaiting) {
  write([](auto& tx) -> base::Status {
    WEIR_CHECK_OK(tx.put(keys::outbox(kMail, kNow - 5s, "broken"), "{"));
    return Outbox(tx).add(entry("good", kNow));
  });
  EXPECT_EQ(due(kNow), (std::vector<std::string>{"good"}));
}

TEST_F(OutboxTest, AnEntryThatRestsHasMadeNoAttempt) {
  auto first = entry("e", kNow);
  write([&](auto& tx) { return Outbox(tx).add(first); });
  write([&](auto& tx) { return Outbox(tx).rest(first, kNow + 60s); });
  EXPECT_TRUE(due(kNow).empty());
  EXPECT_EQ(read([](auto& tx) { return Outbox(tx).first_due(kMail, kNow + 60s); })->attempts, 0);
}

TEST_F(OutboxTest, AnEntryThatWasDoneComesBackByNothing) {
  auto first = entry("e", kNow);
  write([&](auto& tx) { return Outbox(tx).add(first); });
  for (int i = 0; i < 2; ++i) write([&](auto& tx) { return Outbox(tx).done(first); });
  write([&](auto& tx) { return Outbox(tx).postpone(first, kNow); });
  write([&](auto& tx) { return Outbox(tx).rest(first, kNow); });
  EXPECT_TRUE(due(kNow + 1h).empty());
  EXPECT_EQ(tally("").waiting, 0);
}

// A thousand lines of one account hide nobody: each queue is found by one look.
TEST_F(OutboxTest, EachReceiverHasALineOfItsOwn) {
  auto to = [](const std::string& account, Errand errand, const std::string& receiver, int n) {
    auto out = entry(receiver + std::to_string(n), kNow);
    out.account = account;
    out.errand = errand;
    out.subscription = receiver;
    return out;
  };
  write([&](auto& tx) -> base::Status {
    for (int i = 0; i < 1000; ++i) WEIR_CHECK_OK(Outbox(tx).add(to("1", Errand::event, "a", i)));
    WEIR_CHECK_OK(Outbox(tx).add(to("1", Errand::channel, "b", 0)));
    WEIR_CHECK_OK(Outbox(tx).add(to("1", Errand::mail, "", 0)));
    WEIR_CHECK_OK(Outbox(tx).add(to("2", Errand::event, "a", 0)));
    return Outbox(tx).add(to("2", Errand::trail, "", 1));
  });
  auto queues = read([](auto& tx) { return Outbox(tx).queues(); });
  EXPECT_EQ(std::set<OutboxQueue>(queues.begin(), queues.end()), (std::set<OutboxQueue>{{"1", Carrier::endpoint, "a"},
                                                                                        {"1", Carrier::endpoint, "b"},
                                                                                        {"1", Carrier::mail, ""},
                                                                                        {"2", Carrier::endpoint, "a"},
                                                                                        {"2", Carrier::server, ""}}));
  EXPECT_EQ(queues.size(), 5u);
  EXPECT_EQ(tally("1").waiting, 1002);
  EXPECT_EQ(tally("2").waiting, 1);  // what the server does itself is nobody's backlog
}

TEST_F(OutboxTest, WhatWaitsIsCountedUntilItIsDone) {
  auto first = entry("e", kNow);
  first.account = "1";
  first.bytes = 100;
  first.sealed = "12345";
  write([&](auto& tx) { return Outbox(tx).add(first); });
  EXPECT_EQ(tally("1").waiting_bytes, 105);
  write([&](auto& tx) { return Outbox(tx).postpone(first, kNow + 20s); });
  EXPECT_EQ(tally("1").waiting, 1);
  auto later = read([](auto& tx) { return Outbox(tx).first_due({"1", Carrier::mail, ""}, kNow + 20s); });
  write([&](auto& tx) { return Outbox(tx).done(*later); });
  EXPECT_TRUE(read([](auto& tx) { return tx.scan(store::prefix_range(""), 10); }).empty());
}

TEST(OutboxKey, TellsItsQueueAndItsTimeAndNothingElseDoes) {
  OutboxQueue queue{"111122223333", Carrier::endpoint, std::string("arn:a\0b", 7)};
  auto place = parse_outbox_key(keys::outbox(queue, kNow, "e"));
  ASSERT_TRUE(place);
  EXPECT_EQ(place->queue, queue);
  EXPECT_EQ(place->due, kNow);
  for (const auto& key : {std::string(), keys::outbox(), keys::outbox(queue), keys::topic("1", "t"),
                          keys::outbox(queue, kNow, "e") + "x"})
    EXPECT_FALSE(parse_outbox_key(key)) << key;
  EXPECT_LT(keys::outbox(queue, base::Instant(9us), "e"), keys::outbox(queue, base::Instant(10us), "a"));
}

class RecordsTest : public OutboxTest {
 protected:
  static Subscription subscription(std::string id, std::string endpoint) {
    Subscription out;
    out.region = "us-east-1";
    out.account = out.owner = kAccount;
    out.topic = "t";
    out.id = std::move(id);
    out.endpoint = std::move(endpoint);
    out.token_hash = "hash-of-" + out.id;
    return out;
  }
  const TopicName topic_{"us-east-1", "111122223333", "t"};
};

TEST_F(RecordsTest, ASubscriptionIsFoundByItsIdItsEndpointAndItsToken) {
  auto made = subscription("1", "a@b.de");
  write([&](auto& tx) { return SubscriptionRecords(tx).put(made, nullptr); });
  EXPECT_TRUE(read([&](auto& tx) { return SubscriptionRecords(tx).find({topic_, "1"}); }));
  EXPECT_TRUE(read(
      [&](auto& tx) { return SubscriptionRecords(tx).find_endpoint(topic_, Protocol::email, "a@b.de", kAccount); }));
  EXPECT_FALSE(read(
      [&](auto& tx) { return SubscriptionRecords(tx).find_endpoint(topic_, Protocol::http, "a@b.de", kAccount); }));
  EXPECT_TRUE(read([](auto& tx) { return SubscriptionRecords(tx).find_token("hash-of-1"); }));
}

TEST_F(RecordsTest, EveryAccountHasItsOwnSubscriptionOfAnEndpoint) {
  auto ours = subscription("1", "a@b.de"), theirs = subscription("2", "a@b.de");
  theirs.owner = "444455556666";
  write([&](auto& tx) { return SubscriptionRecords(tx).put(theirs, nullptr); });
  auto find = [&](const char* owner) {
    return read(
        [&](auto& tx) { return SubscriptionRecords(tx).find_endpoint(topic_, Protocol::email, "a@b.de", owner); });
  };
  EXPECT_FALSE(find(kAccount));
  write([&](auto& tx) { return SubscriptionRecords(tx).put(ours, nullptr); });
  EXPECT_EQ(find(kAccount)->id, "1");
  EXPECT_EQ(find("444455556666")->id, "2");
  write([&](auto& tx) { return SubscriptionRecords(tx).erase(theirs); });
  EXPECT_EQ(find(kAccount)->id, "1");
  EXPECT_FALSE(find("444455556666"));
}

TEST_F(RecordsTest, WhatAnAccountHasIsCounted) {
  Topic topic;
  topic.region = topic_.region;
  topic.account = topic_.account;
  topic.name = topic_.name;
  auto one = subscription("1", "a@b.de");
  write([&](auto& tx) -> base::Status {
    WEIR_CHECK_OK(TopicRecords(tx).put(topic));
    WEIR_CHECK_OK(TopicRecords(tx).put(topic));  // changed
    WEIR_CHECK_OK(SubscriptionRecords(tx).put(one, nullptr));
    WEIR_CHECK_OK(SubscriptionRecords(tx).put(one, &one));
    return SubscriptionRecords(tx).put(subscription("2", "c@d.de"), nullptr);
  });
  EXPECT_EQ(tally(kAccount).topics, 1);
  EXPECT_EQ(tally(kAccount).subscriptions, 2);
  EXPECT_EQ(read([&](auto& tx) { return Tallies(tx).of_topic(kAccount, "t"); }).subscriptions, 2);
  write([&](auto& tx) { return SubscriptionRecords(tx).erase(one); });
  EXPECT_EQ(tally(kAccount).subscriptions, 1);
  for (int i = 0; i < 2; ++i) write([&](auto& tx) { return TopicRecords(tx).erase(topic_); });
  EXPECT_EQ(tally(kAccount).topics, 0);
  EXPECT_EQ(tally(kAccount).subscriptions, 0);
}

TEST_F(RecordsTest, ANewTokenEndsTheOldOne) {
  auto made = subscription("1", "a@b.de"), later = made;
  later.token_hash = "another";
  write([&](auto& tx) { return SubscriptionRecords(tx).put(made, nullptr); });
  write([&](auto& tx) { return SubscriptionRecords(tx).put(later, &made); });
  EXPECT_FALSE(read([](auto& tx) { return SubscriptionRecords(tx).find_token("hash-of-1"); }));
  EXPECT_TRUE(read([](auto& tx) { return SubscriptionRecords(tx).find_token("another"); }));
}

TEST_F(RecordsTest, ATopicTakesItsSubscriptionsWithIt) {
  write([&](auto& tx) -> base::Status {
    Topic topic;
    topic.region = topic_.region;
    topic.account = topic_.account;
    topic.name = topic_.name;
    WEIR_CHECK_OK(TopicRecords(tx).put(topic));
    return SubscriptionRecords(tx).put(subscription("1", "a@b.de"), nullptr);
  });
  write([&](auto& tx) { return TopicRecords(tx).erase(topic_); });
  EXPECT_TRUE(read([](auto& tx) { return tx.scan(store::prefix_range(""), 10); }).empty());
}

TEST_F(RecordsTest, PagesGoOnWhereTheyEndedAndEndWithoutAToken) {
  write([&](auto& tx) -> base::Status {
    for (int i = 0; i < 250; ++i)
      WEIR_CHECK_OK(
          SubscriptionRecords(tx).put(subscription(std::to_string(1000 + i), std::to_string(i) + "@b.de"), nullptr));
    return {};
  });
  std::string token;
  std::vector<size_t> sizes;
  do {
    auto page = read([&](auto& tx) { return SubscriptionRecords(tx).list(topic_, token); });
    sizes.push_back(page.items.size());
    token = page.next;
  } while (!token.empty());
  EXPECT_EQ(sizes, (std::vector<size_t>{100, 100, 50}));
  auto tx = store_.begin(store::Mode::read).value();
  EXPECT_FALSE(SubscriptionRecords(*tx).list(topic_, "garbage!").ok());
  EXPECT_EQ(SubscriptionRecords(*tx).list_owned("111122223333", "").value().items.size(), 100u);
  EXPECT_TRUE(SubscriptionRecords(*tx).list_owned("444455556666", "").value().items.empty());
}

}  // namespace
}  // namespace weir::notifications
