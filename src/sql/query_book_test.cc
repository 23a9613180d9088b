#include "sql/query_book.h"

#include <gtest/gtest.h>

#include "app/test_lake.h"

namespace weir::sql {
namespace {

using app::QueryState;
using base::Kind;
using base::Seconds;

constexpr Limits kLimits = [] {
  Limits out;
  out.running_of_person = 1;
  out.queued_of_person = 2;
  out.kept_of_person = 2;
  out.kept_bytes_of_person = 1000;
  out.running = 2;
  out.queued = 3;
  out.kept = 3;
  out.kept_bytes = 1500;
  out.kept_for_s = 60;
  return out;
}();

struct Booking : testing::Test {
  app::test::TestLake lake;
  app::Call call = lake.call("111122223333");
  QueryBook book{kLimits};
  base::Instant now = lake.clock.now();
  int made = 0;

  base::Result<BookedPtr> try_add(const std::string& person, app::QueryOrder order = {}) {
    auto id = "query-" + std::to_string(++made);
    return book.add({id, person, std::nullopt, app::LaterCalls(call)}, std::move(order), now);
  }
  BookedPtr add(const std::string& person) { return try_add(person).value(); }

  app::QueryAnswer answer(size_t bytes = 0) {
    app::QueryAnswer out;
    if (bytes > 0) out.rows.append({std::string(bytes, 'x')}, 1 << 20);
    return out;
  }
  // Added, taken and ended.
  BookedPtr done(const std::string& person, size_t bytes = 0) {
    auto query = add(person);
    EXPECT_EQ(book.take(now), query);
    book.end(*query, answer(bytes), now);
    return query;
  }
};

TEST_F(Booking, WhoComesFirstIsNextUnlessThatPersonRunsEnough) {
  auto first = add("ann"), second = add("ann"), third = add("bob");
  EXPECT_EQ(book.take(now), first);
  EXPECT_EQ(book.take(now), third);
  EXPECT_EQ(book.take(now), nullptr);
  book.end(*first, answer(), now);
  EXPECT_EQ(book.take(now), second);
}

TEST_F(Booking, NoMoreRunThanMay) {
  for (auto* person : {"ann", "bob", "cid"}) add(person);
  EXPECT_TRUE(book.take(now));
  EXPECT_TRUE(book.take(now));
  EXPECT_FALSE(book.take(now));
}

TEST_F(Booking, NoMoreWaitThanMay) {
  add("ann"), add("ann");
  EXPECT_EQ(try_add("ann").error().kind, Kind::throttled);
  add("bob");
  EXPECT_EQ(try_add("cid").error().kind, Kind::throttled);
}

TEST_F(Booking, AnOrderGetsNoMoreThanTheLimits) {
  app::QueryOrder greedy;
  greedy.timeout_s = kLimits.timeout_s_max + 1;
  greedy.rows_max = kLimits.rows_max + 1;
  auto query = try_add("ann", greedy).value();
  EXPECT_EQ(query->status.order.timeout_s, kLimits.timeout_s_max);
  EXPECT_EQ(query->status.order.rows_max, kLimits.rows_max);
  EXPECT_EQ(query->asked, greedy);
}

TEST_F(Booking, AQueryIsFoundByItsPersonAlone) {
  auto query = add("ann");
  EXPECT_EQ(book.find("ann", query->status.id), query);
  EXPECT_EQ(book.find("bob", query->status.id), nullptr);
  EXPECT_EQ(book.find("ann", "query-0"), nullptr);
  EXPECT_EQ(book.of_person("bob").size(), 0u);
}

TEST_F(Booking, WhoeverHoldsAnIdUnderATokenSharesItUntilTheQueryHasIt) {
  auto first = book.hold_id("ann", "t"), second = book.hold_id("ann", "t");
  EXPECT_EQ(*first, *second);
  EXPECT_NE(*first, *book.hold_id("bob", "t"));
  EXPECT_NE(*first, *book.hold_id("ann", "u"));
  ASSERT_TRUE(book.add({*first, "ann", "t", app::LaterCalls(call)}, {}, now).ok());
  auto id = *first;
  first.reset(), second.reset();
  EXPECT_EQ(*book.hold_id("ann", "t"), id);
}

TEST_F(Booking, AnIdThatNobodyHoldsAndNoQueryHasIsGone) {
  auto id = *book.hold_id("ann", "t");
  EXPECT_NE(*book.hold_id("ann", "t"), id);
}

// Else a third caller's query would take the token under another id.
TEST_F(Booking, AnIdIsHeldThoughItsQueryIsForgotten) {
  auto id = book.hold_id("ann", "t");
  auto query = book.add({*id, "ann", "t", app::LaterCalls(call)}, {}, now).value();
  book.take(now);
  book.end(*query, answer(), now);
  book.look(now + Seconds(kLimits.kept_for_s));
  ASSERT_EQ(book.under_token("ann", "t"), nullptr);
  EXPECT_EQ(*book.hold_id("ann", "t"), *id);
}

TEST_F(Booking, WhatWaitsEndsWhenItIsCancelledAndWhatRunsIsTold) {
  auto running = add("ann"), waiting = add("ann");
  book.take(now);
  book.cancel(*running, now);
  book.cancel(*waiting, now);
  EXPECT_EQ(waiting->status.state, QueryState::cancelled);
  EXPECT_EQ(running->status.state, QueryState::running);
  EXPECT_TRUE(running->stop.stop_requested());
  book.end(*running, answer(), now);
  EXPECT_EQ(running->status.state, QueryState::cancelled);
  EXPECT_FALSE(running->status.answer);
}

TEST_F(Booking, WhatEndedStaysAsItEnded) {
  auto query = done("ann");
  book.cancel(*query, now);
  EXPECT_EQ(query->status.state, QueryState::succeeded);
}

TEST_F(Booking, WhatRunsOutOfTimeIsToldAndFails) {
  auto query = add("ann");
  book.take(now);
  EXPECT_EQ(book.look(now), now + Seconds(kLimits.timeout_s));
  book.look(now + Seconds(kLimits.timeout_s));
  EXPECT_TRUE(query->stop.stop_requested());
  book.end(*query, base::fail(Kind::unavailable, "The query was cancelled.", "query"), now);
  EXPECT_EQ(query->status.state, QueryState::failed);
  EXPECT_EQ(query->status.error->says, "The query ran longer than 120 seconds.");
}

TEST_F(Booking, NoQueryOutlivesTheSessionThatStartedIt) {
  identity::Session session;
  session.expires = now + Seconds(10);
  auto caller = std::make_shared<identity::Principal>(call.caller());
  caller->session = std::make_shared<const identity::LiveSession>(session);
  app::Call by_session(lake.lake, lake.governance.current().value(), caller, call.facts());
  auto query = book.add({"query-s", "ann", std::nullopt, app::LaterCalls(by_session)}, {}, now).value();
  book.take(now);
  EXPECT_EQ(book.look(now), now + Seconds(10));
  book.look(now + Seconds(10));
  book.end(*query, answer(), now + Seconds(10));
  EXPECT_EQ(query->status.error->kind, Kind::expired);
  EXPECT_FALSE(query->status.answer);
}

TEST_F(Booking, WhatEndedIsForgottenAfterAWhile) {
  auto query = done("ann");
  EXPECT_EQ(book.look(now), now + Seconds(60));
  EXPECT_EQ(book.find("ann", query->status.id), query);
  EXPECT_EQ(book.look(now + Seconds(60)), std::nullopt);
  EXPECT_EQ(book.find("ann", query->status.id), nullptr);
}

TEST_F(Booking, APersonsOwnOldestGoFirst) {
  auto first = done("ann"), second = done("ann"), third = done("ann");
  EXPECT_EQ(book.of_person("ann"), (std::vector<BookedPtr>{third, second}));
  auto large = done("ann", 950);
  EXPECT_EQ(book.of_person("ann"), (std::vector<BookedPtr>{large, third}));
  auto larger = done("ann", 960);
  EXPECT_EQ(book.of_person("ann"), (std::vector<BookedPtr>{larger}));
}

TEST_F(Booking, OfEverybodyWhoKeepsMostLosesFirst) {
  auto small = done("ann", 10);
  auto most = done("bob", 900);
  auto other = done("cid", 600);
  EXPECT_EQ(book.find("bob", most->status.id), nullptr);
  EXPECT_TRUE(book.find("ann", small->status.id));
  EXPECT_TRUE(book.find("cid", other->status.id));
}

}  // namespace
}  // namespace weir::sql
