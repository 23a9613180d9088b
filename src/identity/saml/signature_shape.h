// The one shape of ds:Signature that is looked at any further.
//
//   Signature = SignedInfo SignatureValue [KeyInfo]
//   SignedInfo = CanonicalizationMethod(exclusive) SignatureMethod(listed) Reference
//   Reference(URI="#ID of the parent") = Transforms(enveloped, exclusive) DigestMethod(SHA-2) DigestValue
//
// No XPath, XSLT, base64 or further transform, no HMAC, no SHA-1, no Object or Manifest, no second Reference:
// each of them has been the way around some SAML library. KeyInfo may be there and is never read.
//
// Threads: free functions.
#pragma once
#include "base/result.h"
#include "identity/saml/signing_key.h"
#include "identity/saml/xml.h"

namespace weir::identity::saml {

// `signature` is inside `parent`, which has an ID. Gives the family of key that the method needs.
base::Result<KeyFamily> check_signature_shape(Element signature, Element parent);

}  // namespace weir::identity::saml
