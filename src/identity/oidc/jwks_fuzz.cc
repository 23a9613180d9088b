// A key set that is taken has a key; no key verifies what nobody signed; descriptions name plain addresses.
#include <cstdlib>

#include "identity/oidc/discovery.h"
#include "identity/oidc/jwks.h"

using namespace weir::identity::oidc;

// What may be missing is empty; the rest is where a browser or the server is sent.
static void check(const Endpoints& described) {
  if (!described.keys.starts_with("https://")) std::abort();
  for (const auto* url : {&described.authorization, &described.token})
    if (!url->empty() && !is_plain_url(*url, Transport::https_only)) std::abort();
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  if (auto described = read_endpoints(text, "https://a", Transport::https_only); described.ok()) check(*described);
  auto keys = KeySet::parse(text);
  if (!keys.ok()) return 0;
  if (keys->size() == 0) std::abort();
  for (auto algorithm : {Algorithm::rs256, Algorithm::es256, Algorithm::es384, Algorithm::es512})
    if (auto* key = keys->find(std::nullopt, algorithm);
        key && key->verifies(algorithm, "message", text.substr(0, 132)))
      std::abort();
  return 0;
}
