#include "catalog/table_cache.h"

#include <atomic>
#include <thread>

#include "catalog/test_catalog.h"

namespace weir::catalog {
namespace {

class TableCacheTest : public TestCatalog {
 protected:
  void SetUp() override {
    make_database("d");
    make_table(table("d", "t"));
  }
  Table with_description(const std::string& text) {
    auto out = table("d", "t");
    out.description = text;
    return out;
  }
};

TEST_F(TableCacheTest, AWarmTableIsTheSameObject) {
  TableCache cache(store_);
  auto first = cache.find(kAccount, "d", "t").value();
  ASSERT_TRUE(first);
  EXPECT_EQ(cache.find(kAccount, "D", "T").value(), first);
  EXPECT_EQ(cache.counts().hits, 1U);
  EXPECT_EQ(cache.find(kAccount, "d", "none").value(), nullptr);
}

TEST_F(TableCacheTest, ACommitDropsTheOldAndKeepsWhoHoldsItSafe) {
  TableCache cache(store_);
  auto old = cache.find(kAccount, "d", "t").value();
  ASSERT_TRUE(update(with_description("new")).ok());
  EXPECT_EQ(cache.find(kAccount, "d", "t").value()->description, "new");
  EXPECT_FALSE(old->description.has_value());
  ASSERT_TRUE(write([&](auto& t) { return Databases(t).erase(kAccount, "d"); }).ok());
  EXPECT_EQ(cache.find(kAccount, "d", "t").value(), nullptr) << "gone with its database";
}

TEST_F(TableCacheTest, StaysBelowItsBound) {
  for (int i = 0; i < 200; ++i) make_table(table("d", "t" + std::to_string(i)));
  TableCache cache(store_, 64 * 1024);
  for (int i = 0; i < 200; ++i) ASSERT_TRUE(cache.find(kAccount, "d", "t" + std::to_string(i)).value());
  EXPECT_LE(cache.counts().bytes, 64U * 1024);
  EXPECT_GT(cache.counts().tables, 10U);
  EXPECT_LT(cache.counts().tables, 200U);
}

TEST_F(TableCacheTest, MayGoBeforeTheStore) {
  { TableCache cache(store_); }
  EXPECT_TRUE(update(with_description("x")).ok());
}

// A reader never sees a version older than one whose commit has returned.
TEST_F(TableCacheTest, NeverAnswersOlderThanWhatWasCommitted) {
  TableCache cache(store_);
  std::atomic<int> committed = 0;
  std::atomic<bool> stop = false;
  std::atomic<int> stale = 0;
  std::vector<std::jthread> readers;
  for (int i = 0; i < 3; ++i)
    readers.emplace_back([&] {
      while (!stop) {
        int at_least = committed;
        auto found = cache.find(kAccount, "d", "t").value();
        if (std::stoi(found->version_id) < at_least) ++stale;
      }
    });
  for (int i = 1; i <= 300; ++i) {
    ASSERT_TRUE(update(with_description(std::to_string(i)), {true, std::nullopt}).ok());
    committed = i;
  }
  stop = true;
  readers.clear();
  EXPECT_EQ(stale, 0);
}

}  // namespace
}  // namespace weir::catalog
