#include "identity/saml/signing_key.h"

#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"

namespace weir::identity::saml {
namespace {

constexpr int kRsaBitsMin = 2048;
// Verifying costs the square of the modulus: a larger key would be a way to keep us busy.
constexpr int kRsaBitsMax = 8192;

base::Error unusable(std::string why) { return base::invalid("The certificate " + std::move(why), "certificate"); }

std::string without_space(std::string_view text) {
  std::string out;
  std::copy_if(text.begin(), text.end(), std::back_inserter(out),
               [](char c) { return c != ' ' && c != '\t' && c != '\r' && c != '\n'; });
  return out;
}

bool is_strong_rsa(const EVP_PKEY* key) {
  int bits = EVP_PKEY_get_bits(key);
  return EVP_PKEY_is_a(key, "RSA") && bits >= kRsaBitsMin && bits <= kRsaBitsMax;
}

bool is_known_curve(const EVP_PKEY* key) {
  char group[64] = {};
  if (!EVP_PKEY_is_a(key, "EC") || EVP_PKEY_get_group_name(key, group, sizeof group, nullptr) != 1) return false;
  std::string_view name(group);
  return name == "prime256v1" || name == "secp384r1" || name == "secp521r1";
}

std::shared_ptr<EVP_PKEY> owned(EVP_PKEY* key) { return {key, EVP_PKEY_free}; }

// A passphrase is never asked for: OpenSSL's default would read the terminal.
int no_passphrase(char*, int, int, void*) { return -1; }

}  // namespace

base::Result<SigningKey> SigningKey::from_certificate(std::string_view text) {
  auto der = base::unbase64(without_space(text));
  if (!der.ok()) return unusable("is not base64");
  auto* at = reinterpret_cast<const unsigned char*>(der->data());
  const auto* end = at + der->size();
  std::unique_ptr<X509, void (*)(X509*)> certificate(d2i_X509(nullptr, &at, static_cast<long>(der->size())), X509_free);
  if (!certificate || at != end) return unusable("cannot be read");
  SigningKey out;
  out.key_ = owned(X509_get_pubkey(certificate.get()));
  out.fingerprint_ = base::sha256_hex(*der);
  if (out.key_ && is_strong_rsa(out.key_.get())) return out;
  out.family_ = KeyFamily::ec;
  if (out.key_ && is_known_curve(out.key_.get())) return out;
  return unusable("must hold an RSA key of 2048 bits or more, or an EC key on P-256, P-384 or P-521");
}

base::Result<DecryptionKey> DecryptionKey::from_pem(const base::Secret& pem) {
  const auto& text = pem.reveal();
  std::unique_ptr<BIO, int (*)(BIO*)> in(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), BIO_free);
  DecryptionKey out;
  if (in) out.key_ = owned(PEM_read_bio_PrivateKey(in.get(), nullptr, no_passphrase, nullptr));
  if (!out.key_ || !is_strong_rsa(out.key_.get()))
    return base::invalid("The private key must be an unencrypted RSA key of 2048 to 8192 bits in PEM form.",
                         "AddPrivateKey");
  return out;
}

}  // namespace weir::identity::saml
