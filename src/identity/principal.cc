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

// The user's, the role's behind a session, root's.
std::string_view iam_principal(const Principal& principal) {
  return principal.is_role_session() ? principal.caller.role_arn : principal.caller.arn;
}

// arn:aws:iam::A:oidc-provider/HOST/PATH -> HOST/PATH, as in condition keys; what is no ARN is such a name itself
// (cognito-identity.amazonaws.com). Empty for any other provider.
std::string_view web_issuer(std::string_view provider_arn) {
  constexpr std::string_view kKind = ":oidc-provider/";
  if (!provider_arn.starts_with("arn:")) return provider_arn;
  auto at = provider_arn.find(kKind);
  return at == std::string_view::npos ? std::string_view() : provider_arn.substr(at + kKind.size());
}

// What conditions may still ask of a session about how its holder signed in.
void describe_sign_in(const SignIn& how, policy::Context& context) {
  context.set("aws:FederatedProvider", how.provider);
  auto issuer = std::string(web_issuer(how.provider));
  if (issuer.empty()) {
    set_unless_empty(context, "saml:sub", how.subject);
    set_unless_empty(context, "saml:sub_type", how.subject_type);
    set_unless_empty(context, "saml:namequalifier", how.name_qualifier);
    return;
  }
  set_unless_empty(context, issuer + ":sub", how.subject);
  set_unless_empty(context, issuer + ":aud", how.audience);
  if (!how.methods.empty()) context.set_list(issuer + ":amr", how.methods);
}

void describe_session(const Session& session, policy::Context& context) {
  context.set("aws:TokenIssueTime", base::to_iso8601(session.issued));
  context.set("aws:MultiFactorAuthPresent", "false");
  set_unless_empty(context, "aws:SourceIdentity", session.source_identity);
  if (session.sign_in) describe_sign_in(*session.sign_in, context);
}

}  // namespace

Principal anonymous() {
  Principal out;
  out.caller.user_id = "anonymous";
  return out;
}

Principal federated_identity(const Vouched& who) {
  Principal out;
  out.caller.kind = PrincipalKind::federated_identity;
  out.caller.provider = who.provider;
  out.caller.user_id = who.subject_qualifier + ":" + who.subject;
  out.name = who.subject;
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
  if (principal.is_decorated()) return principal.session->lake_formation_principals.front();
  return iam_principal(principal);
}

void describe_caller(const Principal& principal, policy::Context& context) {
  auto& caller = principal.caller;
  context.reserve(context.entries().size() + 12 + principal.tags.size());
  if (caller.authenticated_by_aws()) {
    context.set("aws:PrincipalArn", std::string(iam_principal(principal)));
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
    case SessionKind::vended:
    case SessionKind::federated: return policy::same_action(action, "sts:GetCallerIdentity");
  }
  return false;
}

}  // namespace weir::identity
