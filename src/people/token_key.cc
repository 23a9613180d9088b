#include "people/token_key.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>

#include "base/hash.h"
#include "base/openssl.h"
#include "base/text.h"

namespace weir::people {
namespace {

using NumberPtr = std::unique_ptr<BIGNUM, base::Freed<BN_free>>;

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

}  // namespace

base::Result<TokenKeyText> make_token_key() {
  WEIR_TRY(auto key, base::RsaKey::make());
  auto n = number_of(key.handle(), OSSL_PKEY_PARAM_RSA_N), e = number_of(key.handle(), OSSL_PKEY_PARAM_RSA_E);
  if (n.empty() || e.empty()) return base::internal("keys of tokens: the key cannot be written");
  WEIR_TRY(auto pem, key.pem());
  auto kid = thumbprint(e, n);
  auto jwk = base::Json::object();
  jwk.set("alg", "RS256").set("e", e).set("kid", kid).set("kty", "RSA").set("n", n).set("use", "sig");
  return TokenKeyText{kid, std::move(pem), std::move(jwk)};
}

base::Result<TokenKey> TokenKey::load(std::string kid, const base::Secret& private_key) {
  WEIR_TRY(auto key, base::RsaKey::read(private_key));
  return TokenKey(std::move(kid), std::move(key));
}

base::Result<std::string> TokenKey::sign(const base::Json& claims) const {
  auto header = base::Json::object();
  header.set("kid", kid_).set("alg", "RS256");
  auto text = base::base64url(header.dump()) + "." + base::base64url(claims.dump());
  WEIR_TRY(auto signature, key_.sign(base::Digest::sha256, text));
  return text + "." + base::base64url(signature);
}

}  // namespace weir::people
