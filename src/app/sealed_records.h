// What this floor seals in its records, sealed anew when the storage key has rotated: the secrets and environments of
// functions, the URLs and secrets of channels, the credentials of connections, the client secrets of sign-in providers.
//
// Done where identity/sealed_secrets.h is, and as durably. Tokens of connections are dropped, and what the outbox holds
// waits for its end.
//
// Invariants:
//  1. A record that does not open stays as it is, and is logged: it is of no use, and must not keep a server from
//     starting. Its key then stays, too (has_older_seals).
#pragma once
#include "identity/key_ring.h"
#include "store/store.h"

namespace weir::app {

// The number of records sealed anew.
base::Result<size_t> seal_records_anew(store::Store& store, const identity::KeyRing& ring,
                                       base::Randomness& randomness);

}  // namespace weir::app
