#include "catalog/table_cache.h"

#include <array>
#include <list>
#include <mutex>
#include <unordered_map>

#include "base/text.h"
#include "catalog/catalog_keys.h"

namespace weir::catalog {

using TablePtr = std::shared_ptr<const Table>;

// One share of the cache under one lock, the least recently used going first.
class TableCache::Shelf {
 public:
  TablePtr find(std::string_view key) {
    std::lock_guard lock(mutex_);
    auto found = index_.find(key);
    if (found == index_.end()) return ++misses_, nullptr;
    ++hits_;
    order_.splice(order_.begin(), order_, found->second);
    return found->second->table;
  }

  uint64_t generation() const {
    std::lock_guard lock(mutex_);
    return generation_;
  }

  // Kept only when nothing changed since `generation` was asked for, before the load began.
  void keep(const std::string& key, TablePtr table, size_t bytes, uint64_t generation, size_t bytes_max) {
    std::lock_guard lock(mutex_);
    if (generation != generation_ || bytes > bytes_max) return;
    drop(key);
    order_.push_front({key, std::move(table), bytes});
    index_.emplace(order_.front().key, order_.begin());
    bytes_ += bytes;
    while (bytes_ > bytes_max) drop(std::string(order_.back().key));
  }

  void changed(std::string_view key) {
    std::lock_guard lock(mutex_);
    ++generation_;
    drop(key);
  }

  void clear() {
    std::lock_guard lock(mutex_);
    ++generation_;
    index_.clear();
    order_.clear();
    bytes_ = 0;
  }

  void count(Counts& into) const {
    std::lock_guard lock(mutex_);
    into.hits += hits_;
    into.misses += misses_;
    into.tables += order_.size();
    into.bytes += bytes_;
  }

 private:
  struct Kept {
    std::string key;
    TablePtr table;
    size_t bytes;
  };
  using Order = std::list<Kept>;

  void drop(std::string_view key) {
    auto found = index_.find(key);
    if (found == index_.end()) return;
    auto at = found->second;
    bytes_ -= at->bytes;
    index_.erase(found);
    order_.erase(at);
  }

  mutable std::mutex mutex_;
  Order order_;
  std::unordered_map<std::string, Order::iterator, base::TextHash, std::equal_to<>> index_;
  size_t bytes_ = 0, hits_ = 0, misses_ = 0;
  uint64_t generation_ = 0;
};

struct TableCache::Shelves {
  std::array<Shelf, 16> shelves;
  size_t bytes_max_each = 0;

  Shelf& of(std::string_view key) { return shelves[base::TextHash{}(key) % shelves.size()]; }
  void hear(std::span<const store::Change> changes) {
    for (auto& change : changes) {
      if (change.reset) {
        for (auto& shelf : shelves) shelf.clear();
      } else {
        of(change.key).changed(change.key);
      }
    }
  }
};

namespace {
// A decoded table takes more memory than its text.
constexpr size_t kMemoryPerByte = 3;
}  // namespace

TableCache::TableCache(store::Store& store, size_t bytes_max) : store_(store), shelves_(std::make_shared<Shelves>()) {
  shelves_->bytes_max_each = bytes_max / shelves_->shelves.size();
  std::weak_ptr<Shelves> heard_by = shelves_;
  store.watch(all_tables_key(), [heard_by](std::span<const store::Change> changes) {
    if (auto shelves = heard_by.lock()) shelves->hear(changes);
  });
}

base::Result<TablePtr> TableCache::find(std::string_view catalog, std::string_view database, std::string_view name) {
  auto key = table_key(catalog, database, name);
  auto& shelf = shelves_->of(key);
  if (auto table = shelf.find(key)) return table;
  auto generation = shelf.generation();
  WEIR_TRY(auto transaction, store_.begin(store::Mode::read));
  WEIR_TRY(auto text, transaction->get(key));
  if (!text) return TablePtr();
  WEIR_TRY(auto decoded, base::decode_record<Table>(*text));
  auto table = std::make_shared<const Table>(std::move(decoded));
  shelf.keep(key, table, text->size() * kMemoryPerByte, generation, shelves_->bytes_max_each);
  return table;
}

TableCache::Counts TableCache::counts() const {
  Counts out;
  for (auto& shelf : shelves_->shelves) shelf.count(out);
  return out;
}

}  // namespace weir::catalog
