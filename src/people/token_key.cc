#include "people/token_key.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include "base/hash.h"
#include "base/text.h"

namespace weir::people {
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
using ContextPtr = std::unique_ptr<EVP_MD_CTX, Release<EVP_MD_CTX_free>>;
using NumberPtr = std::unique_ptr<BIGNUM, Release<BN_free>>;

constexpr unsigned kKeyBits = 2048;

base::Error failed(const char* doing) { return base::internal(std::string("keys of tokens: ") + doing); }

std::string number_of(const EVP_PKEY& key, const char* name) {
  BIGNUM* raw = nullptr;
  if (EVP_PKEY_get_bn_param(&key, name, &raw) != 1) return {};
  NumberPtr number(raw);
  std::string bytes(static_cast<size_t>(BN_num_bytes(raw)), '\0');
  BN_bn2bin(raw, reinterpret_cast<unsigned char*>(bytes.data()));
  return base::base64url(bytes);
}

// RFC 7638: the hash of the key's own members names it.
std::string thumbprint(const std::string& e, const std::string& n) {
  return base::base64url(base::sha256(R"({"e":")" + e + R"(","kty":"RSA","n":")" + n + R"("})"));
}

base::Secret pem_of(EVP_PKEY& key) {
  BioPtr bio(BIO_new(BIO_s_secmem()));
  if (!bio || PEM_write_bio_PrivateKey(bio.get(), &key, nullptr, nullptr, 0, nullptr, nullptr) != 1) return {};
  char* data = nullptr;
  auto size = BIO_get_mem_data(bio.get(), &data);
  return base::Secret(std::string(data, static_cast<size_t>(size)));
}

}  // namespace

base::Result<TokenKeyText> make_token_key() {
  KeyPtr key(EVP_RSA_gen(kKeyBits));
  if (!key) return failed("no key");
  auto n = number_of(*key, OSSL_PKEY_PARAM_RSA_N), e = number_of(*key, OSSL_PKEY_PARAM_RSA_E);
  auto pem = pem_of(*key);
  if (n.empty() || e.empty() || pem.empty()) return failed("the key cannot be written");
  auto kid = thumbprint(e, n);
  auto jwk = base::Json::object();
  jwk.set("alg", "RS256").set("e", e).set("kid", kid).set("kty", "RSA").set("n", n).set("use", "sig");
  return TokenKeyText{kid, std::move(pem), std::move(jwk)};
}

base::Result<TokenKey> TokenKey::load(std::string kid, const base::Secret& private_key) {
  const auto& pem = private_key.reveal();
  BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  KeyPtr key(bio ? PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr) : nullptr);
  if (!key) return failed("a key cannot be read");
  return TokenKey(std::move(kid), std::shared_ptr<evp_pkey_st>(key.release(), EVP_PKEY_free));
}

base::Result<std::string> TokenKey::sign(const base::Json& claims) const {
  auto header = base::Json::object();
  header.set("kid", kid_).set("alg", "RS256");
  auto text = base::base64url(header.dump()) + "." + base::base64url(claims.dump());
  ContextPtr context(EVP_MD_CTX_new());
  auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  size_t size = 0;
  if (!context || EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get()) != 1 ||
      EVP_DigestSign(context.get(), nullptr, &size, bytes, text.size()) != 1)
    return failed("no signature");
  std::string signature(size, '\0');
  if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, bytes, text.size()) != 1)
    return failed("no signature");
  signature.resize(size);
  return text + "." + base::base64url(signature);
}

}  // namespace weir::people
