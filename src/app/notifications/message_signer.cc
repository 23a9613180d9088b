#include "app/notifications/message_signer.h"

#include "base/record.h"
#include "notifications/keys.h"

namespace weir::app {
namespace {

constexpr std::string_view kPurpose = "message-signer";

struct SealedSigner {
  std::string certificate;
  std::string sealed_key;
};
WEIR_RECORD(SealedSigner, FIELD("Certificate", &SealedSigner::certificate),
            FIELD("SealedKey", &SealedSigner::sealed_key))

base::Status keep(store::Transaction& tx, const notifications::SignerText& text, const identity::KeyRing& keys,
                  base::Randomness& randomness) {
  SealedSigner record{text.certificate, identity::seal_secret(keys, kPurpose, text.private_key, randomness)};
  return tx.put(notifications::keys::signer(), base::encode_record(record));
}

base::Result<notifications::SignerText> open(const SealedSigner& record, const identity::KeyRing& keys) {
  WEIR_TRY(auto private_key, identity::open_secret(keys, kPurpose, record.sealed_key));
  return notifications::SignerText{std::move(private_key), record.certificate};
}

}  // namespace

base::Result<notifications::Signer> load_message_signer(store::Store& store, const identity::KeyRing& keys,
                                                        base::Instant now, base::Randomness& randomness) {
  notifications::SignerText text;
  WEIR_CHECK_OK(store::write(store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto there, tx.get(notifications::keys::signer()));
    if (!there) {
      WEIR_TRY(text, notifications::make_signer(now, randomness));
      return keep(tx, text, keys, randomness);
    }
    WEIR_TRY(auto record, base::decode_record<SealedSigner>(*there));
    WEIR_TRY(text, open(record, keys));
    // Keys that rotated can retire when nothing is sealed with the older one.
    bool current = identity::is_sealed_with_active(keys, record.sealed_key);
    return current ? base::Status() : keep(tx, text, keys, randomness);
  }));
  return notifications::Signer::load(text);
}

}  // namespace weir::app
