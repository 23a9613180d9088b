// An ordered key space with serializable transactions: all that Weir knows about persistence.
//
// Keys are byte strings compared bytewise (build them with store/key.h, whose tuples keep their
// order); values are versioned JSON text or, for small objects, bytes. About ten functions, no SQL
// above this line. Adapters: memory_store.h (tests; injects faults) and sqlite_store.h (the embedded
// default). All pass store/contract.h.
//
// Invariants every adapter keeps:
//  1. What commit() acknowledged survives kill -9 at any instant; a failed commit left nothing.
//  2. Transactions are serializable. A writer that lost a race gets Kind::concurrent from commit().
//  3. A read transaction sees one moment; a write transaction sees its own writes.
//  4. Watchers hear of a commit after it is durable and before commit() returns, in commit order.
//
// Threads: a Store may be used from any thread; a Transaction belongs to one thread at a time.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace weir::store {

struct Entry {
  std::string key;
  std::string value;
  bool operator==(const Entry&) const = default;
};

// One key of a committed write set; no value means erased.
struct Change {
  std::string key;
  std::optional<std::string> value;
  // Too much was missed to tell what was erased: forget all that is under the watched prefix (`key`
  // repeats it, `value` is empty). Everything that is there follows in the same call.
  bool reset = false;
};

// Half open: first <= key < last. An empty `last` means to the end.
struct Range {
  std::string first;
  std::string last;
};
// All keys that start with `prefix`.
Range prefix_range(std::string_view prefix);

enum class Mode { read, write };

class Transaction {
 public:
  virtual ~Transaction() = default;  // without commit(): rolled back
  virtual base::Result<std::optional<std::string>> get(std::string_view key) = 0;
  // Answers in the order asked; absent keys are empty optionals.
  virtual base::Result<std::vector<std::optional<std::string>>> get_many(std::span<const std::string> keys) = 0;
  // Up to `limit` entries of the range, from its low end or, `reverse`, from its high end.
  virtual base::Result<std::vector<Entry>> scan(const Range& range, size_t limit, bool reverse = false) = 0;
  virtual base::Status put(std::string_view key, std::string_view value) = 0;
  virtual base::Status erase(std::string_view key) = 0;
  // Durable when it returns ok. The transaction is over either way.
  virtual base::Status commit() = 0;
};

using Watcher = std::function<void(std::span<const Change>)>;

class Store {
 public:
  virtual ~Store() = default;
  virtual base::Result<std::unique_ptr<Transaction>> begin(Mode mode) = 0;
  // Calls `watcher` with the changes under `prefix` of every commit from now on, in this process and
  // (within the adapter's bound) in others. Watch before the first load, then nothing is missed.
  // A watcher may read; it must not write or refresh (it is refused), and must not throw.
  virtual void watch(std::string prefix, Watcher watcher) = 0;
  // Hears of other processes' commits now rather than at the adapter's next look. Cheap when there are none.
  virtual base::Status refresh() = 0;
};

// Runs `body` in a write transaction and commits; starts again (up to 16 times) when commit() lost a race.
base::Status write(Store& store, const std::function<base::Status(Transaction&)>& body);

}  // namespace weir::store
