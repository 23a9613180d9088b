#include "notifications/outbox.h"

#include <gtest/gtest.h>

#include "notifications/keys.h"
#include "notifications/topic_records.h"
#include "store/memory_store.h"

namespace weir::notifications {
namespace {

using namespace std::chrono_literals;

const base::Instant kNow = *base::parse_iso8601("2026-11-22T01:02:03Z");

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
  std::vector<std::string> due(base::Instant at, size_t limit = 100) {
    std::vector<std::string> ids;
    for (const auto& entry : read([&](auto& tx) { return Outbox(tx).due(at, limit); })) ids.push_back(entry.id);
    return ids;
  }
  static OutboxEntry entry(std::string id, base::Instant due, std::string message = {}) {
    OutboxEntry out;
    out.id = std::move(id);
    out.due = due;
    out.message = std::move(message);
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
  EXPECT_EQ(due(kNow, 1), (std::vector<std::string>{"early"}));
  EXPECT_EQ(read([](auto& tx) { return Outbox(tx).next_after(kNow); }), kNow + 2s);
  EXPECT_EQ(read([](auto& tx) { return Outbox(tx).next_after(kNow + 2s); }), std::nullopt);
}

TEST_F(OutboxTest, APostponedEntryCountsItsAttempts) {
  auto first = entry("e", kNow);
  write([&](auto& tx) { return Outbox(tx).add(first); });
  write([&](auto& tx) { return Outbox(tx).postpone(first, kNow + 20s); });
  EXPECT_TRUE(due(kNow).empty());
  auto again = read([](auto& tx) { return Outbox(tx).due(kNow + 20s, 9); });
  ASSERT_EQ(again.size(), 1u);
  EXPECT_EQ(again.front().attempts, 1);
  EXPECT_FALSE(read([&](auto& tx) { return Outbox(tx).holds(first); }));
  EXPECT_TRUE(read([&](auto& tx) { return Outbox(tx).holds(again.front()); }));
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
    WEIR_CHECK_OK(tx.put(keys::outbox(kNow - 5s, "broken"), "{"));
    return Outbox(tx).add(entry("good", kNow));
  });
  EXPECT_EQ(due(kNow), (std::vector<std::string>{"good"}));
}

class RecordsTest : public OutboxTest {
 protected:
  static Subscription subscription(std::string id, std::string endpoint) {
    Subscription out;
    out.region = "us-east-1";
    out.account = out.owner = "111122223333";
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
  EXPECT_TRUE(read([&](auto& tx) { return SubscriptionRecords(tx).find_endpoint(topic_, Protocol::email, "a@b.de"); }));
  EXPECT_FALSE(read([&](auto& tx) { return SubscriptionRecords(tx).find_endpoint(topic_, Protocol::http, "a@b.de"); }));
  EXPECT_TRUE(read([](auto& tx) { return SubscriptionRecords(tx).find_token("hash-of-1"); }));
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
