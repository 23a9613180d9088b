#include "wire/sigv4/signing_key.h"

#include <openssl/crypto.h>

#include <list>
#include <mutex>
#include <unordered_map>

#include "base/hash.h"
#include "base/text.h"

namespace weir::wire {
namespace {

constexpr size_t kShards = 16;

// The parts cannot contain LF: the parser of Authorization sees to that.
std::string_view cache_key(std::string_view access_key_id, const CredentialScope& scope) {
  thread_local std::string key;
  key.assign(access_key_id);
  key.append("\n").append(scope.date).append("\n").append(scope.region).append("\n").append(scope.service);
  return key;
}

}  // namespace

SigningKey::SigningKey(std::string_view bytes32) {
  CHECK_TRUE(bytes32.size() == bytes_.size(), "a signing key is one HMAC-SHA256");
  bytes32.copy(bytes_.data(), bytes_.size());
}
SigningKey::~SigningKey() { OPENSSL_cleanse(bytes_.data(), bytes_.size()); }

SigningKey derive_signing_key(const base::Secret& secret, const CredentialScope& scope) {
  base::Secret seed("AWS4" + secret.reveal());
  base::Secret day(base::hmac_sha256(seed.reveal(), scope.date));
  base::Secret region(base::hmac_sha256(day.reveal(), scope.region));
  base::Secret service(base::hmac_sha256(region.reveal(), scope.service));
  base::Secret key(base::hmac_sha256(service.reveal(), "aws4_request"));
  return SigningKey(key.reveal());
}

std::string sign_text(const SigningKey& key, std::string_view string_to_sign) {
  return base::hex(base::hmac_sha256(key.reveal(), string_to_sign));
}

struct SigningKeyCache::Shard {
  struct Entry {
    std::string name;  // cache_key
    base::Secret secret;
    SigningKey key;
  };
  std::mutex mutex;
  std::list<Entry> recent;                                                   // most recently used first
  std::unordered_map<std::string_view, std::list<Entry>::iterator> by_name;  // views into `recent`

  void erase(std::list<Entry>::iterator entry) {
    by_name.erase(entry->name);
    recent.erase(entry);
  }
  // The key when it is here and belongs to this secret.
  bool find(std::string_view name, const base::Secret& secret, SigningKey& into) {
    auto found = by_name.find(name);
    if (found == by_name.end() || !base::same_bytes(found->second->secret.reveal(), secret.reveal())) return false;
    recent.splice(recent.begin(), recent, found->second);
    into = found->second->key;
    return true;
  }
  void put(Entry entry, size_t entries_max) {
    if (auto old = by_name.find(entry.name); old != by_name.end()) erase(old->second);
    recent.push_front(std::move(entry));
    by_name.emplace(recent.front().name, recent.begin());
    if (recent.size() > entries_max) erase(std::prev(recent.end()));
  }
};

SigningKeyCache::SigningKeyCache(size_t entries_max)
    : shards_(std::make_unique<Shard[]>(kShards)), shard_max_(std::max<size_t>(1, entries_max / kShards)) {}
SigningKeyCache::~SigningKeyCache() = default;

SigningKeyCache::Shard& SigningKeyCache::shard_of(std::string_view access_key_id) const {
  return shards_[std::hash<std::string_view>{}(access_key_id) % kShards];
}

SigningKey SigningKeyCache::get(std::string_view access_key_id, const base::Secret& secret,
                                const CredentialScope& scope) {
  auto& shard = shard_of(access_key_id);
  auto name = cache_key(access_key_id, scope);
  SigningKey key;
  {
    std::lock_guard lock(shard.mutex);
    if (shard.find(name, secret, key)) return key;
  }
  key = derive_signing_key(secret, scope);
  std::lock_guard lock(shard.mutex);
  shard.put({std::string(name), secret, key}, shard_max_);
  return key;
}

void SigningKeyCache::forget(std::string_view access_key_id) {
  auto& shard = shard_of(access_key_id);
  std::lock_guard lock(shard.mutex);
  for (auto entry = shard.recent.begin(); entry != shard.recent.end();) {
    auto next = std::next(entry);
    if (base::split_n(entry->name, '\n', 2)[0] == access_key_id) shard.erase(entry);
    entry = next;
  }
}

size_t SigningKeyCache::size() const {
  size_t total = 0;
  for (size_t i = 0; i < kShards; ++i) {
    std::lock_guard lock(shards_[i].mutex);
    total += shards_[i].recent.size();
  }
  return total;
}

}  // namespace weir::wire
