// The keys of a data directory change: new ones seal from now on, and what the old storage key sealed is sealed anew.
//
// A session key stays for verifying until its sessions have ended; a storage key retires as soon as nothing in
// the store is left that it sealed. A ring that comes from the environment is its operator's to change: its secrets are sealed anew at
// the next start, and retiring the old key is the operator's.
#pragma once
#include <string>

#include "base/clock.h"
#include "identity/key_ring.h"
#include "store/store.h"

namespace weir::server {

// At the start, before anybody reads: seals anew what an older storage key sealed, and retires that key when the ring
// is the directory's own. The ring to go on with.
base::Result<identity::KeyRing> settle_keys(const std::string& data_dir, identity::KeyRing ring, store::Store& store,
                                            base::Instant now, base::Randomness& randomness);

// `weir admin rotate-keys`: conflict while a server runs, which knows the old keys only.
base::Status rotate_keys(const std::string& data_dir);

}  // namespace weir::server
