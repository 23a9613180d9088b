// Decoded tables, so that a table read often is not parsed again.
//
// Invariants:
//  1. After a commit of this process returned, or refresh() told another's, no older table is answered:
//     the store's watcher drops what changed, and a load that a change overtook is not kept.
//  2. What is kept, by the size of its record, stays below the bound.
//
// Threads: any. The store must outlive the cache's users; the cache may go before the store.
#pragma once
#include <memory>

#include "catalog/table.h"
#include "store/store.h"

namespace weir::catalog {

class TableCache {
 public:
  static constexpr size_t kBytesMax = size_t{64} << 20;

  explicit TableCache(store::Store& store, size_t bytes_max = kBytesMax);

  // The table as committed last, or null. Read in a transaction of its own: a use case that also
  // writes reads through its own transaction instead.
  base::Result<std::shared_ptr<const Table>> find(std::string_view catalog, std::string_view database,
                                                  std::string_view name);

  struct Counts {
    size_t hits = 0, misses = 0, tables = 0, bytes = 0;
  };
  Counts counts() const;

 private:
  class Shelf;
  struct Shelves;
  store::Store& store_;
  std::shared_ptr<Shelves> shelves_;  // shared with the store's watcher
};

}  // namespace weir::catalog
