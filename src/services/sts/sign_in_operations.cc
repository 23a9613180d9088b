#include "services/sts/sign_in_operations.h"

#include "app/sessions/federation.h"

namespace weir::services::sts {

namespace w = wire::sts;

std::vector<std::string> policy_arns(const wire::List<w::PolicyDescriptorType>& policies) {
  std::vector<std::string> out;
  for (const auto& policy : policies) out.push_back(policy.arn.value_or(""));
  return out;
}

namespace {

std::optional<int64_t> seconds(const std::optional<int32_t>& wanted) {
  return wanted ? std::optional<int64_t>(*wanted) : std::nullopt;
}

// What the answers to all kinds of sign-in say of the role.
template <class Out>
void describe_role(const identity::AssumedRole& role, Out& out) {
  out.Credentials = to_wire(role.credentials);
  out.AssumedRoleUser = w::AssumedRoleUser{.AssumedRoleId = role.assumed_role_id, .Arn = role.arn};
  if (role.packed_percent) out.PackedPolicySize = *role.packed_percent;
  if (!role.source_identity.empty()) out.SourceIdentity = role.source_identity;
}

}  // namespace

w::Credentials to_wire(const identity::Credentials& from) {
  return {.AccessKeyId = from.access_key_id,
          .SecretAccessKey = from.secret.reveal(),
          .SessionToken = from.token,
          .Expiration = from.expires};
}

base::Result<w::AssumeRoleWithSAMLResponse> assume_role_with_saml(app::Call& call,
                                                                  const w::AssumeRoleWithSAMLRequest& in) {
  app::SamlRequest request{.role_arn = *in.RoleArn,
                           .provider_arn = *in.PrincipalArn,
                           .response = *in.SAMLAssertion,
                           .duration_s = seconds(in.DurationSeconds),
                           .policy = in.Policy,
                           .policy_arns = policy_arns(in.PolicyArns)};
  WEIR_TRY(auto made, app::assume_role_with_saml(call, request));
  w::AssumeRoleWithSAMLResponse out;
  describe_role(made.role, out);
  out.Subject = made.subject;
  out.SubjectType = made.subject_type;
  out.Issuer = made.issuer;
  out.Audience = made.audience;
  out.NameQualifier = made.name_qualifier;
  return out;
}

base::Result<w::AssumeRoleWithWebIdentityResponse> assume_role_with_web_identity(
    app::Call& call, const w::AssumeRoleWithWebIdentityRequest& in) {
  if (in.ProviderId)
    return base::fail(base::Kind::unauthenticated, "ProviderId is for access tokens of OAuth 2.0, which are not taken.",
                      "identity token");
  app::WebIdentityRequest request{.role_arn = *in.RoleArn,
                                  .session_name = *in.RoleSessionName,
                                  .token = *in.WebIdentityToken,
                                  .duration_s = seconds(in.DurationSeconds),
                                  .policy = in.Policy,
                                  .policy_arns = policy_arns(in.PolicyArns)};
  WEIR_TRY(auto made, app::assume_role_with_web_identity(call, request));
  w::AssumeRoleWithWebIdentityResponse out;
  describe_role(made.role, out);
  out.SubjectFromWebIdentityToken = made.subject;
  out.Provider = made.provider;
  out.Audience = made.audience;
  return out;
}

}  // namespace weir::services::sts
