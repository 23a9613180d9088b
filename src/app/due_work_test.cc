#include "app/due_work.h"

#include <gtest/gtest.h>

#include "app/test_lake.h"

namespace weir::app {
namespace {

using std::chrono::hours;

class DueWork : public testing::Test {
 protected:
  base::Instant in(int hours_from_now) { return lake.clock.now() + hours(hours_from_now); }
  void put(const std::string& id, base::Instant due) {
    lake.write([&](auto& tx) { return schedule(tx, "kind", id, due); });
  }
  due_work::Look look(base::Instant now, size_t limit = 100) {
    return due_work::look(*lake.store.begin(store::Mode::read).value(), {}, now, limit).value();
  }
  base::Status call(const DueItem& item) { return handlers.call(lake.lake, item); }

  test::TestLake lake;
  DueHandlers handlers;
};

TEST_F(DueWork, WhatIsDueComesInTheOrderOfItsTimes) {
  put("later", in(2));
  put("sooner", in(1));
  put("tomorrow", in(24));
  auto found = look(in(3));
  ASSERT_EQ(found.items.size(), 2U);
  EXPECT_EQ(found.items[0].id, "sooner");
  EXPECT_EQ(found.items[1].id, "later");
  EXPECT_EQ(found.first_later, in(24));
}

TEST_F(DueWork, PagesGoOnWhereTheyEnded) {
  for (int i = 0; i < 5; ++i) put(std::to_string(i), in(i));
  auto tx = lake.store.begin(store::Mode::read).value();
  std::string seen, from;
  do {
    auto page = due_work::look(*tx, from, in(9), 2).value();
    for (const auto& item : page.items) seen += item.id;
    from = page.next;
  } while (!from.empty());
  EXPECT_EQ(seen, "01234");
}

TEST_F(DueWork, AnotherTimeReplacesTheFirst) {
  put("x", in(1));
  auto first = look(in(1)).items.at(0);
  put("x", in(5));
  EXPECT_TRUE(look(in(4)).items.empty());
  int called = 0;
  handlers.add("kind", [&](Lake&, const DueItem&) { return ++called, base::Status(); });
  EXPECT_TRUE(call(first).ok());
  EXPECT_EQ(called, 0);
  EXPECT_EQ(look(in(5)).items.size(), 1U);
}

TEST_F(DueWork, WhatWasTakenBackIsNotCalled) {
  put("x", in(1));
  auto item = look(in(1)).items.at(0);
  lake.write([](auto& tx) { return unschedule(tx, "kind", "x"); });
  handlers.add("kind", [](Lake&, const DueItem&) -> base::Status { return base::internal("called"); });
  EXPECT_TRUE(call(item).ok());
  EXPECT_TRUE(look(in(1)).items.empty());
}

TEST_F(DueWork, WhatSucceededIsGoneAndWhatFailedStays) {
  put("good", in(1));
  put("bad", in(1));
  handlers.add("kind", [](Lake&, const DueItem& item) {
    return item.id == "good" ? base::Status() : base::Status(base::internal("not now"));
  });
  for (const auto& item : look(in(1)).items) EXPECT_EQ(call(item).ok(), item.id == "good");
  auto left = look(in(1)).items;
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left[0].id, "bad");
}

TEST_F(DueWork, AHandlerMayScheduleItselfAgainEvenForTheSameTime) {
  put("x", in(1));
  handlers.add("kind", [](Lake& own, const DueItem& item) {
    return store::write(own.store, [&](auto& tx) { return schedule(tx, item.kind, item.id, item.due); });
  });
  EXPECT_TRUE(call(look(in(1)).items.at(0)).ok());
  EXPECT_EQ(look(in(1)).items.size(), 1U);
}

TEST_F(DueWork, WhatNobodyHandlesStays) {
  put("x", in(1));
  EXPECT_FALSE(call(look(in(1)).items.at(0)).ok());
  EXPECT_EQ(look(in(1)).items.size(), 1U);
}

TEST_F(DueWork, AnEntryThatDoesNotReadKeepsNobodyWaiting) {
  put("x", in(2));
  lake.write([&](auto& tx) { return tx.put(due_work::key({"kind", "broken", in(1), 0}), "not a record"); });
  EXPECT_EQ(look(in(3)).items.size(), 1U);
}

}  // namespace
}  // namespace weir::app
