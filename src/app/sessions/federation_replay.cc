#include "app/sessions/federation_replay.h"

#include <cstdio>

#include "identity/records.h"
#include "identity/saml/faults.h"
#include "store/key.h"

namespace weir::app {
namespace {

using identity::saml::Use;

constexpr size_t kForgottenAtOnce = 16;
constexpr std::string_view kNoun = "assertions";

std::string used_key(std::string_view hash) { return store::key(kNoun, "used", hash); }

// Digits enough for the order of texts to be the order of times.
std::string seconds_text(base::Instant at) {
  char text[24];
  std::snprintf(text, sizeof text, "%012lld", static_cast<long long>(base::to_epoch_whole_seconds(at)));
  return text;
}

std::string ends_key(const Use& use, std::string_view hash) {
  return store::key(kNoun, "ends", seconds_text(use.until), hash);
}

// An assertion of the same id may have been admitted anew since: its record is not what ended.
base::Status forget(store::Transaction& tx, const std::string& ended, base::Instant now) {
  WEIR_TRY(auto parts, store::split_key(ended));
  auto key = used_key(parts.back());
  WEIR_TRY(auto use, identity::load<Use>(tx, key));
  if (use && use->until <= now) WEIR_CHECK_OK(tx.erase(key));
  return tx.erase(ended);
}

base::Status forget_ended(store::Transaction& tx, base::Instant now) {
  store::Range ended{store::key(kNoun, "ends"), store::key(kNoun, "ends", seconds_text(now))};
  WEIR_TRY(auto entries, tx.scan(ended, kForgottenAtOnce));
  for (const auto& entry : entries) WEIR_CHECK_OK(forget(tx, entry.key, now));
  return {};
}

}  // namespace

base::Status StoredReplayGuard::admit(const Use& use, base::Instant now) {
  auto hash = identity::saml::use_key(use);
  return store::write(store_, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto known, identity::load<Use>(tx, used_key(hash)));
    if (known && known->until > now)
      return identity::saml::invalid_token("The SAML assertion has already been used.", "replay: " + hash);
    WEIR_CHECK_OK(forget_ended(tx, now));
    WEIR_CHECK_OK(identity::save(tx, used_key(hash), use));
    return tx.put(ends_key(use, hash), "{}");
  });
}

}  // namespace weir::app
