#include "identity/credentials.h"

#include "identity/ids.h"

namespace weir::identity {

base::Result<Credentials> mint(Session session, base::Seconds duration, const KeyRing& ring, base::Instant now,
                               base::Randomness& randomness) {
  session.access_key_id = new_session_key_id(session.account, randomness);
  session.issued = base::Instant(std::chrono::floor<base::Seconds>(now.time_since_epoch()));
  session.expires = session.issued + duration;
  WEIR_TRY(auto sealed, seal_session(session, ring, randomness));
  return Credentials{std::move(session.access_key_id), std::move(sealed.secret), std::move(sealed.token),
                     session.expires, sealed.packed_percent};
}

}  // namespace weir::identity
