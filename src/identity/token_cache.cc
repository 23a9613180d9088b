#include "identity/token_cache.h"

#include "base/secret.h"

namespace weir::identity {

TokenCache::TokenCache(size_t capacity, base::Seconds ttl)
    : shard_capacity_((capacity + kShards - 1) / kShards), ttl_(ttl) {}

TokenCache::Shard& TokenCache::shard_of(std::string_view access_key_id) {
  return shards_[base::TextHash{}(access_key_id) % kShards];
}

void TokenCache::Shard::drop(Entries::iterator entry) {
  by_key.erase(entry->access_key_id);
  recent.erase(entry);
}

std::shared_ptr<const VerifiedSession> TokenCache::find(std::string_view access_key_id, std::string_view token,
                                                        base::Instant now) {
  auto& shard = shard_of(access_key_id);
  std::lock_guard lock(shard.mutex);
  auto found = shard.by_key.find(access_key_id);
  if (found == shard.by_key.end()) return nullptr;
  auto entry = found->second;
  if (now >= entry->until) return shard.drop(entry), nullptr;
  if (!base::same_bytes(entry->token, token)) return nullptr;
  shard.recent.splice(shard.recent.begin(), shard.recent, entry);
  return entry->session;
}

void TokenCache::put(std::string_view token, std::shared_ptr<const VerifiedSession> session, base::Instant now) {
  auto& key = session->session().access_key_id;
  auto& shard = shard_of(key);
  std::lock_guard lock(shard.mutex);
  if (auto found = shard.by_key.find(key); found != shard.by_key.end()) shard.drop(found->second);
  if (shard_capacity_ == 0) return;
  while (shard.recent.size() >= shard_capacity_) shard.drop(std::prev(shard.recent.end()));
  std::string id = key;
  shard.recent.push_front({std::move(id), std::string(token), std::move(session), now + ttl_});
  shard.by_key.emplace(shard.recent.front().access_key_id, shard.recent.begin());
}

void TokenCache::clear() {
  for (auto& shard : shards_) {
    std::lock_guard lock(shard.mutex);
    shard.by_key.clear();
    shard.recent.clear();
  }
}

size_t TokenCache::size() const {
  size_t n = 0;
  for (auto& shard : shards_) {
    std::lock_guard lock(shard.mutex);
    n += shard.recent.size();
  }
  return n;
}

}  // namespace weir::identity
