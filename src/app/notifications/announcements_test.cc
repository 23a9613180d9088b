#include "app/notifications/announcements.h"

#include <gtest/gtest.h>

#include "app/events/event_rules.h"
#include "app/events/event_targets.h"
#include "app/events/put_events.h"
#include "app/notifications/channels.h"
#include "app/notifications/deliveries.h"
#include "app/notifications/topics.h"
#include "app/test_lake.h"
#include "app/test_outbox.h"
#include "base/hash.h"
#include "base/text.h"
#include "events/keys.h"
#include "events/records.h"

namespace weir::app {
namespace {

using namespace std::chrono_literals;
using events::ChannelKind;

constexpr auto kOwner = "111122223333";
constexpr auto kOther = "444455556666";

class NoMail final : public notifications::MailSender {
 public:
  base::Status send(const notifications::Mail&, const notifications::Envelope&) override { return {}; }
};

class FakeEndpoints final : public notifications::WebhookSender {
 public:
  base::Result<notifications::WebhookAnswer> post(const notifications::WebhookPost& post) override {
    posts.push_back(post);
    return answer;
  }
  notifications::WebhookAnswer answer{.status = 200};
  std::vector<notifications::WebhookPost> posts;
};

class KeepingJournal final : public audit::Journal {
 public:
  base::Status record(audit::Event event) override { return events.push_back(std::move(event)), base::Status(); }
  base::Status flush() override { return flushes; }
  base::Result<audit::Found> lookup(const audit::Lookup&) override { return audit::Found{}; }
  base::Result<std::optional<base::Json>> find(std::string_view, std::string_view) override {
    return std::optional<base::Json>();
  }
  std::vector<audit::Event> events;
  base::Status flushes;
};

class AnnouncementsTest : public testing::Test {
 protected:
  void channel(NewChannel wanted) {
    auto call = world.call(kOwner);
    auto put = put_channel(call, wanted);
    ASSERT_TRUE(put.ok()) << put.error().says;
  }
  base::Status tell(const std::string& type, const std::string& detail) {
    return store::write(world.store, [&](store::Transaction& tx) {
      return announce(world.lake, tx, {kOwner, type, "req-1", *base::parse_json(detail)});
    });
  }
  std::vector<notifications::OutboxEntry> due() { return test::due_entries(world.store, world.clock.now()); }
  size_t deliver() {
    auto entries = due();
    for (const auto& entry : entries)
      test::TestLake::must(attempt_delivery(world.lake, {mail, endpoints, "lake@example.org"}, entry));
    return entries.size();
  }

