// Tells the watchers of every commit once and in commit order, whether this process made it or the
// change log brought it from another.
//
// Invariants:
//  1. Commits are told in the order of their sequence numbers, none twice.
//  2. When the log no longer reaches back to what was told last, every watcher is reset.
//
// Threads: any; telling is serialised here. Watchers run with the feed held, so they may not come back.
#pragma once
#include <memory>
#include <mutex>

#include "store/change_log.h"
#include "store/sqlite_connection.h"
#include "store/watchers.h"

namespace weir::store {

struct Commit {
  int64_t sequence = 0;
  std::vector<Change> changes;
};

class ChangeFeed {
 public:
  // `lookout` is this feed's own connection.
  static base::Result<std::unique_ptr<ChangeFeed>> start(std::unique_ptr<SqliteConnection> lookout);

  Watchers& watchers() { return watchers_; }
  // A commit of this process, durable by now. Earlier ones of others are told first.
  void tell(const Commit& commit);
  // Tells what others have committed since the last look.
  base::Status refresh();

 private:
  explicit ChangeFeed(std::unique_ptr<SqliteConnection> lookout) : lookout_(std::move(lookout)) {}
  // INVARIANT: mutex_ held for the ones below.
  base::Status replay();
  base::Result<bool> replay_some();
  base::Status start_over(int64_t missed);
  base::Status tell_logged(const LoggedCommit& logged);

  std::mutex mutex_;
  std::unique_ptr<SqliteConnection> lookout_;
  int64_t told_ = 0;     // sequence of the last commit told
  int64_t version_ = 0;  // data_version of the last look
  Watchers watchers_;
};

}  // namespace weir::store
