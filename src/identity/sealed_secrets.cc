#include "identity/sealed_secrets.h"

#include "base/text.h"
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

// A sealed text begins with the id of its key: four of the six bytes that eight digits of base64 stand for.
bool begins_like_an_older_seal(std::string_view text, const KeyRing& ring) {
  constexpr size_t kDigits = 8, kIdBytes = 4;
  if (text.size() < kDigits) return false;
  auto bytes = base::unbase64(text.substr(0, kDigits));
  if (!bytes.ok() || bytes->size() < kIdBytes) return false;
  auto id = base::hex(std::string_view(*bytes).substr(0, kIdBytes));
  return ring.find(KeyUse::storage, id) && id != ring.active(KeyUse::storage).id;
}

// Looks behind every quotation mark, wherever a text may begin.
bool holds_older_seal(std::string_view value, const KeyRing& ring) {
  for (auto at = value.find('"'); at != std::string_view::npos; at = value.find('"', at + 1))
    if (begins_like_an_older_seal(value.substr(at + 1), ring)) return true;
  return false;
}

}  // namespace

base::Result<bool> seal_text_anew(const KeyRing& ring, std::string_view purpose, std::string& sealed,
                                  base::Randomness& randomness) {
  if (sealed.empty() || is_sealed_with_active(ring, sealed)) return false;
  WEIR_TRY(auto secret, open_secret(ring, purpose, sealed));
  sealed = seal_secret(ring, purpose, secret, randomness);
  return true;
}

base::Result<bool> has_older_seals(store::Store& store, const KeyRing& ring) {
  WEIR_TRY(auto tx, store.begin(store::Mode::read));
  store::Range range;
  for (;;) {
    WEIR_TRY(auto entries, tx->scan(range, kValuesAtOnce));
    for (const auto& entry : entries)
      if (holds_older_seal(entry.value, ring)) return true;
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
