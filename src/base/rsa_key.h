// A private RSA key of 2,048 bits and what it signs (RSASSA-PKCS1-v1_5, RFC 8017).
//
// Threads: a key is immutable and may sign from any number of threads.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "base/hash.h"
#include "base/result.h"
#include "base/secret.h"

struct evp_pkey_st;

namespace weir::base {

class RsaKey {
 public:
  static Result<RsaKey> make();
  static Result<RsaKey> read(const Secret& pem);

  Result<Secret> pem() const;
  // The bytes of the signature. Digest::md5 signs nothing.
  Result<std::string> sign(Digest digest, std::string_view text) const;
  // For certificates and public forms of the key.
  evp_pkey_st& handle() const { return *key_; }

 private:
  explicit RsaKey(std::shared_ptr<evp_pkey_st> key) : key_(std::move(key)) {}
  std::shared_ptr<evp_pkey_st> key_;
};

}  // namespace weir::base