  test::TestLake world;
  NoMail mail;
  FakeEndpoints endpoints;
};

TEST_F(AnnouncementsTest, AChannelThatWantsItGetsItOnce) {
  channel({.name = "chat", .url = "https://hooks.example.com/secret/path", .event_types = {"request.*"}});
  ASSERT_TRUE(tell("request.submitted", R"({"database":"sales","requester":"ann"})").ok());
  ASSERT_TRUE(tell("grant.created", R"({"database":"sales"})").ok());
  deliver();
  ASSERT_EQ(endpoints.posts.size(), 1u);
  const auto& post = endpoints.posts[0];
  EXPECT_EQ(post.url, "https://hooks.example.com/secret/path");
  EXPECT_TRUE(post.secure_only);
  EXPECT_NE(post.body.find("Requester: ann"), std::string::npos) << post.body;
  EXPECT_EQ(deliver(), 0u);
}

TEST_F(AnnouncementsTest, AChannelThatWasToldMoreGetsNoSecondMessage) {
  channel({.name = "approvers", .url = "https://hooks.example.com/approvers"});
  channel({.name = "others", .url = "https://hooks.example.com/others"});
  world.write([&](store::Transaction& tx) {
    return announce(world.lake, tx, {kOwner, "request.step_started", "a", base::Json::object(), {"approvers"}});
  });
  deliver();
  ASSERT_EQ(endpoints.posts.size(), 1u);
  EXPECT_EQ(endpoints.posts[0].url, "https://hooks.example.com/others");
}

TEST_F(AnnouncementsTest, AddressesAndMessagesLieSealedInTheStore) {
  channel({.name = "chat", .url = "https://hooks.example.com/T0-secret-path"});
  ASSERT_TRUE(store::write(world.store, [&](store::Transaction& tx) {
                return enqueue_to_channel(
                    world.lake, tx, kOwner, "chat",
                    {"approval.opened", "t", {}, {{"Approve", "https://l/?token=open-sesame"}}, {}});
              }).ok());
  auto tx = world.store.begin(store::Mode::read).value();
  auto everything = tx->scan({}, 10'000).value();
  for (const auto& entry : everything) {
    EXPECT_EQ(entry.value.find("T0-secret-path"), std::string::npos);
    EXPECT_EQ(entry.value.find("open-sesame"), std::string::npos);
  }
}

TEST_F(AnnouncementsTest, OnlyTheAccountsOwnChannelsAreThere) {
  channel({.name = "chat", .url = "https://hooks.example.com/x"});
  auto status = store::write(world.store, [&](store::Transaction& tx) {
    return enqueue_to_channel(world.lake, tx, kOther, "chat", {"t", "t", {}, {}, {}});
  });
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().kind, base::Kind::not_found);
  auto call = world.call(kOther);
  EXPECT_TRUE(list_channels(call)->empty());
  EXPECT_FALSE(delete_channel(call, "chat").ok());
}

TEST_F(AnnouncementsTest, ASignedChannelGetsASecretAndKeepsIt) {
  NewChannel wanted{.name = "hook", .kind = ChannelKind::signed_webhook, .url = "https://h.example.com/in"};
  auto call = world.call(kOwner);
  auto first = put_channel(call, wanted);
  ASSERT_TRUE(first.ok());
  ASSERT_TRUE(first->fresh_secret);
  EXPECT_FALSE(put_channel(call, wanted)->fresh_secret);
  ASSERT_TRUE(tell("grant.created", "{}").ok());
  deliver();
  auto header = [&](const std::string& name) {
    for (const auto& [key, value] : endpoints.posts.at(0).headers)
      if (key == name) return value;
    return std::string();
  };
  auto mac =
      base::hmac_sha256(first->fresh_secret->reveal(), header("X-Weir-Timestamp") + "." + endpoints.posts[0].body);
  EXPECT_EQ(header("X-Weir-Signature"), "v1=" + base::hex(mac));
  EXPECT_EQ(header("Content-Type"), "application/cloudevents+json");
}

TEST_F(AnnouncementsTest, ATicketIsKeptAndAnnounced) {
  channel(
      {.name = "desk", .kind = ChannelKind::ticket, .url = "https://t.example.com/new", .event_types = {"request.*"}});
  endpoints.answer.body = R"({"key":"OPS-7","url":"https://t.example.com/OPS-7"})";
  ASSERT_TRUE(tell("request.submitted", "{}").ok());
  deliver();
  auto tx = world.store.begin(store::Mode::read).value();
  auto kept = events::all<events::KeptTicket>(*tx, events::keys::tickets(kOwner, "req-1")).value();
  ASSERT_EQ(kept.size(), 1u);
  EXPECT_EQ(kept[0].id, "OPS-7");
  EXPECT_EQ(kept[0].url, "https://t.example.com/OPS-7");
  tx.reset();
  auto entries = due();
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0].errand, notifications::Errand::trail);
}

TEST_F(AnnouncementsTest, AChannelThatDoesNotAnswerIsTriedForADayAndNoLonger) {
  channel({.name = "chat", .url = "https://hooks.example.com/x"});
  endpoints.answer.status = 503;
  ASSERT_TRUE(tell("grant.created", "{}").ok());
  deliver();
  auto start = world.clock.now();
  for (int i = 0; i < 400; ++i) {
    world.clock.advance(8min);
    deliver();
  }
  EXPECT_LE(endpoints.posts.size(), 186u);
  EXPECT_GE(endpoints.posts.size(), 170u);
  EXPECT_TRUE(due().empty());
  EXPECT_GT(world.clock.now() - start, 24h);
}

