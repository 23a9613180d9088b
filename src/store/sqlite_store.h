// The embedded Store: one SQLite file in WAL mode, synchronous=FULL. See docs/store.md.
//
// Reads run beside each other and beside the writer, each on a pooled connection. Writers take turns
// and share fsyncs (group_writer.h). Several processes may open the same file; they hear of each
// other's commits through its change log, looked at every `look_every` and on refresh().
#pragma once
#include <chrono>
#include <memory>
#include <string>

#include "store/store.h"

namespace weir::store {

struct SqliteOptions {
  std::chrono::milliseconds busy_timeout{5000};  // for another process's write lock
  std::chrono::milliseconds turn_wait{30000};    // for this process's other writers
  std::chrono::milliseconds look_every{250};     // zero: only on refresh()
  int64_t kept_commits = 4096;                   // how far back another process may catch up
};

class SqliteStore final : public Store {
 public:
  static base::Result<std::unique_ptr<Store>> open(const std::string& path, SqliteOptions options = {});
  ~SqliteStore() override;  // every transaction must be over

  base::Result<std::unique_ptr<Transaction>> begin(Mode mode) override;
  void watch(std::string prefix, Watcher watcher) override;
  base::Status refresh() override;

 private:
  struct Parts;
  explicit SqliteStore(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace weir::store
