// A public key that an administrator's metadata vouches for, taken out of its certificate.
//
// The certificate's own dates and issuer mean nothing here: SAML treats it as the envelope of a bare key.
// Keys below RSA 2048 and curves other than P-256, P-384 and P-521 are refused when they are read.
//
// Threads: an immutable value; copies share the key.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"

struct evp_pkey_st;

namespace weir::identity::saml {

enum class KeyFamily { rsa, ec };

class SigningKey {
 public:
  // The text of an X509Certificate element: base64 of DER, white space anywhere.
  static base::Result<SigningKey> from_certificate(std::string_view text);

  KeyFamily family() const { return family_; }
  evp_pkey_st* get() const { return key_.get(); }
  // SHA-256 of the certificate, for logs.
  const std::string& fingerprint() const { return fingerprint_; }

 private:
  std::shared_ptr<evp_pkey_st> key_;
  KeyFamily family_ = KeyFamily::rsa;
  std::string fingerprint_;
};

// What IAM keeps for a provider whose assertions come encrypted: an RSA key, 2048 bits or more.
class DecryptionKey {
 public:
  static base::Result<DecryptionKey> from_pem(const base::Secret& pem);
  evp_pkey_st* get() const { return key_.get(); }

 private:
  std::shared_ptr<evp_pkey_st> key_;
};

}  // namespace weir::identity::saml
