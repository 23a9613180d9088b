#include "store/sqlite_store.h"

#include <sys/stat.h>

#include <condition_variable>
#include <fstream>

#include "store/change_log.h"
#include "store/contract.h"
#include "store/test_directory.h"

namespace weir::store {

struct SqliteAdapter {
  TestDirectory directory;
  std::string path() const { return directory.file("weir.db"); }
  std::unique_ptr<Store> open(SqliteOptions options = {}) {
    auto opened = SqliteStore::open(path(), options);
    EXPECT_TRUE(opened.ok());
    return std::move(opened).value();
  }
};
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, StoreContract, SqliteAdapter);

base::Status put(Store& store, const std::string& key, const std::string& value) {
  return write(store, [&](Transaction& t) { return t.put(key, value); });
}

// Two stores on one file, as two processes have; neither looks by itself.
class TwoSqliteStores : public ::testing::Test {
 protected:
  static constexpr SqliteOptions kQuiet{.look_every = std::chrono::milliseconds(0), .kept_commits = 8};
  SqliteAdapter adapter_;
  std::unique_ptr<Store> here_ = adapter_.open(kQuiet), there_ = adapter_.open(kQuiet);
  std::vector<std::string> heard_;
  void listen(const std::string& prefix = "") {
    here_->watch(prefix, [this](std::span<const Change> changes) {
      for (auto& change : changes)
        heard_.push_back(change.reset ? "reset " + change.key : change.key + "=" + change.value.value_or("-"));
    });
  }
};

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST_F(TwoSqliteStores, RefreshTellsTheOthersCommitsOnceAndInOrder) {
  listen();
  ASSERT_TRUE(put(*there_, "a", "1").ok());
  ASSERT_TRUE(put(*there_, "a", "2").ok());
  ASSERT_TRUE(write(*there_, [](Transaction& t) { return t.erase("a"); }).ok());
  EXPECT_THAT(heard_, IsEmpty());
  ASSERT_TRUE(here_->refresh().ok());
  EXPECT_THAT(heard_, ElementsAre("a=1", "a=2", "a=-"));
  ASSERT_TRUE(here_->refresh().ok());
  EXPECT_EQ(heard_.size(), 3U);
}

TEST_F(TwoSqliteStores, TheOthersEarlierCommitsAreToldBeforeOurs) {
  listen();
  ASSERT_TRUE(put(*there_, "a", "theirs").ok());
  ASSERT_TRUE(put(*here_, "a", "ours").ok());
  EXPECT_THAT(heard_, ElementsAre("a=theirs", "a=ours"));
  ASSERT_TRUE(here_->refresh().ok());
  EXPECT_EQ(heard_.size(), 2U) << "and none twice";
}

TEST_F(TwoSqliteStores, LargeCommitsAreToldByLookingUp) {
  listen("big");
  std::string big(100 * 1024, 'b');
  ASSERT_TRUE(put(*there_, "big", big).ok());
  ASSERT_TRUE(here_->refresh().ok());
  EXPECT_THAT(heard_, ElementsAre("big=" + big));
}

TEST_F(TwoSqliteStores, WhoMissedTooMuchIsResetWithAllThatThereIs) {
  listen("a");
  ASSERT_TRUE(put(*there_, "a0", "gone").ok());
  ASSERT_TRUE(put(*there_, "a1", "kept").ok());
  ASSERT_TRUE(write(*there_, [](Transaction& t) { return t.erase("a0"); }).ok());
  for (int i = 0; i < 1200; ++i) ASSERT_TRUE(put(*there_, "b", std::to_string(i)).ok());
  ASSERT_TRUE(here_->refresh().ok());
  EXPECT_THAT(heard_, ElementsAre("reset a", "a1=kept"));
  ASSERT_TRUE(put(*there_, "a2", "new").ok());
  ASSERT_TRUE(here_->refresh().ok());
  EXPECT_EQ(heard_.back(), "a2=new");
}

TEST_F(TwoSqliteStores, OneWhoHoldsTheWriteLockMakesTheOtherWaitThenGiveUp) {
  SqliteOptions hasty{.busy_timeout = std::chrono::milliseconds(20), .look_every = std::chrono::milliseconds(0)};
  auto third = adapter_.open(hasty);
  auto holder = here_->begin(Mode::write).value();
  ASSERT_TRUE(holder->put("a", "1").ok());
  auto refused = third->begin(Mode::write);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().kind, base::Kind::unavailable);
  ASSERT_TRUE(holder->commit().ok());
  EXPECT_TRUE(put(*third, "a", "2").ok()) << "and can write afterwards";
}

