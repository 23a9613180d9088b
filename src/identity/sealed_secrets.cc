#include "identity/sealed_secrets.h"

#include <algorithm>

#include "identity/access_key_records.h"
#include "identity/saml_provider_records.h"

namespace weir::identity {
namespace {

constexpr size_t kSecretsAtOnce = 200;
constexpr size_t kValuesAtOnce = 1000;

using Batch = base::Result<size_t> (*)(store::Transaction&, const KeyRing&, size_t, base::Randomness&);

base::Result<size_t> in_batches(Batch batch, store::Store& store, const KeyRing& ring, base::Randomness& randomness) {
  size_t total = 0;
  for (size_t done = 1; done > 0; total += done) {
    WEIR_CHECK_OK(store::write(store, [&](store::Transaction& tx) -> base::Status {
      WEIR_TRY(done, batch(tx, ring, kSecretsAtOnce, randomness));
      return {};
    }));
  }
  return total;
}

bool holds_any(std::string_view value, const std::vector<std::string>& beginnings) {
  return std::any_of(beginnings.begin(), beginnings.end(),
                     [&](const auto& beginning) { return value.find(beginning) != std::string_view::npos; });
}

}  // namespace

base::Result<bool> has_older_seals(store::Store& store, const KeyRing& ring) {
  auto beginnings = older_seal_beginnings(ring);
  WEIR_TRY(auto tx, store.begin(store::Mode::read));
  store::Range range;
  for (;;) {
    WEIR_TRY(auto entries, tx->scan(range, kValuesAtOnce));
    for (const auto& entry : entries)
      if (holds_any(entry.value, beginnings)) return true;
    if (entries.size() < kValuesAtOnce) return false;
    range.first = entries.back().key + '\0';
  }
}

base::Result<size_t> seal_anew(store::Store& store, const KeyRing& ring, base::Randomness& randomness) {
  WEIR_TRY(auto access_keys, in_batches(seal_access_keys_anew, store, ring, randomness));
  WEIR_TRY(auto providers, in_batches(seal_provider_keys_anew, store, ring, randomness));
  return access_keys + providers;
}

}  // namespace weir::identity
