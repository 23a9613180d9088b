// Assertions that were used, remembered in the store: by every process, and after a restart.
//
//   assertions used HASH         identity::saml::Use
//   assertions ends SECONDS HASH index: what can be forgotten, the oldest first
//
// INVARIANT: what was admitted is refused until `until`. Each admission forgets some of what has ended, more than it
// adds, so the records stay in proportion to what is still good.
//
// Threads: any.
#pragma once
#include "base/clock.h"
#include "base/result.h"
#include "identity/saml/replay.h"
#include "store/store.h"

namespace weir::app {

class StoredReplayGuard final : public identity::saml::ReplayGuard {
 public:
  explicit StoredReplayGuard(store::Store& store) : store_(store) {}
  base::Status admit(const identity::saml::Use& use, base::Instant now) override;

 private:
  store::Store& store_;
};

}  // namespace weir::app
