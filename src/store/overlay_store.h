// A Store over another: reads show the other's data under what was written here; commits stay here.
//
// So a use case can be carried out to the end, and what it would have changed looked at, without a change.
// The data underneath is that of one moment, the one of over(), however long the overlay lives.
//
// Invariants:
//  1. Nothing is ever written to the store underneath: it is asked for one read transaction and nothing else.
//  2. changes() holds exactly the keys whose value differs from the moment underneath.
//
// Threads: any; reads underneath take turns.
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "store/store.h"
#include "store/watchers.h"

namespace weir::store {

class OverlayStore final : public Store {
 public:
  // `beneath` outlives the overlay.
  static base::Result<std::unique_ptr<OverlayStore>> over(Store& beneath);

  base::Result<std::unique_ptr<Transaction>> begin(Mode mode) override;
  void watch(std::string prefix, Watcher watcher) override;
  base::Status refresh() override { return {}; }  // the moment stays

  // What the commits so far come to, by key.
  base::Result<std::vector<Change>> changes();
  // The moment underneath, as a read transaction of its own.
  std::unique_ptr<Transaction> before();

 private:
  friend class OverlayTransaction;
  using Written = std::map<std::string, std::optional<std::string>, std::less<>>;
  using WrittenPtr = std::shared_ptr<const Written>;

  explicit OverlayStore(std::unique_ptr<Transaction> moment) : moment_(std::move(moment)) {}
  WrittenPtr written() const;
  base::Status commit(const WrittenPtr& seen, const Written& own);

  base::Result<std::optional<std::string>> get_beneath(std::string_view key);
  base::Result<std::vector<Entry>> scan_beneath(const Range& range, size_t limit, bool reverse);

  std::mutex moment_mutex_;  // guards moment_, which is for one thread at a time
  std::unique_ptr<Transaction> moment_;
  std::mutex commit_mutex_;                                 // one commit at a time, its watchers included
  mutable std::mutex written_mutex_;                        // guards written_
  WrittenPtr written_ = std::make_shared<const Written>();  // replaced whole, so that a reader keeps its moment
  Watchers watchers_;
};

}  // namespace weir::store