TEST_F(AnnouncementsTest, WhatWaitsForAChannelThatIsGoneIsDropped) {
  channel({.name = "chat", .url = "https://hooks.example.com/x"});
  ASSERT_TRUE(tell("grant.created", "{}").ok());
  auto call = world.call(kOwner);
  ASSERT_TRUE(delete_channel(call, "chat").ok());
  deliver();
  EXPECT_TRUE(endpoints.posts.empty());
  EXPECT_TRUE(due().empty());
}

TEST_F(AnnouncementsTest, ItIsInTheTrailAndStaysDueUntilTheTrailIsOnDisk) {
  KeepingJournal journal;
  journal.flushes = base::internal("the disk is full");
  Lake lake{world.store, world.lake.objects,    journal,          world.governance, world.lake.tables, world.lake.keys,
            world.clock, world.lake.randomness, world.lake.region};
  ASSERT_TRUE(tell("grant.awaiting_ram", R"({"database":"sales"})").ok());
  auto entry = due().at(0);
  EXPECT_FALSE(attempt_delivery(lake, {mail, endpoints, "lake@example.org"}, entry).ok());
  EXPECT_EQ(due().size(), 1u);
  journal.flushes = {};
  EXPECT_TRUE(attempt_delivery(lake, {mail, endpoints, "lake@example.org"}, entry).ok());
  EXPECT_TRUE(due().empty());
  ASSERT_EQ(journal.events.size(), 2u);
  EXPECT_EQ(journal.events[1].event_id, journal.events[0].event_id);
  EXPECT_EQ(journal.events[1].name, "GrantAwaitingRam");
  EXPECT_EQ(journal.events[1].recipient_account, kOwner);
  EXPECT_EQ(journal.events[1].additional.text("subject"), "req-1");
  EXPECT_EQ(journal.events[1].additional.find("detail")->text("database"), "sales");
}

TEST_F(AnnouncementsTest, AnAnnouncementThatIsNotCommittedIsNotTold) {
  channel({.name = "chat", .url = "https://hooks.example.com/x"});
  auto status = store::write(world.store, [&](store::Transaction& tx) -> base::Status {
    WEIR_CHECK_OK(announce(world.lake, tx, {kOwner, "grant.created", "g", base::Json::object()}));
    return base::invalid("something else is wrong", "other");
  });
  EXPECT_FALSE(status.ok());
  EXPECT_TRUE(due().empty());
}

TEST_F(AnnouncementsTest, CallersDoNotSpeakAsTheProgram) {
  auto call = world.call(kOwner);
  PutEntry entry{"weir.access", "grant.created", "{}", std::nullopt, {}, std::nullopt};
  auto results = put_events(call, {entry, {"my.app", "t", "{}", std::nullopt, {}, std::nullopt}});
  ASSERT_TRUE(results.ok()) << results.error().says;
  EXPECT_EQ(results->at(0).code, "NotAuthorizedForSourceException");
  EXPECT_EQ(results->at(1).code, "");
}

TEST_F(AnnouncementsTest, ARuleWithoutATargetThatWorksDelaysNobody) {
  auto call = world.call(kOwner);
  ASSERT_TRUE(put_rule(call, {"all", std::nullopt, R"({"source":["weir.access"]})", ""}).ok());
  auto topic = create_topic(call, "events", {}, {}).value();
  auto put = put_targets(call, std::nullopt, "all", {events::Target{.id = "sns", .arn = topic}});
  ASSERT_TRUE(put.ok()) << put.error().says;
  ASSERT_TRUE(tell("grant.created", "{}").ok());
  EXPECT_EQ(due().size(), 2u);  // the target and the trail
  deliver();
  // The topic's policy does not let the service in: refused for good, as AWS does it.
  EXPECT_TRUE(due().empty());
}

}  // namespace
}  // namespace weir::app
