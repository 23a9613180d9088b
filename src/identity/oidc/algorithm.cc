#include "identity/oidc/algorithm.h"

#include <array>

namespace weir::identity::oidc {
namespace {

constexpr std::array kAll{Algorithm::rs256, Algorithm::rs384, Algorithm::rs512,
                          Algorithm::es256, Algorithm::es384, Algorithm::es512};

}  // namespace

std::string_view to_string(Algorithm algorithm) {
  switch (algorithm) {
    case Algorithm::rs256: return "RS256";
    case Algorithm::rs384: return "RS384";
    case Algorithm::rs512: return "RS512";
    case Algorithm::es256: return "ES256";
    case Algorithm::es384: return "ES384";
    case Algorithm::es512: return "ES512";
  }
  return {};
}

std::optional<Algorithm> parse_algorithm(std::string_view name) {
  for (auto each : kAll)
    if (to_string(each) == name) return each;
  return std::nullopt;
}

std::optional<Curve> curve_of(Algorithm algorithm) {
  switch (algorithm) {
    case Algorithm::rs256:
    case Algorithm::rs384:
    case Algorithm::rs512: return std::nullopt;
    case Algorithm::es256: return Curve::p256;
    case Algorithm::es384: return Curve::p384;
    case Algorithm::es512: return Curve::p521;
  }
  return std::nullopt;
}

const char* digest_of(Algorithm algorithm) {
  switch (algorithm) {
    case Algorithm::rs256:
    case Algorithm::es256: return "SHA256";
    case Algorithm::rs384:
    case Algorithm::es384: return "SHA384";
    case Algorithm::rs512:
    case Algorithm::es512: return "SHA512";
  }
  return "";
}

}  // namespace weir::identity::oidc
