#include "notifications/signer.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include "base/hash.h"
#include "base/text.h"

namespace weir::notifications {
namespace {

template <auto Free>
struct Release {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
using KeyPtr = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY_free>>;
using BioPtr = std::unique_ptr<BIO, Release<BIO_free_all>>;
using X509Ptr = std::unique_ptr<X509, Release<X509_free>>;
using ContextPtr = std::unique_ptr<EVP_MD_CTX, Release<EVP_MD_CTX_free>>;

constexpr unsigned kKeyBits = 2048;
constexpr long kValidSeconds = 20L * 365 * 24 * 3600, kBackdatedSeconds = 24 * 3600;
constexpr size_t kNameBytes = 16, kSerialBytes = 8, kLinkKeyBytes = 32;

base::Error failed(const char* doing) { return base::internal(std::string("signing of messages: ") + doing); }

std::string text_of(BIO& bio) {
  char* data = nullptr;
  auto size = BIO_get_mem_data(&bio, &data);
  return {data, static_cast<size_t>(size)};
}

bool name_subject(X509& certificate) {
  auto* name = X509_get_subject_name(&certificate);
  auto* common_name = reinterpret_cast<const unsigned char*>("sns.amazonaws.com");
  return X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, common_name, -1, -1, 0) == 1 &&
         X509_set_issuer_name(&certificate, name) == 1;
}

bool number(X509& certificate, base::Randomness& randomness) {
  auto bytes = randomness.bytes(kSerialBytes);
  bytes[0] = static_cast<char>((bytes[0] & 0x7f) | 0x01);  // positive, never zero
  std::unique_ptr<BIGNUM, Release<BN_free>> serial(
      BN_bin2bn(reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()), nullptr));
  return serial && BN_to_ASN1_INTEGER(serial.get(), X509_get_serialNumber(&certificate));
}

X509Ptr certify(EVP_PKEY& key, base::Instant now, base::Randomness& randomness) {
  X509Ptr certificate(X509_new());
  auto start = static_cast<time_t>(base::to_epoch_whole_seconds(now) - kBackdatedSeconds);
  bool made = certificate && X509_set_version(certificate.get(), X509_VERSION_3) == 1 &&
              number(*certificate, randomness) && ASN1_TIME_set(X509_getm_notBefore(certificate.get()), start) &&
              ASN1_TIME_set(X509_getm_notAfter(certificate.get()), start + kValidSeconds) &&
              X509_set_pubkey(certificate.get(), &key) == 1 && name_subject(*certificate) &&
              X509_sign(certificate.get(), &key, EVP_sha256()) > 0;
  return made ? std::move(certificate) : nullptr;
}

}  // namespace

struct Signer::Key {
  KeyPtr key;
};

base::Result<SignerText> make_signer(base::Instant now, base::Randomness& randomness) {
  KeyPtr key(EVP_RSA_gen(kKeyBits));
  if (!key) return failed("no key");
  auto certificate = certify(*key, now, randomness);
  BioPtr key_text(BIO_new(BIO_s_secmem())), certificate_text(BIO_new(BIO_s_mem()));
  if (!certificate || !key_text || !certificate_text ||
      PEM_write_bio_PrivateKey(key_text.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1 ||
      PEM_write_bio_X509(certificate_text.get(), certificate.get()) != 1)
    return failed("no certificate");
  return SignerText{base::Secret(text_of(*key_text)), text_of(*certificate_text)};
}

Signer::Signer(std::shared_ptr<const Key> key, const SignerText& text)
    : key_(std::move(key)),
      certificate_(text.certificate),
      name_("SimpleNotificationService-" + base::hex(base::sha256(certificate_).substr(0, kNameBytes)) + ".pem"),
      link_key_(base::hkdf_sha256(text.private_key.reveal(), "weir", "links of notifications", kLinkKeyBytes)) {}

std::string Signer::link_token(std::string_view thing) const {
  return base::base64url(base::hmac_sha256(link_key_.reveal(), thing));
}

base::Result<Signer> Signer::load(const SignerText& text) {
  const auto& pem = text.private_key.reveal();
  BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  KeyPtr key(bio ? PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr) : nullptr);
  if (!key) return failed("the key cannot be read");
  return Signer(std::make_shared<const Key>(Key{std::move(key)}), text);
}

base::Result<std::string> Signer::sign(std::string_view version, std::string_view text) const {
  const auto* digest = version == "2" ? EVP_sha256() : EVP_sha1();
  ContextPtr context(EVP_MD_CTX_new());
  auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  size_t size = 0;
  if (!context || EVP_DigestSignInit(context.get(), nullptr, digest, nullptr, key_->key.get()) != 1 ||
      EVP_DigestSign(context.get(), nullptr, &size, bytes, text.size()) != 1)
    return failed("no signature");
  std::string signature(size, '\0');
  if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, bytes, text.size()) != 1)
    return failed("no signature");
  signature.resize(size);
  return base::base64(signature);
}

}  // namespace weir::notifications
