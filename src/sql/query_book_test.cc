#include "sql/query_book.h"

#include <gtest/gtest.h>

#include <functional>

#include "app/test_lake.h"

namespace weir::sql {
namespace {

using app::QueryState;
using base::Kind;
using base::Seconds;

constexpr Limits kLimits = [] {
  Limits out;
  // Each person here is alone in a role and an account.
  out.of_person = out.of_role = out.of_account = {1, 2, 3};
  out.kept_of_person = 2;
  out.kept_bytes_of_person = 1000;
  out.of_all = {2, 3, 4};
  out.waiters_of_query = 2;
  out.kept = 3;
  out.kept_bytes = 1500;
  out.kept_for_s = 60;
  return out;
}();

app::Asker alone(const std::string& person) { return {person, person, person}; }

struct Booking : testing::Test {
  explicit Booking(const Limits& limits = kLimits) : book(limits) {}

  app::test::TestLake lake;
  app::Call call = lake.call("111122223333");
  QueryBook book;
  base::Instant now = lake.clock.now();
  int made = 0;

  base::Result<BookedPtr> try_add(app::Asker asker, app::QueryOrder order = {}) {
    auto id = "query-" + std::to_string(++made);
    return book.add({id, std::move(asker), std::nullopt, app::LaterCalls(call)}, std::move(order), now);
  }
  base::Result<BookedPtr> try_add(const std::string& person, app::QueryOrder order = {}) {
    return try_add(alone(person), std::move(order));
  }
  BookedPtr add(const std::string& person) { return try_add(person).value(); }

