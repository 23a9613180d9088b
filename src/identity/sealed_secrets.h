// Everything in the store that a storage key sealed, sealed anew when that key has rotated: the secrets of access
// keys and the private keys of SAML providers.
//
// Done at the start of a server, before anybody reads, and by `weir admin rotate-keys`.
//
// Invariants:
//  1. What it did is durable batch by batch: when it is cut short, the next run goes on where it stopped.
//  2. It answers without an error only when no secret is left that an older key sealed: then those keys may retire.
#pragma once
#include "identity/key_ring.h"
#include "store/store.h"

namespace weir::identity {

// The number of secrets sealed anew; internal when the ring lacks the key of one of them, which then stays as it is.
base::Result<size_t> seal_anew(store::Store& store, const KeyRing& ring, base::Randomness& randomness);

}  // namespace weir::identity
