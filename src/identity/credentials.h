// Temporary credentials as their owner receives them. Made of a session; nothing is stored.
#pragma once
#include <string>

#include "identity/session.h"

namespace weir::identity {

struct Credentials {
  std::string access_key_id;
  base::Secret secret;
  std::string token;
  base::Instant expires{};
  int packed_percent = 0;
};

// Gives the session a new access key id and its times, in whole seconds, and seals it.
base::Result<Credentials> mint(Session session, base::Seconds duration, const KeyRing& ring, base::Instant now,
                               base::Randomness& randomness);

}  // namespace weir::identity
