// A token without the issuer's private key yields the claims of the one token it signed, or a refusal; and
// whatever the payload of a signed one is, it is read or refused without harm.
#include <cstdlib>

#include "identity/oidc/compact_jws.h"
#include "identity/oidc/golden.h"
#include "identity/oidc/strict_json.h"

using namespace weir;
using namespace weir::identity::oidc;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const Expectation kExpected = golden_expectation();
  static const auto kGolden = verify(golden_text("token.jwt"), kExpected);
  if (!kGolden.ok()) std::abort();
  std::string_view text(reinterpret_cast<const char*>(data), size);
  if (auto claims = verify(text, kExpected); claims.ok() && !(claims->all == kGolden->all)) std::abort();
  (void)read_address(text).ok();
  auto payload = parse_strict_object(text);
  if (!payload.ok()) return 0;
  auto session = read_session_claims(*payload);
  if (session.ok() && session->transitive_keys.size() > session->tags.size()) std::abort();
  return 0;
}
