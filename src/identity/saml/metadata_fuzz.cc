// Metadata that is taken has providers, and each of them a key and a name.
#include <cstdlib>

#include "identity/saml/metadata.h"

using namespace weir::identity::saml;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  auto metadata = parse_metadata({reinterpret_cast<const char*>(data), size});
  if (!metadata.ok()) return 0;
  if (metadata->providers.empty()) std::abort();
  for (const auto& provider : metadata->providers)
    if (provider.signing_keys.empty() || metadata->find(provider.entity_id) != &provider) std::abort();
  return 0;
}
