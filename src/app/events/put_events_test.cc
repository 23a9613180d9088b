#include "app/events/put_events.h"

#include <gtest/gtest.h>

#include "app/events/event_rules.h"
#include "app/events/event_targets.h"
#include "app/notifications/topics.h"
#include "app/test_lake.h"
#include "app/test_outbox.h"
#include "events/event.h"

namespace weir::app {
namespace {

constexpr auto kOwner = "111122223333";
constexpr auto kOther = "444455556666";

class PutEventsTest : public testing::Test {
 protected:
  // Rules that want events of `source`, with five targets each.
  void rules(const std::string& source, size_t count) {
    auto call = world.call(kOwner);
    auto topic = create_topic(call, "t", {}, {}).value();
    std::vector<events::Target> targets;
    for (size_t i = 0; i < events::kTargetsMax; ++i)
      targets.push_back(events::Target{.id = std::to_string(i), .arn = topic});
    for (size_t i = 0; i < count; ++i) {
      auto name = source + "-" + std::to_string(i);
      auto pattern = R"({"source":[")" + source + R"("]})";
      ASSERT_TRUE(put_rule(call, {name, std::nullopt, pattern, ""}).ok());
      ASSERT_TRUE(put_targets(call, std::nullopt, name, targets).ok());
    }
  }
  PutEntry from(const std::string& source, std::optional<std::string> bus = {}) {
    return {source, "t", "{}", std::move(bus), {}, std::nullopt};
  }
  std::vector<PutEntryResult> put(const std::vector<PutEntry>& entries) {
    auto call = world.call(kOwner);
    return put_events(call, entries).value();
  }
  std::string code(std::optional<std::string> bus) { return put({from("a", std::move(bus))}).at(0).code; }
  size_t waiting() { return test::due_entries(world.store, world.clock.now()).size(); }

  test::TestLake world;
};

TEST_F(PutEventsTest, TenEventsThatEveryTargetWantsWriteNoMoreThanOneOfThemMay) {
  rules("a", events::kRulesMax);
  auto results = put(std::vector(events::kEntriesMax, from("a")));
  EXPECT_FALSE(results[0].event_id.empty());
  for (size_t i = 1; i < results.size(); ++i) {
    EXPECT_EQ(results[i].code, "ThrottlingException");
    EXPECT_TRUE(results[i].event_id.empty());
  }
  EXPECT_EQ(waiting(), events::kDeliveriesMax);
}

TEST_F(PutEventsTest, WhatFindsRoomIsPutThoughOthersDoNot) {
  rules("most", events::kRulesMax - 1);
  rules("one", 1);
  auto results = put({from("most"), from("most"), from("one"), from("one"), from("nobody")});
  std::vector<std::string> codes;
  for (const auto& result : results) codes.push_back(result.code);
  EXPECT_EQ(codes, (std::vector<std::string>{"", "ThrottlingException", "", "ThrottlingException", ""}));
  EXPECT_EQ(waiting(), events::kDeliveriesMax);
}

TEST_F(PutEventsTest, TheBusThatIsAskedAboutIsTheOneThatGetsTheEvent) {
  rules("a", 1);
  std::string arn = events::bus_arn(world.lake.region, kOwner);
  for (const auto& name : {"mine", "mine:event-bus/default", "", "Default"})
    EXPECT_EQ(code(name), "ResourceNotFoundException") << name;
  EXPECT_EQ(code(arn + ":event-bus/default"), "ResourceNotFoundException");
  EXPECT_EQ(code(events::bus_arn("mars-north-1", kOwner)), "ResourceNotFoundException");
  EXPECT_EQ(waiting(), 0u);
  EXPECT_EQ(code(arn), "");
  EXPECT_EQ(code(std::nullopt), "");
  EXPECT_EQ(waiting(), 2 * events::kTargetsMax);
}

TEST_F(PutEventsTest, NothingIsPutOnTheOwnBusInsteadOfAnothersOne) {
  rules("a", 1);
  auto call = world.call(kOwner);
  EXPECT_FALSE(put_events(call, {from("a"), from("a", events::bus_arn(world.lake.region, kOther))}).ok());
  EXPECT_EQ(waiting(), 0u);
}

}  // namespace
}  // namespace weir::app
