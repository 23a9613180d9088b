// Tokens and session payloads from strangers: nothing crashes, nothing unsealed opens, and what parses is
// in the one form that is written.
#include <cstdlib>

#include "identity/session.h"
#include "identity/session_payload.h"

using namespace weir;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static base::SeededRandomness randomness(1);
  static const identity::KeyRing ring = identity::KeyRing::fresh(base::Instant{}, randomness);
  std::string_view text(reinterpret_cast<const char*>(data), size);
  if (auto session = identity::decode_session(text); session.ok()) {
    if (identity::encode_session(*session) != text) std::abort();
    auto sealed = identity::seal_session(*session, ring, randomness);
    if (sealed.ok() && !(identity::open_session(sealed->token, ring).value().session == *session)) std::abort();
  }
  if (identity::open_session(text, ring).ok()) std::abort();
  if (identity::open_session(std::string("LS1.").append(text), ring).ok()) std::abort();
  return 0;
}
