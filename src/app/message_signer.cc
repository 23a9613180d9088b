#include "app/message_signer.h"

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

}  // namespace

base::Result<notifications::Signer> load_message_signer(store::Store& store, const identity::KeyRing& keys,
                                                        base::Instant now, base::Randomness& randomness) {
  notifications::SignerText text;
  WEIR_CHECK_OK(store::write(store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto there, tx.get(notifications::keys::signer()));
    if (there) {
      WEIR_TRY(auto record, base::decode_record<SealedSigner>(*there));
      text.certificate = record.certificate;
      WEIR_TRY(text.private_key, identity::open_secret(keys, kPurpose, record.sealed_key));
      if (identity::is_sealed_with_active(keys, record.sealed_key)) return {};
      record.sealed_key = identity::seal_secret(keys, kPurpose, text.private_key, randomness);
      return tx.put(notifications::keys::signer(), base::encode_record(record));
    }
    WEIR_TRY(text, notifications::make_signer(now, randomness));
    SealedSigner record{text.certificate, identity::seal_secret(keys, kPurpose, text.private_key, randomness)};
    return tx.put(notifications::keys::signer(), base::encode_record(record));
  }));
  return notifications::Signer::load(text);
}

}  // namespace weir::app
