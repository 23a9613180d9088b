// The one writing connection of a SQLite store, with group commit.
//
// Writers take turns. A turn is one savepoint inside an open SQLite transaction, the group; a writer
// that ends its turn while others queue leaves the group open for them and waits, the last of the
// queue commits for all: one fsync, whose result every member returns.
//
// Invariants:
//  1. commit_turn() returns ok only after the group's COMMIT is durable and its commits are told.
//  2. Whoever ends a turn with nobody waiting commits the group, so no member waits for ever.
//  3. A member's change log row is in the same SQLite transaction as its writes.
//
// Threads: any; one Turn at a time, the others wait in begin_turn().
#pragma once
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>

#include "store/change_feed.h"

namespace weir::store {

struct GroupLimits {
  std::chrono::milliseconds turn_wait{30000};  // then begin_turn() gives up: half of what AWS clients wait for
  std::chrono::milliseconds age_max{5};        // an older group commits before the next turn
  size_t members_max = 256;
  int64_t kept_commits = 4096;  // length of the change log
};

class GroupWriter {
 public:
  GroupWriter(std::unique_ptr<SqliteConnection> connection, ChangeFeed& feed, GroupLimits limits)
      : connection_(std::move(connection)), feed_(feed), limits_(limits) {}
  ~GroupWriter();

  // On success the caller has the turn and must end it with one of the two below.
  base::Status begin_turn();
  base::Status commit_turn(const WriteSet& changes);
  void abandon_turn();
  // Valid during the caller's turn.
  SqliteConnection& connection() { return *connection_; }

 private:
  struct Group {
    std::vector<Commit> commits;
    size_t members = 0;
    std::chrono::steady_clock::time_point opened = std::chrono::steady_clock::now();
    bool done = false;
    base::Status result;
    std::condition_variable ended;
  };
  using Lock = std::unique_lock<std::mutex>;

  base::Status take_turn(Lock& lock);
  void wait_for_company(Lock& lock);
  void end_turn();
  // INVARIANT: the caller has the turn for the ones below.
  base::Status open_group();
  base::Status open_savepoint();
  base::Status log_and_release(const WriteSet& changes);
  void undo_savepoint();
  void close_group();
  base::Status commit_group();
  base::Status trim_log();
  void finish_group(base::Status result);

  std::unique_ptr<SqliteConnection> connection_;
  ChangeFeed& feed_;
  const GroupLimits limits_;

  std::mutex mutex_;
  std::condition_variable turn_free_;
  std::condition_variable arrival_;
  bool taken_ = false;
  size_t waiting_ = 0;

  // Touched only by who has the turn (and `done`, `result` under mutex_).
  std::shared_ptr<Group> group_;
  int64_t next_sequence_ = 0;
  int64_t trimmed_at_ = 0;
  size_t last_members_ = 0;  // of the group before, and what its COMMIT took
  std::chrono::steady_clock::duration last_cost_{};
};

}  // namespace weir::store
