// The directory that follows a store: loaded once, then changed by every commit before the commit is
// acknowledged, so whoever was told that a change is done sees it done.
//
// Threads: snapshot() from any; it is one atomic load. The store calls the watcher.
#pragma once
#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

#include "identity/directory.h"
#include "store/store.h"

namespace weir::identity {

class LiveDirectory {
 public:
  // Watches first and loads then, so nothing falls in between. The store outlives the directory's use;
  // the watcher keeps what it needs alive.
  static base::Result<std::unique_ptr<LiveDirectory>> open(store::Store& store);

  std::shared_ptr<const Directory> snapshot() const { return state_->current.load(); }

 private:
  struct State {
    std::atomic<std::shared_ptr<const Directory>> current;
    std::mutex mutex;  // one publisher at a time; guards what follows
    bool loaded = false;
    std::vector<store::Change> pending;  // heard while loading
    void hear(std::span<const store::Change> changes);
    void publish(std::shared_ptr<const Directory> loaded_directory);
  };
  explicit LiveDirectory(std::shared_ptr<State> state) : state_(std::move(state)) {}

  std::shared_ptr<State> state_;
};

// The directory of one moment.
base::Result<Directory> load_directory(store::Transaction& tx);

}  // namespace weir::identity
