// A samlp:Response as AssumeRoleWithSAML and AssumeDecoratedRoleWithSAML receive it: verified, or refused.
//
// Invariants:
//  1. The Assertion is signed by a key of the expected provider's metadata, itself or with the Response around
//     it; every signature that is there must hold. Nothing in the message chooses a key.
//  2. Each value of the result was read from the octets that were signed (signature.h), never from the message.
//  3. There is one Assertion in the whole document and at most one signature on it and on the Response; an
//     encrypted one is held to the same rules once it is open.
//  4. What is read outside the signature (Status, Destination, Issuer of an unsigned Response) can only refuse.
//
// Replay is not decided here: replay.h. Whether the role trusts the provider is the caller's to ask.
//
// Threads: a pure function.
#pragma once
#include <string_view>

#include "base/result.h"
#include "identity/saml/assertion.h"
#include "identity/saml/expectation.h"

namespace weir::identity::saml {

inline constexpr size_t kResponseMax = 100'000;  // characters of base64 (botocore: SAMLAssertion)

// `base64` may be broken into lines. Errors: faults.h.
base::Result<Assertion> verify(std::string_view base64, const Expectation& expected);

}  // namespace weir::identity::saml
