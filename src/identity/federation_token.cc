#include "identity/federation_token.h"

#include "identity/naming.h"
#include "identity/role.h"
#include "identity/session_policies.h"
#include "identity/session_token.h"

namespace weir::identity {
namespace {

base::Status check(const FederationTokenRequest& request) {
  WEIR_CHECK_OK(check_federated_user_name(request.name));
  WEIR_CHECK_OK(check_tags(request.tags));
  auto wanted = request.duration_s.value_or(kSessionTokenSecondsDefault);
  if (wanted < kSessionSecondsMin || wanted > kSessionTokenSecondsMax)
    return base::invalid("1 validation error detected: Value '" + std::to_string(wanted) +
                             "' at 'durationSeconds' failed to satisfy constraint: Member must have value between " +
                             "900 and 129600",
                         "durationSeconds");
  return check_session_policies(request.policy, request.policy_arns);
}

base::Seconds duration_of(const Principal& caller, const FederationTokenRequest& request) {
  auto wanted = request.duration_s.value_or(kSessionTokenSecondsDefault);
  bool root = caller.kind() == policy::PrincipalKind::root;
  return base::Seconds(root ? std::min(wanted, kRootSessionTokenSecondsMax) : wanted);
}

base::Result<Session> session_of(const Principal& caller, const FederationTokenRequest& request) {
  Session session;
  session.kind = SessionKind::federated;
  WEIR_TRY(session.account, names::AccountId::parse(caller.account()));
  session.principal_id = caller.caller.unique_id;
  session.principal_arn = caller.arn();
  session.name = request.name;
  session.tags = request.tags;
  if (request.policy) session.policy = compact_policy(*request.policy);
  session.policy_arns = request.policy_arns;
  return session;
}

}  // namespace

base::Status may_ask_for_federation_token(const Principal& caller) {
  bool root = caller.kind() == policy::PrincipalKind::root;
  if (caller.session || !(root || caller.kind() == policy::PrincipalKind::user))
    return base::denied("Cannot call GetFederationToken with session credentials");
  return {};
}

base::Result<FederatedUser> get_federation_token(const Principal& caller, const FederationTokenRequest& request,
                                                 const Directory& directory, const KeyRing& ring, base::Instant now,
                                                 base::Randomness& randomness) {
  WEIR_CHECK_OK(may_ask_for_federation_token(caller));
  WEIR_CHECK_OK(check(request));
  WEIR_TRY(auto session, session_of(caller, request));
  WEIR_CHECK_OK(check_session_policy_arns(request.policy_arns, session.account, directory));
  FederatedUser out;
  out.id = session.account.text() + ":" + request.name;
  out.arn = names::federated_user_arn(session.account, request.name);
  WEIR_TRY(out.credentials, mint(std::move(session), duration_of(caller, request), ring, now, randomness));
  if (request.policy || !request.policy_arns.empty() || !request.tags.empty())
    out.packed_percent = out.credentials.packed_percent;
  return out;
}

}  // namespace weir::identity
