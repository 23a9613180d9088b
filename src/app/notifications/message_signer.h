// The key that messages to subscribers are signed with: made at the first start, kept sealed.
//
// Threads: free functions.
#pragma once
#include "base/clock.h"
#include "identity/key_ring.h"
#include "notifications/signer.h"
#include "store/store.h"

namespace weir::app {

// The deployment's signer; a new one, stored, where there is none.
base::Result<notifications::Signer> load_message_signer(store::Store& store, const identity::KeyRing& keys,
                                                        base::Instant now, base::Randomness& randomness);

}  // namespace weir::app
