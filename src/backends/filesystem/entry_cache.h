// Index entries of objects that were read lately, small bodies included, within a bound of bytes.
//
// Invariant: an entry found here was current at some moment after the last commit that was told to
// forget() its key. A reader of the index takes a mark first and hands its entry in with that mark; if
// the key (or a neighbour) was forgotten in between, the entry is not kept.
//
// Threads: any; 16 shards, each its own lock.
#pragma once
#include <array>
#include <list>
#include <mutex>
#include <unordered_map>

#include "backends/filesystem/records.h"
#include "base/text.h"

namespace weir::backends {

class EntryCache {
 public:
  using Mark = uint64_t;
  explicit EntryCache(size_t bytes_max) : shard_bytes_max_(bytes_max / kShards) {}

  StoredObjectPtr find(std::string_view object_key);
  Mark mark(std::string_view object_key);
  void keep(std::string_view object_key, StoredObjectPtr entry, Mark mark);
  void forget(std::string_view object_key);

 private:
  static constexpr size_t kShards = 16;
  struct Item {
    std::string key;
    StoredObjectPtr entry;
    size_t bytes;
  };
  using Items = std::list<Item>;
  struct Shard {
    std::mutex mutex;
    Items items;                                                   // the last used first
    std::unordered_map<std::string_view, Items::iterator> by_key;  // views into items
    size_t bytes = 0;
    Mark forgotten = 0;
    void drop(Items::iterator item);
  };
  Shard& shard_of(std::string_view key) { return shards_[(base::TextHash{}(key) >> 20) % kShards]; }

  const size_t shard_bytes_max_;
  std::array<Shard, kShards> shards_;
};

}  // namespace weir::backends
