// The watchers of one store and the telling of them, shared by the adapters.
//
// Threads: add() from any thread. tell() and reset() are called by one thread at a time, in commit
// order (the adapter serialises them). Inside a watcher, Watchers::telling() is true on its thread:
// adapters then refuse to begin a write, which would wait for itself.
#pragma once
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "store/store.h"

namespace weir::store {

class Watchers {
 public:
  void add(std::string prefix, Watcher watcher);
  // One commit, its keys in order.
  void tell(std::span<const Change> commit) const;
  // Tells every watcher to forget its prefix and hands it what `load` finds under it.
  base::Status reset(const std::function<base::Result<std::vector<Entry>>(const Range&)>& load) const;

  static bool telling();
  // What an adapter answers to a write begun inside a watcher.
  static base::Error refusal();

 private:
  struct Watch {
    std::string prefix;
    Watcher watcher;
  };
  using List = std::vector<Watch>;

  std::shared_ptr<const List> list() const;

  mutable std::mutex mutex_;
  std::shared_ptr<const List> list_ = std::make_shared<List>();
};

}  // namespace weir::store
