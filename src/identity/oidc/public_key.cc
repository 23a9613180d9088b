#include "identity/oidc/public_key.h"

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <algorithm>
#include <array>

#include "base/openssl.h"
#include "base/text.h"

namespace weir::identity::oidc {
namespace {

using base::Json;

constexpr int kRsaBitsMin = 2048;
constexpr int kRsaBitsMax = 8192;  // verifying costs its square
constexpr size_t kKidMax = 256;

using Number = std::unique_ptr<BIGNUM, base::Freed<BN_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, base::Freed<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, base::Freed<OSSL_PARAM_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, base::Freed<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, base::Freed<EVP_MD_CTX_free>>;
using Signature = std::unique_ptr<ECDSA_SIG, base::Freed<ECDSA_SIG_free>>;
using Key = std::shared_ptr<EVP_PKEY>;

base::Error unusable(std::string why) { return base::internal("jwk: " + std::move(why)); }

struct CurveFacts {
  std::string_view name;  // RFC 7518
  const char* group;      // OpenSSL
  size_t bytes;           // of a coordinate, and of R and S
};
CurveFacts facts_of(Curve curve) {
  switch (curve) {
    case Curve::p256: return {"P-256", "prime256v1", 32};
    case Curve::p384: return {"P-384", "secp384r1", 48};
    case Curve::p521: return {"P-521", "secp521r1", 66};
  }
  return {"", "", 0};
}

std::optional<Curve> parse_curve(std::string_view name) {
  for (auto each : {Curve::p256, Curve::p384, Curve::p521})
    if (facts_of(each).name == name) return each;
  return std::nullopt;
}

Number number(std::string_view bytes) {
  return Number(
      BN_bin2bn(reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()), nullptr));
}

base::Result<std::string> member_bytes(const Json& jwk, std::string_view name, size_t most) {
  auto bytes = base::unbase64url(jwk.text(name));
  if (!bytes.ok() || bytes->empty() || bytes->size() > most) return unusable(std::string(name));
  return bytes;
}

// OpenSSL refuses a point that is not on its curve.
Key made(const char* type, OSSL_PARAM* parameters) {
  KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  EVP_PKEY* raw = nullptr;
  if (!context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &raw, EVP_PKEY_PUBLIC_KEY, parameters) != 1)
    return nullptr;
  return {raw, EVP_PKEY_free};
}

base::Result<Key> rsa_key(const Json& jwk) {
  WEIR_TRY(auto n, member_bytes(jwk, "n", kRsaBitsMax / 8 + 1));
  WEIR_TRY(auto e, member_bytes(jwk, "e", 8));
  auto modulus = number(n), exponent = number(e);
  if (BN_num_bits(modulus.get()) < kRsaBitsMin || BN_num_bits(modulus.get()) > kRsaBitsMax || !BN_is_odd(modulus.get()))
    return unusable("an RSA modulus that is weak or too long");
  if (!BN_is_odd(exponent.get()) || BN_is_one(exponent.get())) return unusable("an RSA exponent");
  Builder builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get());
  Parameters parameters(OSSL_PARAM_BLD_to_param(builder.get()));
  auto key = made("RSA", parameters.get());
  if (!key) return unusable("not an RSA key");
  return key;
}

base::Result<Key> ec_key(const Json& jwk, Curve curve) {
  auto facts = facts_of(curve);
  WEIR_TRY(auto x, member_bytes(jwk, "x", facts.bytes));
  WEIR_TRY(auto y, member_bytes(jwk, "y", facts.bytes));
  if (x.size() != facts.bytes || y.size() != facts.bytes) return unusable("coordinates of another length");
  std::string point = "\x04" + x + y;
  Builder builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, facts.group, 0);
  OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
  Parameters parameters(OSSL_PARAM_BLD_to_param(builder.get()));
  auto key = made("EC", parameters.get());
  if (!key) return unusable("a point that is not on the curve");
  return key;
}

bool is_for_verifying(const Json& jwk) {
  if (auto use = jwk.find("use"); use && jwk.text("use") != "sig") return false;
  auto* operations = jwk.find("key_ops") ? jwk.find("key_ops")->as_array() : nullptr;
  if (!jwk.find("key_ops")) return true;
  return operations && std::find(operations->begin(), operations->end(), Json("verify")) != operations->end();
}

// A key whose private part is published proves nothing any more.
bool tells_its_secret(const Json& jwk) {
  constexpr std::array kPrivate{"d", "p", "q", "dp", "dq", "qi", "oth", "k"};
  return std::any_of(kPrivate.begin(), kPrivate.end(), [&](auto name) { return jwk.find(name); });
}

// R || S as the DER that OpenSSL reads; empty when the length is not the curve's.
std::string der_signature(std::string_view raw, size_t bytes) {
  if (raw.size() != 2 * bytes) return {};
  Signature signature(ECDSA_SIG_new());
  if (!signature ||
      ECDSA_SIG_set0(signature.get(), number(raw.substr(0, bytes)).release(), number(raw.substr(bytes)).release()) != 1)
    return {};
  std::string out(static_cast<size_t>(std::max(0, i2d_ECDSA_SIG(signature.get(), nullptr))), '\0');
  auto* at = reinterpret_cast<unsigned char*>(out.data());
  i2d_ECDSA_SIG(signature.get(), &at);
  return out;
}

}  // namespace

base::Result<PublicKey> PublicKey::from_jwk(const Json& jwk) {
  if (!jwk.as_object() || tells_its_secret(jwk)) return unusable("no key, or one with its private part");
  if (!is_for_verifying(jwk)) return unusable("a key that is not for signatures");
  PublicKey out;
  out.kid_ = jwk.text("kid");
  if (out.kid_.size() > kKidMax || (jwk.find("kid") && !jwk.find("kid")->as_string())) return unusable("kid");
  if (jwk.text("kty") == "RSA") {
    WEIR_TRY(out.key_, rsa_key(jwk));
  } else {
    out.curve_ = jwk.text("kty") == "EC" ? parse_curve(jwk.text("crv")) : std::nullopt;
    if (!out.curve_) return unusable("a kind of key or curve that is not used");
    WEIR_TRY(out.key_, ec_key(jwk, *out.curve_));
  }
  if (!jwk.find("alg")) return out;
  out.only_ = parse_algorithm(jwk.text("alg"));
  if (!out.only_ || curve_of(*out.only_) != out.curve_) return unusable("an alg that is not the key's");
  return out;
}

bool PublicKey::suits(Algorithm algorithm) const {
  return curve_of(algorithm) == curve_ && (!only_ || *only_ == algorithm);
}

bool PublicKey::verifies(Algorithm algorithm, std::string_view message, std::string_view signature) const {
  if (!key_ || !suits(algorithm)) return false;
  auto der = curve_ ? der_signature(signature, facts_of(*curve_).bytes) : std::string(signature);
  DigestContext context(EVP_MD_CTX_new());
  return !der.empty() && context &&
         EVP_DigestVerifyInit_ex(context.get(), nullptr, digest_of(algorithm), nullptr, nullptr, key_.get(), nullptr) ==
             1 &&
         EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char*>(der.data()), der.size(),
                          reinterpret_cast<const unsigned char*>(message.data()), message.size()) == 1;
}

}  // namespace weir::identity::oidc
