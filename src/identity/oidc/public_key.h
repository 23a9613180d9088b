// One usable key of a JSON Web Key (RFC 7517): RSA of 2048 to 8192 bits, or EC on P-256, P-384 or P-521.
//
// INVARIANT: a key verifies only algorithms of its own family and curve, and only `alg` when the JWK names one.
//
// Threads: an immutable value; copies share the key, and verifying may run on any number of threads.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/result.h"
#include "identity/oidc/algorithm.h"

struct evp_pkey_st;

namespace weir::identity::oidc {

class PublicKey {
 public:
  // Refuses what is not for signatures, is weak or malformed, or tells its private part.
  static base::Result<PublicKey> from_jwk(const base::Json& jwk);

  const std::string& kid() const { return kid_; }  // may be empty
  bool suits(Algorithm algorithm) const;
  // False also for an algorithm that does not suit. ECDSA signatures are R || S, RFC 7518 section 3.4.
  bool verifies(Algorithm algorithm, std::string_view message, std::string_view signature) const;

 private:
  std::shared_ptr<evp_pkey_st> key_;
  std::optional<Curve> curve_;
  std::optional<Algorithm> only_;
  std::string kid_;
};

}  // namespace weir::identity::oidc
