#include "notifications/signer.h"

#include <openssl/pem.h>
#include <openssl/x509.h>

#include "base/hash.h"
#include "base/openssl.h"
#include "base/text.h"

namespace weir::notifications {
namespace {

using BioPtr = std::unique_ptr<BIO, base::Freed<BIO_free_all>>;
using X509Ptr = std::unique_ptr<X509, base::Freed<X509_free>>;

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
  std::unique_ptr<BIGNUM, base::Freed<BN_free>> serial(
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

base::Result<SignerText> make_signer(base::Instant now, base::Randomness& randomness) {
  WEIR_TRY(auto key, base::RsaKey::make());
  auto certificate = certify(key.handle(), now, randomness);
  BioPtr text(BIO_new(BIO_s_mem()));
  if (!certificate || !text || PEM_write_bio_X509(text.get(), certificate.get()) != 1) return failed("no certificate");
  WEIR_TRY(auto pem, key.pem());
  return SignerText{std::move(pem), text_of(*text)};
}

Signer::Signer(base::RsaKey key, const SignerText& text)
    : key_(std::move(key)),
      certificate_(text.certificate),
      name_("SimpleNotificationService-" + base::hex(base::sha256(certificate_).substr(0, kNameBytes)) + ".pem"),
      link_key_(base::hkdf_sha256(text.private_key.reveal(), "weir", "links of notifications", kLinkKeyBytes)) {}

std::string Signer::link_token(std::string_view thing) const {
  return base::base64url(base::hmac_sha256(link_key_.reveal(), thing));
}

base::Result<Signer> Signer::load(const SignerText& text) {
  WEIR_TRY(auto key, base::RsaKey::read(text.private_key));
  return Signer(std::move(key), text);
}

base::Result<std::string> Signer::sign(std::string_view version, std::string_view text) const {
  WEIR_TRY(auto signature, key_.sign(version == "2" ? base::Digest::sha256 : base::Digest::sha1, text));
  return base::base64(signature);
}

}  // namespace weir::notifications
