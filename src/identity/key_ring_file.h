// Where a key ring lives between two runs: DIR/keys, readable by its owner only, or an environment
// variable for those who keep secrets elsewhere.
//
// Invariants:
//  1. A file that others may read is refused, not repaired: its keys may have been read.
//  2. Writing replaces the file as a whole, durably, or leaves it as it was.
#pragma once
#include <optional>
#include <string>

#include "identity/key_ring.h"

namespace weir::identity {

inline constexpr const char* kKeyRingVariable = "WEIR_KEYS";

// Nothing when there is no such file.
base::Result<std::optional<KeyRing>> read_key_ring(const std::string& directory);
base::Status write_key_ring(const std::string& directory, const KeyRing& ring);

// The ring of the environment variable, else the directory's, else a fresh one, written there.
base::Result<KeyRing> load_key_ring(const std::string& directory, base::Instant now, base::Randomness& randomness);

}  // namespace weir::identity
