#include "identity/session_token.h"

#include <algorithm>

#include "identity/role.h"

namespace weir::identity {

base::Result<Credentials> get_session_token(const Principal& caller, std::optional<int64_t> duration_s,
                                            const KeyRing& ring, base::Instant now, base::Randomness& randomness) {
  bool root = caller.kind() == policy::PrincipalKind::root;
  if (caller.session || !(root || caller.kind() == policy::PrincipalKind::user))
    return base::denied("Cannot call GetSessionToken with session credentials");
  auto wanted = duration_s.value_or(kSessionTokenSecondsDefault);
  if (wanted < kSessionSecondsMin || wanted > kSessionTokenSecondsMax)
    return base::invalid("1 validation error detected: Value '" + std::to_string(wanted) +
                             "' at 'durationSeconds' failed to satisfy constraint: Member must have value between " +
                             "900 and 129600",
                         "durationSeconds");
  if (root) wanted = std::min(wanted, kRootSessionTokenSecondsMax);
  Session session;
  session.kind = root ? SessionKind::root : SessionKind::session_token;
  WEIR_TRY(session.account, names::AccountId::parse(caller.account()));
  session.principal_id = caller.caller.unique_id;
  session.principal_arn = caller.arn();
  return mint(std::move(session), base::Seconds(wanted), ring, now, randomness);
}

}  // namespace weir::identity
