// What a storage key sealed, sealed anew when that key has rotated: the secrets of access keys and the private keys of
// SAML providers. What other floors sealed is theirs to seal anew (app/sealed_records.h).
//
// Done at the start of a server, before anybody reads, and by `weir admin rotate-keys`.
//
// Invariants:
//  1. What it did is durable batch by batch: when it is cut short, the next run goes on where it stopped.
//  2. An older key retires only when no value in the whole store is sealed with it: what somebody else sealed, and
//     nobody here knows how to seal anew, keeps its key.
#pragma once
#include "identity/key_ring.h"
#include "store/store.h"

namespace weir::identity {

// The number of secrets sealed anew; internal when the ring lacks the key of one of them, which then stays as it is.
base::Result<size_t> seal_anew(store::Store& store, const KeyRing& ring, base::Randomness& randomness);

// One sealed text; false when it is of the active key already, or empty. The error of open_secret().
base::Result<bool> seal_text_anew(const KeyRing& ring, std::string_view purpose, std::string& sealed,
                                  base::Randomness& randomness);

// Whether any value of the store holds what a storage key that is no longer active sealed. Reads the whole store.
base::Result<bool> has_older_seals(store::Store& store, const KeyRing& ring);

}  // namespace weir::identity
