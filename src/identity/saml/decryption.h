// Opens an EncryptedAssertion with the provider's private keys.
//
// Only AES in Galois/Counter mode under RSA-OAEP is opened: CBC and PKCS #1 v1.5 answer an attacker who sends
// variations, and every failure past the shape has one and the same text. What comes out is a document of its
// own and proves nothing: anybody may encrypt for us. The rules on signatures hold for it as for plain ones.
//
//   EncryptedAssertion = EncryptedData(EncryptionMethod KeyInfo(EncryptedKey) CipherData) [EncryptedKey]
//
// The EncryptedKey stands inside KeyInfo or beside EncryptedData; there is exactly one of it.
//
// Threads: a free function.
#pragma once
#include <span>

#include "base/result.h"
#include "identity/saml/signing_key.h"
#include "identity/saml/xml.h"

namespace weir::identity::saml {

base::Result<Document> decrypted(Element encrypted_assertion, std::span<const DecryptionKey> keys);

}  // namespace weir::identity::saml
