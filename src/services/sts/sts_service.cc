#include "services/sts/sts_service.h"

#include "app/sessions.h"
#include "services/sts/errors.h"
#include "wire/sts_operations.h"

namespace weir::services {
namespace {

using namespace wire::sts;

Credentials to_wire(const identity::Credentials& from) {
  return {.AccessKeyId = from.access_key_id,
          .SecretAccessKey = from.secret.reveal(),
          .SessionToken = from.token,
          .Expiration = from.expires};
}

identity::AssumeRoleRequest from_wire(const AssumeRoleRequest& in) {
  identity::AssumeRoleRequest out;
  out.role_arn = *in.RoleArn;
  out.session_name = *in.RoleSessionName;
  if (in.DurationSeconds) out.duration_s = *in.DurationSeconds;
  out.policy = in.Policy;
  for (const auto& policy : in.PolicyArns) out.policy_arns.push_back(policy.arn.value_or(""));
  for (const auto& tag : in.Tags) out.tags.push_back({tag.Key.value_or(""), tag.Value.value_or("")});
  out.transitive_keys = in.TransitiveTagKeys.items();
  out.external_id = in.ExternalId;
  out.source_identity = in.SourceIdentity;
  return out;
}

base::Result<AssumeRoleResponse> assume_role(app::Call& call, const AssumeRoleRequest& in) {
  if (in.SerialNumber || in.TokenCode)
    return base::fail(base::Kind::denied, "MultiFactorAuthentication failed: this server has no MFA devices.",
                      "access");
  if (!in.ProvidedContexts.empty())
    return base::fail(base::Kind::unsupported, "ProvidedContexts are not supported by this server.", "context");
  WEIR_TRY(auto role, app::assume_role(call, from_wire(in)));
  AssumeRoleResponse out;
  out.Credentials = to_wire(role.credentials);
  out.AssumedRoleUser = AssumedRoleUser{.AssumedRoleId = role.assumed_role_id, .Arn = role.arn};
  if (role.packed_percent) out.PackedPolicySize = *role.packed_percent;
  if (!role.source_identity.empty()) out.SourceIdentity = role.source_identity;
  return out;
}

base::Result<GetCallerIdentityResponse> get_caller_identity(app::Call& call, const GetCallerIdentityRequest&) {
  WEIR_TRY(auto who, app::get_caller_identity(call));
  return GetCallerIdentityResponse{.UserId = who.user_id, .Account = who.account, .Arn = who.arn};
}

base::Result<GetSessionTokenResponse> get_session_token(app::Call& call, const GetSessionTokenRequest& in) {
  if (in.SerialNumber || in.TokenCode)
    return base::fail(base::Kind::denied, "MultiFactorAuthentication failed: this server has no MFA devices.",
                      "access");
  std::optional<int64_t> duration;
  if (in.DurationSeconds) duration = *in.DurationSeconds;
  WEIR_TRY(auto credentials, app::get_session_token(call, duration));
  GetSessionTokenResponse out;
  out.Credentials = to_wire(credentials);
  return out;
}

}  // namespace

const Service& sts_service() {
  static const Route routes[] = {
      read<op::GetCallerIdentity, get_caller_identity>(),
      read<op::AssumeRole, assume_role>(),
      read<op::GetSessionToken, get_session_token>(),
  };
  static const Service service{&model(), routes, &sts_error};
  return service;
}

}  // namespace weir::services
