// GetSessionToken: temporary credentials of a user or of root, for themselves. No policy narrows them,
// but they reach less: see session_may_call in principal.h.
//
// Threads: a pure function.
#pragma once
#include <optional>

#include "identity/credentials.h"
#include "identity/principal.h"

namespace weir::identity {

inline constexpr int64_t kSessionTokenSecondsDefault = 43200;
inline constexpr int64_t kSessionTokenSecondsMax = 129600;
inline constexpr int64_t kRootSessionTokenSecondsMax = 3600;  // longer wishes are cut, as AWS does

// Denied to whoever has temporary credentials already.
base::Result<Credentials> get_session_token(const Principal& caller, std::optional<int64_t> duration_s,
                                            const KeyRing& ring, base::Instant now, base::Randomness& randomness);

}  // namespace weir::identity
