// Sessions whose tokens were opened a moment ago, so that the next request with the same token costs a
// look-up and a comparison instead of a decryption.
//
// The key is the access key id; the whole token is then compared in constant time, so what the cache
// answers is exactly what open_session answered for these bytes. Expiry, existence of the principal and
// everything else that may change is checked by the caller at every request, from the session it gets.
//
// Invariants:
//  1. An entry is dropped `ttl` after it was made, however often it is used.
//  2. At most `capacity` entries (rounded up to the number of shards); the least recently used go first.
//
// Threads: any; 16 shards with a lock each.
#pragma once
#include <array>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/clock.h"
#include "base/text.h"
#include "identity/verified_session.h"

namespace weir::identity {

class TokenCache {
 public:
  explicit TokenCache(size_t capacity = 65536, base::Seconds ttl = base::Seconds(60));

  std::shared_ptr<const VerifiedSession> find(std::string_view access_key_id, std::string_view token,
                                              base::Instant now);
  void put(std::string_view token, std::shared_ptr<const VerifiedSession> session, base::Instant now);
  // To be called when the key ring changes.
  void clear();
  size_t size() const;

 private:
  struct Entry {
    std::string access_key_id;
    std::string token;
    std::shared_ptr<const VerifiedSession> session;
    base::Instant until;
  };
  using Entries = std::list<Entry>;
  struct Shard {
    mutable std::mutex mutex;
    Entries recent;                                                                  // first = used last
    std::unordered_map<std::string_view, Entries::iterator, base::TextHash> by_key;  // views into `recent`
    void drop(Entries::iterator entry);
  };
  static constexpr size_t kShards = 16;
  Shard& shard_of(std::string_view access_key_id);

  const size_t shard_capacity_;
  const base::Seconds ttl_;
  std::array<Shard, kShards> shards_;
};

}  // namespace weir::identity
