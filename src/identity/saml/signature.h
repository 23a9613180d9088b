// Verifies the signature of a Response or an Assertion, and gives back what was signed.
//
// INVARIANT: the document that comes out was parsed from the very octets whose digest was signed. Who reads
// claims from it, and only from it, cannot be shown one thing and vouched for another.
//
// Keys are those of the metadata and no others; one good signature by any of them (of the right family) is
// enough, which is how a provider rolls its key over. Refusals: invalid_signature.
//
// Threads: free functions; a document is used by one thread.
#pragma once
#include <span>

#include "base/result.h"
#include "identity/saml/signing_key.h"
#include "identity/saml/xml.h"

namespace weir::identity::saml {

bool is_signed(Element element);
base::Result<Document> verified(const Document& document, Element element, std::span<const SigningKey> keys);

}  // namespace weir::identity::saml
