// A Store in memory, for tests and throw-away servers. Several versions of each value are kept while
// a transaction may still look at them.
//
// Writers are optimistic: commit() fails with Kind::concurrent when a key read or a range scanned has
// changed since begin(). Blind writes never conflict.
//
// Faults for tests: the nth operation (get, get_many, scan, put, erase) or the nth commit from now
// fails with the error given; a failed commit leaves nothing.
#pragma once
#include <map>
#include <mutex>
#include <set>
#include <shared_mutex>

#include "store/store.h"
#include "store/watchers.h"

namespace weir::store {

class MemoryStore final : public Store {
 public:
  base::Result<std::unique_ptr<Transaction>> begin(Mode mode) override;
  void watch(std::string prefix, Watcher watcher) override;
  base::Status refresh() override { return {}; }

  // `nth` counts from 1 (the next one).
  void fail_operation(int nth, base::Error error);
  void fail_commit(int nth, base::Error error);

 private:
  friend class MemoryTransaction;

  struct Version {
    uint64_t at;
    std::optional<std::string> value;
  };
  using Versions = std::vector<Version>;  // oldest first, never empty
  using Data = std::map<std::string, Versions, std::less<>>;
  using Changes = std::map<std::string, std::optional<std::string>, std::less<>>;

  struct Fault {
    int in = 0;  // 0: none planned
    base::Error error;
    base::Status count();
  };

  uint64_t open_snapshot();
  void close_snapshot(uint64_t at);
  base::Status meet_operation_fault();
  base::Status meet_commit_fault();
  // INVARIANT: data_mutex_ held for the ones below; exclusively for those that change.
  static const std::string* visible(const Versions& versions, uint64_t at);
  bool changed_since(const std::vector<Range>& read, uint64_t at) const;
  void apply(const Changes& changes);
  void drop_old(Data::iterator entry);

  std::mutex commit_mutex_;  // one commit at a time, its watchers included
  mutable std::shared_mutex data_mutex_;
  Data data_;
  uint64_t now_ = 0;
  std::multiset<uint64_t> snapshots_;        // of open transactions
  std::set<std::string, std::less<>> kept_;  // keys with versions that only open transactions need
  std::mutex fault_mutex_;
  Fault operation_fault_, commit_fault_;
  Watchers watchers_;
};

}  // namespace weir::store
