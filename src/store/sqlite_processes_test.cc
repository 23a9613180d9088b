// Two processes on one file: `weir admin` beside a running server.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/sqlite_store.h"
#include "store/test_directory.h"

namespace weir::store {
namespace {

constexpr SqliteOptions kQuiet{.look_every = std::chrono::milliseconds(0)};

base::Status put(Store& store, std::string_view key) {
  return write(store, [&](Transaction& t) { return t.put(key, "1"); });
}

// Another process that opens the store when told to, writes one key, and closes. It is forked before this
// process opens the file, for SQLite may not be carried over a fork.
class OtherWriter {
 public:
  OtherWriter(const std::string& path, const char* key) {
    if (::pipe(ends_) != 0) return;
    child_ = ::fork();
    if (child_ != 0) return;
    char start = 0;
    if (::read(ends_[0], &start, 1) != 1) _exit(2);
    bool written = false;
    {
      auto store = SqliteStore::open(path, kQuiet);
      written = store.ok() && put(**store, key).ok();
    }
    _exit(written ? 0 : 1);
  }
  ~OtherWriter() {
    ::close(ends_[0]);
    ::close(ends_[1]);
  }
  OtherWriter(const OtherWriter&) = delete;
  OtherWriter& operator=(const OtherWriter&) = delete;

  bool run() {
    int status = 1;
    return ::write(ends_[1], "s", 1) == 1 && ::waitpid(child_, &status, 0) == child_ && status == 0;
  }

 private:
  int ends_[2] = {-1, -1};
  pid_t child_ = -1;
};

TEST(SqliteProcesses, WhoClosesDoesNotTakeTheLogFromWhoStays) {
  TestDirectory directory;
  auto path = directory.file("two.db");
  OtherWriter first(path, "first"), second(path, "second");
  auto store = SqliteStore::open(path, kQuiet).value();
  std::vector<std::string> heard;
  store->watch("", [&](std::span<const Change> changes) {
    for (const auto& change : changes) heard.push_back(change.key);
  });
  for (auto* other : {&first, &second}) {
    { auto one = store->begin(Mode::read).value(), another = store->begin(Mode::read).value(); }  // more connections
    ASSERT_TRUE(other->run());
    ASSERT_TRUE(store->refresh().ok());
    ASSERT_TRUE(put(*store, "own" + std::to_string(heard.size())).ok());
  }
  EXPECT_EQ(heard, (std::vector<std::string>{"first", "own1", "second", "own3"}));
  auto afterwards = SqliteStore::open(path, kQuiet).value();
  auto reader = afterwards->begin(Mode::read).value();
  for (const auto& key : heard) EXPECT_TRUE(reader->get(key).value()) << key << " is lost";
}

}  // namespace
}  // namespace weir::store
