#include "backends/filesystem/entry_cache.h"

namespace weir::backends {
namespace {

constexpr size_t kOverhead = 512;  // the record, its strings and the list node, roughly

size_t weight(std::string_view key, const StoredObject& entry) {
  return kOverhead + 2 * key.size() + entry.body.bytes.size() + entry.body.extents.size() * sizeof(Extent) * 2;
}

}  // namespace

StoredObjectPtr EntryCache::find(std::string_view object_key) {
  auto& shard = shard_of(object_key);
  std::lock_guard lock(shard.mutex);
  auto found = shard.by_key.find(object_key);
  if (found == shard.by_key.end()) return nullptr;
  shard.items.splice(shard.items.begin(), shard.items, found->second);
  return found->second->entry;
}

EntryCache::Mark EntryCache::mark(std::string_view object_key) {
  auto& shard = shard_of(object_key);
  std::lock_guard lock(shard.mutex);
  return shard.forgotten;
}

void EntryCache::keep(std::string_view object_key, StoredObjectPtr entry, Mark mark) {
  auto bytes = weight(object_key, *entry);
  auto& shard = shard_of(object_key);
  std::lock_guard lock(shard.mutex);
  if (shard.forgotten != mark || bytes > shard_bytes_max_) return;
  if (auto found = shard.by_key.find(object_key); found != shard.by_key.end()) shard.drop(found->second);
  shard.items.push_front({std::string(object_key), std::move(entry), bytes});
  shard.by_key.emplace(shard.items.front().key, shard.items.begin());
  shard.bytes += bytes;
  while (shard.bytes > shard_bytes_max_) shard.drop(std::prev(shard.items.end()));
}

void EntryCache::forget(std::string_view object_key) {
  auto& shard = shard_of(object_key);
  std::lock_guard lock(shard.mutex);
  ++shard.forgotten;
  if (auto found = shard.by_key.find(object_key); found != shard.by_key.end()) shard.drop(found->second);
}

void EntryCache::Shard::drop(Items::iterator item) {
  bytes -= item->bytes;
  by_key.erase(item->key);
  items.erase(item);
}

}  // namespace weir::backends