  app::QueryOutcome answer(size_t bytes = 0) {
    app::QueryAnswer out;
    if (bytes > 0) out.rows.append({std::string(bytes, 'x')}, 1 << 20);
    return {std::move(out)};
  }
  // Added, taken and ended.
  BookedPtr done(app::Asker asker, size_t bytes = 0) {
    auto query = try_add(std::move(asker)).value();
    EXPECT_EQ(book.take(now), query);
    book.end(*query, answer(bytes), now);
    return query;
  }
  BookedPtr done(const std::string& person, size_t bytes = 0) { return done(alone(person), bytes); }
  bool is_kept(const BookedPtr& query) { return book.find(query->starter.asker.person, query->status.id) != nullptr; }
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
  ASSERT_TRUE(book.add({*first, alone("ann"), "t", app::LaterCalls(call)}, {}, now).ok());
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
  auto query = book.add({*id, alone("ann"), "t", app::LaterCalls(call)}, {}, now).value();
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
  book.end(*query, {base::fail(Kind::unavailable, "The query was cancelled.", "query")}, now);
  EXPECT_EQ(query->status.state, QueryState::failed);
  EXPECT_EQ(query->status.error->says, "The query ran longer than 120 seconds.");
}

TEST_F(Booking, NoQueryOutlivesTheSessionThatStartedIt) {
  identity::Session session;
  session.expires = now + Seconds(10);
  auto caller = std::make_shared<identity::Principal>(call.caller());
  caller->session = std::make_shared<const identity::LiveSession>(session);
  app::Call by_session(lake.lake, lake.governance.current().value(), caller, call.facts());
  auto query = book.add({"query-s", alone("ann"), std::nullopt, app::LaterCalls(by_session)}, {}, now).value();
  book.take(now);
  EXPECT_EQ(book.look(now), now + Seconds(10));
  book.look(now + Seconds(10));
  book.end(*query, answer(), now + Seconds(10));
  EXPECT_EQ(query->status.error->kind, Kind::expired);
  EXPECT_FALSE(query->status.answer);
}

TEST_F(Booking, WhatFailedWasMadeOfWhatWasReadToo) {
  auto query = add("ann");
  book.take(now);
  app::QueryOutcome failed{base::invalid("A value was wrong.", "query"),
                           {{.table = {"111122223333", "sales", "orders"}}}};
  book.end(*query, std::move(failed), now);
  ASSERT_TRUE(query->status.tables);
  EXPECT_EQ(query->status.tables->at(0).table.table, "orders");
}

TEST_F(Booking, CallsThatWaitForOneQueryAreFew) {
  auto query = add("ann");
  EXPECT_TRUE(book.may_wait_for(*query));
  query->waiters = kLimits.waiters_of_query;
  EXPECT_FALSE(book.may_wait_for(*query));
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

TEST_F(Booking, ColumnsAndErrorsTakeRoomToo) {
  auto wide = add("ann");
  EXPECT_EQ(book.take(now), wide);
  app::QueryAnswer columns;
  columns.columns.push_back({"c", std::string(900, 't')});
  book.end(*wide, {std::move(columns)}, now);
  EXPECT_TRUE(is_kept(wide));
  auto failed = add("ann");
  EXPECT_EQ(book.take(now), failed);
  book.end(*failed, {base::invalid(std::string(500, 'e'))}, now);
  EXPECT_FALSE(is_kept(wide));
  EXPECT_TRUE(is_kept(failed));
}

TEST_F(Booking, OfEverybodyWhoKeepsMostLosesFirst) {
  auto small = done("ann", 10);
  auto most = done("bob", 900);
  auto other = done("cid", 600);
  EXPECT_EQ(book.find("bob", most->status.id), nullptr);
  EXPECT_TRUE(book.find("ann", small->status.id));
  EXPECT_TRUE(book.find("cid", other->status.id));
}

TEST(RoomsLeft, AnAccountAndARoleLeaveAQuarterAndAtLeastOnePlace) {
  auto limits = with_rooms_left({.of_all = {5, 64, 1}});
  EXPECT_EQ(limits.of_account.running, 4u);
  EXPECT_EQ(limits.of_role.running, 3u);
  EXPECT_EQ(limits.of_account.queued, 48u);
  EXPECT_EQ(limits.of_role.queued, 36u);
  EXPECT_EQ(limits.of_role.waiters, 1u);
}

TEST(RoomsLeft, WhatIsSetStays) {
  auto limits = with_rooms_left({.of_role = {5, 0, 0}, .of_all = {5, 8, 8}});
  EXPECT_EQ(limits.of_role.running, 5u);
  EXPECT_EQ(limits.of_role.queued, 5u);
}

constexpr Limits kShared = [] {
  Limits out;
  out.of_all = {5, 16, 8};  // of an account 4, 12, 6, and of a role 3, 9, 5
  out.kept = 6;
  out.kept_bytes = 2000;
  return out;
}();

// One holder of a role, under as many session names as it likes, and others.
struct Sharing : Booking {
  Sharing() : Booking(kShared) {}

  app::Asker under_new_name() { return {"taker", "taker/role", "taker/role:" + std::to_string(++names)}; }
  const app::Asker colleague{"taker", "taker/other", "taker/other:ann"}, stranger{"else", "else/role", "else/role:bob"};
  int names = 0;

  // How many may be added, of those.
  size_t filled(const std::function<app::Asker()>& next) {
    for (size_t n = 0;; ++n)
      if (!try_add(next()).ok()) return n;
  }
};

TEST_F(Sharing, ARoleLeavesTurnsToItsAccountAndTheAccountToOthers) {
  for (int i = 0; i < 9; ++i) try_add(under_new_name()).value();
  auto others = try_add(colleague).value(), more = try_add(colleague).value(), elsewhere = try_add(stranger).value();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(book.take(now)->starter.asker.role, "taker/role");
  EXPECT_EQ(book.take(now), others);
  EXPECT_EQ(book.take(now), elsewhere);
  EXPECT_EQ(book.take(now), nullptr);
  EXPECT_EQ(more->status.state, QueryState::queued);
}

TEST_F(Sharing, ARoleAndAnAccountLeavePlacesToWait) {
  EXPECT_EQ(filled([&] { return under_new_name(); }), 9u);
  EXPECT_EQ(try_add(under_new_name()).error().says,
            "Too many queries of all sessions of your role or user wait: try again when one has ended.");
  EXPECT_EQ(filled([&] { return colleague; }), 3u);
  EXPECT_EQ(try_add(colleague).error().says, "Too many queries of your account wait: try again when one has ended.");
  EXPECT_EQ(filled([&] { return stranger; }), 4u);
}

TEST_F(Sharing, ARoleLeavesCallsThatMayWait) {
  auto first = try_add(under_new_name()).value(), second = try_add(under_new_name()).value();
  first->waiters = 4, second->waiters = 1;
  EXPECT_FALSE(book.may_wait_for(*second));
  EXPECT_TRUE(book.may_wait_for(*try_add(colleague).value()));
}

TEST_F(Sharing, ManyNamesThatKeepLittleEachLoseBeforeOneWhoKeepsLess) {
  auto others = done(stranger, 700);
  std::vector<BookedPtr> taken;
  for (int i = 0; i < 5; ++i) taken.push_back(done(under_new_name(), 400));
  EXPECT_TRUE(is_kept(others));
  EXPECT_FALSE(is_kept(taken.front()));
  EXPECT_TRUE(is_kept(taken.back()));
}

TEST_F(Sharing, ManyNamesWithOneSmallAnswerEachLoseBeforeOneWhoHasFew) {
  auto others = done(stranger, 900);
  std::vector<BookedPtr> taken;
  for (int i = 0; i < 20; ++i) taken.push_back(done(under_new_name()));
  EXPECT_TRUE(is_kept(others));
  EXPECT_EQ(std::count_if(taken.begin(), taken.end(), [&](const BookedPtr& query) { return is_kept(query); }), 5);
  EXPECT_TRUE(is_kept(taken.back()));  // the oldest went first
}

}  // namespace
}  // namespace weir::sql
