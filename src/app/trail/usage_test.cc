#include "app/trail/usage.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "app/test_lake.h"
#include "audit/lookup.h"

namespace weir::app {
namespace {

const std::string kAccount = "111122223333";

// Records in memory, the newest first; a token is how many were answered.
class ListedJournal final : public audit::Journal {
 public:
  base::Status record(audit::Event) override { return {}; }
  base::Status flush() override { return {}; }
  base::Result<audit::Found> lookup(const audit::Lookup& lookup) override {
    audit::Found out;
    size_t skip = lookup.next_token.empty() ? 0 : std::stoul(lookup.next_token), seen = 0;
    for (auto record = records.rbegin(); record != records.rend(); ++record) {
      if (!audit::matches(lookup, *record) || seen++ < skip) continue;
      if (out.events.size() == lookup.limit) return out.next_token = std::to_string(skip + lookup.limit), out;
      out.events.push_back(*record);
    }
    return out;
  }
  base::Result<std::optional<base::Json>> find(std::string_view, std::string_view) override {
    return std::optional<base::Json>();
  }
  std::vector<base::Json> records;
};

class UsageTest : public ::testing::Test {
 protected:
  void record(base::Instant at, const std::string& account = kAccount, const std::string& principal = "role") {
    auto event = base::Json::object();
    event.set("eventTime", base::to_iso8601(at)).set("eventName", "GetTable").set("eventSource", "glue.amazonaws.com");
    event.set("recipientAccountId", account);
    event.set("additionalEventData", base::Json::object().set("lakeFormationPrincipal", principal));
    journal.records.push_back(std::move(event));
  }
  Usage ask(base::Seconds back, UsageBy by = UsageBy::door) {
    Lake counted{lake.store, lake.objects, journal,         lake.governance, lake.tables,
                 lake.keys,  lake.clock,   lake.randomness, "us-east-1"};
    auto caller = std::make_shared<identity::Principal>(lake.call(kAccount).caller());
    Facts facts;
    facts.now = lake.clock.now();
    Call call(counted, lake.governance.current().value(), caller, facts);
    return usage(call, {.from = lake.clock.now() - back, .until = lake.clock.now(), .by = by}).value();
  }
  static int64_t total(const Usage& usage) {
    int64_t out = 0;
    for (const auto& point : usage.points) out += point.allowed + point.denied;
    return out;
  }

  ListedJournal journal;
  test::TestLake lake;
};

}  // namespace

TEST_F(UsageTest, ARecordIsCountedOnceHoweverOftenOneAsks) {
  auto now = lake.clock.now();
  for (int n = 0; n < 300; ++n) record(now - base::Seconds(300 - n));
  for (int again = 0; again < 3; ++again) EXPECT_EQ(total(ask(std::chrono::days(2))), 300);
  lake.clock.advance(base::Seconds(200));
  record(lake.clock.now());
  EXPECT_EQ(total(ask(std::chrono::days(2))), 301) << "what has settled since moved into the counts";
  lake.clock.advance(std::chrono::hours(1));
  EXPECT_EQ(total(ask(std::chrono::days(2))), 301);
}

TEST_F(UsageTest, AsManySeriesAsMayBeShownAreShown) {
  auto names_of = [](const Usage& usage) {
    std::set<std::string> names;
    for (const auto& point : usage.points) names.insert(point.of);
    return names;
  };
  for (size_t n = 0; n < kUsageSeriesMax; ++n) record(lake.clock.now(), kAccount, "p" + std::to_string(n));
  EXPECT_EQ(names_of(ask(std::chrono::days(1), UsageBy::principal)).size(), kUsageSeriesMax);
  lake.clock.advance(base::Seconds(600));
  for (size_t n = 0; n < 10; ++n) record(lake.clock.now(), kAccount, "q" + std::to_string(n));
  auto usage = ask(std::chrono::days(1), UsageBy::principal);
  auto names = names_of(usage);
  EXPECT_EQ(names.size(), kUsageSeriesMax + 1) << "and one for all others";
  EXPECT_TRUE(names.contains(""));
  EXPECT_EQ(total(usage), static_cast<int64_t>(kUsageSeriesMax + 10));
}

TEST_F(UsageTest, MuchIsCountedInPartsAndSaysSo) {
  auto now = lake.clock.now();
  const int64_t many = kUsageCountedAtMax * 2 + 7;
  for (int64_t n = 0; n < many; ++n) record(now - std::chrono::hours(2) + base::Seconds(n / 100));
  auto first = ask(std::chrono::days(1));
  EXPECT_FALSE(first.complete);
  EXPECT_EQ(total(first), static_cast<int64_t>(kUsageCountedAtMax)) << "the newest first";
  EXPECT_FALSE(ask(std::chrono::days(1)).complete);
  auto all = ask(std::chrono::days(1));
  EXPECT_TRUE(all.complete);
  EXPECT_EQ(total(all), many);
}

TEST_F(UsageTest, OthersTrailsAreNotCounted) {
  record(lake.clock.now(), "444455556666");
  record(lake.clock.now() - std::chrono::hours(1), "444455556666");
  EXPECT_TRUE(ask(std::chrono::days(1)).points.empty());
}

namespace {

int64_t sum_of(const UsageCounts& counts) {
  int64_t sum = 0;
  for (const auto& tally : counts.tallies()) sum += tally.allowed + tally.denied;
  return sum;
}

UsageRow row(const std::string& principal, int64_t allowed) {
  return {.principal = principal, .operation = "GetTable", .door = "METADATA", .allowed = allowed};
}

}  // namespace

TEST(UsageCounts, BeyondTheirMostRowsOperationsAndDoorsAreStillTold) {
  UsageCounts counts;
  for (size_t n = 0; n < kUsageRowsMax + 500; ++n) counts.add(row(std::to_string(n), 1));
  EXPECT_LE(counts.tallies().size(), kUsageRowsMax + 1);
  EXPECT_LE(counts.names().size(), kUsageRowsMax + 3) << "what is counted together leaves no name behind";
  EXPECT_EQ(sum_of(counts), static_cast<int64_t>(kUsageRowsMax + 500));
}

TEST(UsageCounts, WhatWasKeptIsReadAndCountedOn) {
  UsageCounts counts;
  counts.add(row("ana", 2));
  counts.add({.table = "a table", .operation = "GetTable", .door = "S3", .denied = 3});
  auto again = UsageCounts::read(counts.kept()).value();
  again.add(row("ana", 5));
  again.add(row("ben", 1));
  again.add(counts);
  ASSERT_EQ(again.tallies().size(), 3U);
  EXPECT_EQ(again.tallies()[0].allowed, 9);
  EXPECT_EQ(again.tallies()[1].denied, 6);
  EXPECT_EQ(again.names().size(), std::set(again.names().begin(), again.names().end()).size());
}

TEST(UsageCounts, ARecordThatIsNoneIsNotRead) {
  for (const char* rows : {"0 0 0 0 1 1", "0 0 0 1 1 1 ", "0 0 0 -1 1 1 ", "0 0 0 0 1 ", "a", "0  0 0 0 1 1 "})
    EXPECT_FALSE(UsageCounts::read({{"a name"}, rows}).ok()) << rows;
  EXPECT_TRUE(UsageCounts::read({{"a name"}, "0 0 0 0 1 1 "}).ok());
}

}  // namespace weir::app
