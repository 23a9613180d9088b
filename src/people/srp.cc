#include "people/srp.h"

#include <openssl/bn.h>

#include <algorithm>
#include <array>
#include <memory>

#include "base/hash.h"
#include "base/text.h"

namespace weir::people {
namespace {

// RFC 3526 section 5, which RFC 5054 takes its 3072-bit group from.
constexpr char kPrime[] =
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
    "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
    "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F"
    "83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B"
    "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510"
    "15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7"
    "ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C"
    "BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF";
constexpr unsigned kGenerator = 2;
constexpr size_t kDigitsMax = 768 + 2;  // of a number of the group, perhaps with a zero byte before it
constexpr size_t kExponentBytes = 32;
constexpr size_t kKeyBytes = 16;
constexpr std::string_view kKeyInfo = "Caldera Derived Key";

struct ReleaseNumber {
  void operator()(BIGNUM* number) const { BN_clear_free(number); }
};
using Number = std::unique_ptr<BIGNUM, ReleaseNumber>;

struct ReleaseContext {
  void operator()(BN_CTX* context) const { BN_CTX_free(context); }
};
using Context = std::unique_ptr<BN_CTX, ReleaseContext>;

base::Error failed() { return base::internal("arithmetic of SRP failed"); }
base::Error no_number() { return base::invalid("SRP_A is not a number of the group.", "srp"); }

Number fresh() { return Number(BN_secure_new()); }

base::Result<Number> from_digits(std::string_view digits) {
  auto is_digit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); };
  if (digits.empty() || digits.size() > kDigitsMax || !std::ranges::all_of(digits, is_digit)) return no_number();
  BIGNUM* raw = nullptr;
  if (BN_hex2bn(&raw, std::string(digits).c_str()) == 0) return failed();
  Number number(raw);
  BN_set_flags(number.get(), BN_FLG_CONSTTIME);
  return number;
}

base::Result<Number> from_bytes(std::string_view bytes) {
  Number number(
      BN_bin2bn(reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()), nullptr));
  if (!number) return failed();
  BN_set_flags(number.get(), BN_FLG_CONSTTIME);
  return number;
}

std::string to_bytes(const BIGNUM& number) {
  std::string out(static_cast<size_t>(BN_num_bytes(&number)), '\0');
  BN_bn2bin(&number, reinterpret_cast<unsigned char*>(out.data()));
  return out;
}

std::string to_digits(const BIGNUM& number) { return base::hex(to_bytes(number)); }

// As clients hash numbers: never one that could be read as a negative one.
std::string padded(std::string bytes) {
  bool high = !bytes.empty() && (static_cast<unsigned char>(bytes.front()) & 0x80) != 0;
  return high ? '\0' + std::move(bytes) : bytes;
}
std::string padded(const BIGNUM& number) { return padded(to_bytes(number)); }

const BIGNUM& prime() {
  static const Number kNumber = [] {
    BIGNUM* raw = nullptr;
    BN_hex2bn(&raw, kPrime);
    return Number(raw);
  }();
  return *kNumber;
}

const BIGNUM& generator() {
  static const Number kNumber = [] {
    Number number(BN_new());
    BN_set_word(number.get(), kGenerator);
    return number;
  }();
  return *kNumber;
}

base::Result<Number> multiplier() {
  return from_bytes(base::sha256(padded(prime()) + std::string(1, static_cast<char>(kGenerator))));
}

base::Result<Number> power(const BIGNUM& of, const BIGNUM& exponent, BN_CTX* context) {
  auto out = fresh();
  if (!out || BN_mod_exp_mont_consttime(out.get(), &of, &exponent, &prime(), context, nullptr) != 1) return failed();
  return out;
}

base::Result<Number> product(const BIGNUM& a, const BIGNUM& b, BN_CTX* context) {
  auto out = fresh();
  if (!out || BN_mod_mul(out.get(), &a, &b, &prime(), context) != 1) return failed();
  return out;
}

base::Result<Number> public_number(std::string_view digits) {
  WEIR_TRY(auto number, from_digits(digits));
  auto rest = fresh();
  Context context(BN_CTX_new());
  if (!rest || !context || BN_mod(rest.get(), number.get(), &prime(), context.get()) != 1) return failed();
  if (BN_is_zero(rest.get())) return no_number();
  return number;
}

