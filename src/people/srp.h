// The Secure Remote Password protocol (SRP-6a, RFC 5054 with its 3072-bit group) in the form that Cognito's clients
// speak: whoever signs in proves to know the password, and nobody on the way, nor this server, learns it.
//
//   k = H(N | g)    x = H(salt | H(pool name | user | ":" | password))    v = g^x
//   A = g^a    B = kv + g^b    u = H(A | B)    S = (A v^u)^b
//   key = HKDF-SHA256(S, salt u, "Caldera Derived Key"), 16 bytes
//   claim = HMAC-SHA256(key, pool name | user | secret block | timestamp)
//
// where numbers are hashed as their bytes, with a zero byte before a first bit that is set.
//
// Invariants:
//  1. An A that is a multiple of N is refused: it would fix S whatever the password is.
//  2. Exponents and verifiers are used in constant time.
//
// Threads: values and pure functions.
#pragma once
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "base/secret.h"

namespace weir::people {

inline constexpr size_t kSrpSaltBytes = 16;
inline constexpr size_t kSrpSecretBlockBytesMax = 4096;

// Whom a proof is about.
struct SrpIdentity {
  std::string pool_name;  // what stands behind the _ of the pool's id
  std::string user;       // USER_ID_FOR_SRP
};

// The salt of these bytes, in hexadecimal digits. Without zero bytes in front: some clients read it as a number and lose
// them, others keep what they were sent.
base::Result<std::string> srp_salt(std::string_view bytes);

// The verifier v, in hexadecimal digits. `salt`: hexadecimal digits, too.
base::Result<base::Secret> srp_verifier(const SrpIdentity& who, std::string_view salt, const base::Secret& password);

// The server's half of an exchange: b, and B for the client. Digits.
struct SrpOffer {
  base::Secret secret;
  std::string offered;
};
base::Result<SrpOffer> srp_offer(const base::Secret& verifier, base::Randomness& randomness);

// Kind::invalid about "srp" for what is no number of the group, and for multiples of N.
base::Status check_srp_public(std::string_view digits);

struct SrpClaim {
  std::string client_public;  // A
  std::string secret_block;   // base64, as it was sent
  std::string timestamp;      // as the client wrote it
  std::string signature;      // base64
};
// Whether the claim was made by somebody who knows the password behind the verifier.
base::Result<bool> srp_holds(const SrpIdentity& who, const base::Secret& verifier, const SrpOffer& offer,
                             const SrpClaim& claim);

// "Sun Nov 22 01:02:03 UTC 2026", the day without a zero before it. Kind::invalid about "srp" for anything else.
base::Result<base::Instant> read_srp_timestamp(std::string_view text);

}  // namespace weir::people
