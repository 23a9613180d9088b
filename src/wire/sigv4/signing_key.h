// The key that signs for one day, region and service, and the cache that spares deriving it.
#pragma once
#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "base/secret.h"
#include "wire/sigv4/authorization.h"

namespace weir::wire {

// Wiped when it goes.
class SigningKey {
 public:
  SigningKey() = default;
  explicit SigningKey(std::string_view bytes32);
  SigningKey(const SigningKey&) = default;
  SigningKey& operator=(const SigningKey&) = default;
  ~SigningKey();
  std::string_view reveal() const { return {bytes_.data(), bytes_.size()}; }

 private:
  std::array<char, 32> bytes_{};
};

SigningKey derive_signing_key(const base::Secret& secret, const CredentialScope& scope);

// 64 lower-case hex digits: the signature of a string to sign, of a chunk, or of a POST policy.
std::string sign_text(const SigningKey& key, std::string_view string_to_sign);

// The keys most recently used. Thread-safe: one lock per shard, derivation happens outside it.
//  1. A key is returned only for the very secret it was derived from (kept beside it), so a
//     rotated secret never meets an old key.
//  2. Holds at most about `entries_max` keys; the least recently used go first, yesterday's with them.
//  3. Never remembers whether a signature was valid.
class SigningKeyCache {
 public:
  explicit SigningKeyCache(size_t entries_max = 10'000);
  ~SigningKeyCache();
  SigningKeyCache(const SigningKeyCache&) = delete;
  SigningKeyCache& operator=(const SigningKeyCache&) = delete;

  SigningKey get(std::string_view access_key_id, const base::Secret& secret, const CredentialScope& scope);
  // Drops every key of a deleted or rotated access key.
  void forget(std::string_view access_key_id);
  size_t size() const;

 private:
  struct Shard;
  Shard& shard_of(std::string_view access_key_id) const;
  std::unique_ptr<Shard[]> shards_;
  size_t shard_max_;
};

}  // namespace weir::wire
