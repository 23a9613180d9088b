// A web identity token: a JWT (RFC 7519) in a compact JWS (RFC 7515), verified by RFC 8725's advice.
//
// Invariants:
//  1. Keys come from the expected issuer's key set and from nowhere else: jwk, jku, x5u and x5c are not read.
//  2. The header chooses among listed algorithms, and the key must be of that kind: no "none", nothing symmetric.
//  3. Each claim that is given back was under the signature, and has one value in every reader's eyes.
//
// Threads: pure functions.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "base/result.h"
#include "identity/oidc/jwks.h"
#include "identity/oidc/session_claims.h"

namespace weir::identity::oidc {

inline constexpr size_t kTokenMax = 20'000;  // characters (botocore: WebIdentityToken)

struct Expectation {
  std::string issuer;                  // with its https://, exactly as the provider writes it
  std::vector<std::string> audiences;  // the provider's ClientIDList
  const KeySet& keys;
  base::Instant now;
  base::Seconds skew = std::chrono::minutes(5);
  std::vector<Algorithm> algorithms{Algorithm::rs256, Algorithm::rs384, Algorithm::rs512,
                                    Algorithm::es256, Algorithm::es384, Algorithm::es512};
};

struct Claims {
  std::string issuer;
  std::string subject;
  std::string audience;                // azp when there is one, else aud: the condition key <issuer>:aud
  std::vector<std::string> audiences;  // aud; <issuer>:oaud
  std::vector<std::string> methods;    // amr
  base::Instant issued;
  base::Instant expires;
  SessionClaims session;
  base::Json all;  // for condition keys of further claims
};

// What must be known before a token can be verified: whose it says it is, and with which key. Proves nothing.
struct Address {
  std::string issuer;
  std::optional<std::string> kid;
  Algorithm algorithm;
};
base::Result<Address> read_address(std::string_view token);

// Errors: faults.h.
base::Result<Claims> verify(std::string_view token, const Expectation& expected);

}  // namespace weir::identity::oidc
