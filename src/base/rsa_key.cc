#include "base/rsa_key.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include "base/openssl.h"

namespace weir::base {
namespace {

using BioPtr = std::unique_ptr<BIO, Freed<BIO_free_all>>;
using ContextPtr = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;

constexpr unsigned kKeyBits = 2048;

Error failed(const char* doing) { return internal(std::string("rsa: ") + doing); }

const EVP_MD* algorithm(Digest digest) {
  switch (digest) {
    case Digest::sha256: return EVP_sha256();
    case Digest::sha1: return EVP_sha1();
    case Digest::md5: break;
  }
  return nullptr;
}

}  // namespace

Result<RsaKey> RsaKey::make() {
  std::shared_ptr<EVP_PKEY> key(EVP_RSA_gen(kKeyBits), EVP_PKEY_free);
  if (!key) return failed("no key");
  return RsaKey(std::move(key));
}

Result<RsaKey> RsaKey::read(const Secret& pem) {
  const auto& text = pem.reveal();
  BioPtr bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  std::shared_ptr<EVP_PKEY> key(bio ? PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr) : nullptr,
                                EVP_PKEY_free);
  if (!key || !EVP_PKEY_is_a(key.get(), "RSA")) return failed("a key cannot be read");
  return RsaKey(std::move(key));
}

Result<Secret> RsaKey::pem() const {
  BioPtr bio(BIO_new(BIO_s_secmem()));
  if (!bio || PEM_write_bio_PrivateKey(bio.get(), key_.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
    return failed("a key cannot be written");
  char* data = nullptr;
  auto size = BIO_get_mem_data(bio.get(), &data);
  return Secret(std::string(data, static_cast<size_t>(size)));
}

Result<std::string> RsaKey::sign(Digest digest, std::string_view text) const {
  const auto* hash = algorithm(digest);
  ContextPtr context(EVP_MD_CTX_new());
  auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  size_t size = 0;
  if (!hash || !context || EVP_DigestSignInit(context.get(), nullptr, hash, nullptr, key_.get()) != 1 ||
      EVP_DigestSign(context.get(), nullptr, &size, bytes, text.size()) != 1)
    return failed("no signature");
  std::string signature(size, '\0');
  if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, bytes, text.size()) != 1)
    return failed("no signature");
  signature.resize(size);
  return signature;
}

}  // namespace weir::base