TEST_F(TwoSqliteStores, IncrementsFromBothAreAllCounted) {
  ASSERT_TRUE(put(*here_, "n", "0").ok());
  auto work = [](Store& store) {
    for (int i = 0; i < 40; ++i)
      EXPECT_TRUE(write(store, [](Transaction& t) -> base::Status {
                    WEIR_TRY(auto value, t.get("n"));
                    return t.put("n", std::to_string(std::stoi(*value) + 1));
                  }).ok());
  };
  {
    std::jthread a([&] { work(*here_); }), b([&] { work(*there_); }), c([&] { work(*here_); });
  }
  EXPECT_EQ(there_->begin(Mode::read).value()->get("n").value(), "120");
}

TEST(SqliteStore, LooksForOthersByItself) {
  SqliteAdapter adapter;
  auto here = adapter.open({.look_every = std::chrono::milliseconds(5)});
  auto there = adapter.open();
  std::mutex mutex;
  std::condition_variable told;
  bool heard = false;
  here->watch("a", [&](std::span<const Change>) {
    std::lock_guard lock(mutex);
    heard = true;
    told.notify_one();
  });
  ASSERT_TRUE(put(*there, "a", "1").ok());
  std::unique_lock lock(mutex);
  EXPECT_TRUE(told.wait_for(lock, std::chrono::seconds(10), [&] { return heard; }));
}

TEST(SqliteStore, AWriterWhoCannotGetATurnIsRefusedAndNothingHangs) {
  SqliteAdapter adapter;
  auto store = adapter.open({.turn_wait = std::chrono::milliseconds(10)});
  auto holder = store->begin(Mode::write).value();
  ASSERT_TRUE(holder->put("a", "1").ok());
  EXPECT_EQ(store->begin(Mode::write).error().kind, base::Kind::unavailable);
  EXPECT_TRUE(holder->commit().ok());
  EXPECT_TRUE(put(*store, "b", "1").ok());
}

// Members that give up must not take the others' writes with them.
TEST(SqliteStore, AnAbandonedMemberLeavesItsGroupWhole) {
  SqliteAdapter adapter;
  auto store = adapter.open();
  std::atomic<int> acknowledged = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i)
      threads.emplace_back([&, i] {
        for (int k = 0; k < 30; ++k) {
          auto status = write(*store, [&](Transaction& t) -> base::Status {
            WEIR_CHECK_OK(t.put(key(std::to_string(i), std::to_string(k)), "v"));
            if (k % 3 == 0) return base::invalid("gives up");
            return {};
          });
          if (status.ok()) ++acknowledged;
        }
      });
  }
  EXPECT_EQ(acknowledged, 8 * 20);
  EXPECT_EQ(store->begin(Mode::read).value()->scan({"", ""}, 1000).value().size(), 8U * 20);
}

TEST(SqliteStore, TheFileIsItsOwnersOnly) {
  SqliteAdapter adapter;
  auto store = adapter.open();
  ASSERT_TRUE(put(*store, "a", "1").ok());
  for (auto suffix : {"", "-wal", "-shm"}) {
    struct stat about {};
    ASSERT_EQ(::stat((adapter.path() + suffix).c_str(), &about), 0) << suffix;
    EXPECT_EQ(about.st_mode & 077, 0U) << suffix;
  }
}

TEST(SqliteStore, AFileThatIsNoDatabaseIsRefused) {
  TestDirectory directory;
  std::ofstream(directory.file("x")) << std::string(5000, 'x');
  EXPECT_FALSE(SqliteStore::open(directory.file("x")).ok());
  EXPECT_FALSE(SqliteStore::open(directory.file("missing/x")).ok());
}

TEST(ChangeLog, RoundTripsAndRefusesDamage) {
  using std::string_literals::operator""s;
  WriteSet set{{"a\0b"s, "v\0"s}, {"e", std::nullopt}, {"z", ""}};
  auto look = [](const std::string&) { return base::Result<std::optional<std::string>>(std::optional<std::string>()); };
  auto text = encode_changes(set);
  auto back = decode_changes(text, look).value();
  ASSERT_EQ(back.size(), 3U);
  EXPECT_EQ(back[0].key, "a\0b"s);
  EXPECT_EQ(back[0].value, "v\0"s);
  EXPECT_EQ(back[1].value, std::nullopt);
  EXPECT_EQ(back[2].value, "");
  for (auto& damaged : {text.substr(0, text.size() - 1), "?"s, "w\xff\xff\xff\xff"s}) {
    EXPECT_FALSE(decode_changes(damaged, look).ok());
  }
}

}  // namespace weir::store
