#include "identity/principal.h"

#include "base/clock.h"
#include "policy/action.h"

namespace weir::identity {
namespace {

using policy::PrincipalKind;

std::string_view principal_type(PrincipalKind kind) {
  switch (kind) {
    case PrincipalKind::root: return "Account";
    case PrincipalKind::user: return "User";
    case PrincipalKind::role_session: return "AssumedRole";
    case PrincipalKind::federated_user: return "FederatedUser";
    case PrincipalKind::anonymous: return "Anonymous";
    case PrincipalKind::federated_identity:
    case PrincipalKind::service: return "";
  }
  return "";
}

void set_unless_empty(policy::Context& context, std::string_view key, std::string_view value) {
  if (!value.empty()) context.set(key, std::string(value));
}

void describe_service(const policy::Caller& caller, policy::Context& context) {
  bool service = caller.kind == PrincipalKind::service;
  context.set("aws:PrincipalIsAWSService", service ? "true" : "false");
  if (!service) return;
  context.set("aws:PrincipalServiceName", caller.service);
  context.set_list("aws:PrincipalServiceNamesList", {caller.service});
}

void describe_session(const Session& session, policy::Context& context) {
  context.set("aws:TokenIssueTime", base::to_iso8601(session.issued));
  context.set("aws:MultiFactorAuthPresent", "false");
  set_unless_empty(context, "aws:SourceIdentity", session.source_identity);
}

}  // namespace

Principal anonymous() {
  Principal out;
  out.caller.user_id = "anonymous";
  return out;
}

Principal service_principal(std::string_view service) {
  Principal out;
  out.caller.kind = PrincipalKind::service;
  out.caller.service = service;
  out.caller.arn = service;
  out.name = service;
  return out;
}

std::string_view lake_formation_principal(const Principal& principal) {
  return principal.is_role_session() ? principal.caller.role_arn : principal.caller.arn;
}

void describe_caller(const Principal& principal, policy::Context& context) {
  auto& caller = principal.caller;
  context.reserve(context.entries().size() + 12 + principal.tags.size());
  if (caller.authenticated_by_aws()) {
    context.set("aws:PrincipalArn", std::string(lake_formation_principal(principal)));
    context.set("aws:PrincipalAccount", caller.account);
  }
  set_unless_empty(context, "aws:PrincipalType", principal_type(caller.kind));
  set_unless_empty(context, "aws:userid", caller.user_id);
  if (caller.kind == PrincipalKind::user) context.set("aws:username", principal.name);
  for (auto& tag : principal.tags) context.set("aws:PrincipalTag/" + tag.key, tag.value);
  describe_service(caller, context);
  if (principal.session) describe_session(principal.session->session, context);
}

bool session_may_call(const Principal& principal, std::string_view action) {
  if (!principal.session) return true;
  bool iam = policy::is_of_service(action, "iam"), sts = policy::is_of_service(action, "sts");
  if (!iam && !sts) return true;
  switch (principal.session->session.kind) {
    case SessionKind::assumed_role: return true;
    case SessionKind::session_token:
    case SessionKind::root:
      return policy::same_action(action, "sts:AssumeRole") || policy::same_action(action, "sts:GetCallerIdentity");
    case SessionKind::vended: return policy::same_action(action, "sts:GetCallerIdentity");
  }
  return false;
}

}  // namespace weir::identity