// What both sides know in the end.
base::Result<base::Secret> shared_key(const base::Secret& verifier, const SrpOffer& offer, std::string_view client) {
  Context context(BN_CTX_secure_new());
  WEIR_TRY(auto a, public_number(client));
  WEIR_TRY(auto v, from_digits(verifier.reveal()));
  WEIR_TRY(auto b, from_digits(offer.secret.reveal()));
  WEIR_TRY(auto offered, from_digits(offer.offered));
  auto scrambled = base::sha256(padded(*a) + padded(*offered));
  WEIR_TRY(auto u, from_bytes(scrambled));
  if (!context || BN_is_zero(u.get())) return failed();
  WEIR_TRY(auto v_to_u, power(*v, *u, context.get()));
  WEIR_TRY(auto base, product(*a, *v_to_u, context.get()));
  WEIR_TRY(auto shared, power(*base, *b, context.get()));
  return base::Secret(base::hkdf_sha256(padded(*shared), padded(*u), kKeyInfo, kKeyBytes));
}

}  // namespace

base::Result<std::string> srp_salt(std::string_view bytes) {
  WEIR_TRY(auto number, from_bytes(bytes));
  return to_digits(*number);
}

base::Result<base::Secret> srp_verifier(const SrpIdentity& who, std::string_view salt, const base::Secret& password) {
  WEIR_TRY(auto salt_number, from_digits(salt));
  auto identity = base::sha256(who.pool_name + who.user + ":" + password.reveal());
  WEIR_TRY(auto x, from_bytes(base::sha256(padded(*salt_number) + identity)));
  Context context(BN_CTX_secure_new());
  if (!context) return failed();
  WEIR_TRY(auto v, power(generator(), *x, context.get()));
  return base::Secret(to_digits(*v));
}

base::Result<SrpOffer> srp_offer(const base::Secret& verifier, base::Randomness& randomness) {
  Context context(BN_CTX_secure_new());
  WEIR_TRY(auto v, from_digits(verifier.reveal()));
  WEIR_TRY(auto b, from_bytes(randomness.bytes(kExponentBytes)));
  WEIR_TRY(auto k, multiplier());
  if (!context) return failed();
  WEIR_TRY(auto kv, product(*k, *v, context.get()));
  WEIR_TRY(auto g_to_b, power(generator(), *b, context.get()));
  auto offered = fresh();
  if (!offered || BN_mod_add(offered.get(), kv.get(), g_to_b.get(), &prime(), context.get()) != 1) return failed();
  return SrpOffer{base::Secret(to_digits(*b)), to_digits(*offered)};
}

base::Status check_srp_public(std::string_view digits) {
  auto number = public_number(digits);
  return number.ok() ? base::Status() : base::Status(number.error());
}

base::Result<bool> srp_holds(const SrpIdentity& who, const base::Secret& verifier, const SrpOffer& offer,
                             const SrpClaim& claim) {
  auto block = base::unbase64(claim.secret_block);
  auto signature = base::unbase64(claim.signature);
  if (!block.ok() || !signature.ok() || block->size() > kSrpSecretBlockBytesMax) return false;
  WEIR_TRY(auto key, shared_key(verifier, offer, claim.client_public));
  auto expected = base::hmac_sha256(key.reveal(), who.pool_name + who.user + *block + claim.timestamp);
  return base::same_bytes(expected, *signature);
}

base::Result<base::Instant> read_srp_timestamp(std::string_view text) {
  constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  auto wrong = [] { return base::invalid("TIMESTAMP is not of the form \"Sun Nov 2 01:02:03 UTC 2026\".", "srp"); };
  auto parts = base::split(text, ' ');
  if (parts.size() != 6 || parts[4] != "UTC" || parts[2].empty() || parts[2].size() > 2) return wrong();
  auto month = std::ranges::find(kMonths, parts[1]);
  if (month == kMonths.end()) return wrong();
  auto two = [](std::string_view digits) {
    return digits.size() == 1 ? "0" + std::string(digits) : std::string(digits);
  };
  auto iso = std::string(parts[5]) + "-" + two(std::to_string(month - kMonths.begin() + 1)) + "-" + two(parts[2]) +
             "T" + std::string(parts[3]) + "Z";
  auto at = base::parse_iso8601(iso);
  if (!at.ok()) return wrong();
  return *at;
}

}  // namespace weir::people
