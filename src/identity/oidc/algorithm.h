// The signature algorithms of AWS's list (RFC 7518): RSASSA-PKCS1-v1_5 and ECDSA with SHA-2. There is no
// "none", and nothing symmetric: a public key cannot be taken for a shared secret where none is known.
//
// Threads: values and free functions.
#pragma once
#include <optional>
#include <string_view>

namespace weir::identity::oidc {

enum class Algorithm { rs256, rs384, rs512, es256, es384, es512 };
enum class Curve { p256, p384, p521 };

std::optional<Algorithm> parse_algorithm(std::string_view name);  // exact: "RS256", never "rs256"
std::string_view to_string(Algorithm algorithm);
std::optional<Curve> curve_of(Algorithm algorithm);  // nothing for RSA
const char* digest_of(Algorithm algorithm);          // OpenSSL's name

}  // namespace weir::identity::oidc
