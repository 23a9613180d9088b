// A key that a pool signs its tokens with: RSA of 2048 bits, RS256 (RFC 7515, 7518), named by its kid.
//
// Threads: a TokenKey is immutable and may sign from any number of threads.
#pragma once
#include <string>

#include "base/json.h"
#include "base/record.h"
#include "base/result.h"
#include "base/rsa_key.h"
#include "base/secret.h"

namespace weir::people {

// As it is made and kept; the private key is to be sealed before it is stored.
struct TokenKeyText {
  std::string kid;
  base::Secret private_key;  // PEM
  base::Json jwk;            // the public part, RFC 7517
};
base::Result<TokenKeyText> make_token_key();

class TokenKey {
 public:
  static base::Result<TokenKey> load(std::string kid, const base::Secret& private_key);

  // The claims as a compact JWS.
  base::Result<std::string> sign(const base::Json& claims) const;

 private:
  TokenKey(std::string kid, base::RsaKey key) : kid_(std::move(kid)), key_(std::move(key)) {}
  std::string kid_;
  base::RsaKey key_;
};

}  // namespace weir::people
