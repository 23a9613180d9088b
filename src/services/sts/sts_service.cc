#include "services/sts/sts_service.h"

#include "app/sessions/sessions.h"
#include "services/sts/errors.h"
#include "services/sts/sign_in_operations.h"
#include "wire/sts_operations.h"

namespace weir::services {
namespace {

using namespace wire::sts;
using sts::policy_arns;
using sts::to_wire;

identity::Tags tags(const wire::List<Tag>& given) {
  identity::Tags out;
  for (const auto& tag : given) out.push_back({tag.Key.value_or(""), tag.Value.value_or("")});
  return out;
}

identity::AssumeRoleRequest from_wire(const AssumeRoleRequest& in) {
  identity::AssumeRoleRequest out;
  out.role_arn = *in.RoleArn;
  out.session_name = *in.RoleSessionName;
  if (in.DurationSeconds) out.duration_s = *in.DurationSeconds;
  out.policy = in.Policy;
  out.policy_arns = policy_arns(in.PolicyArns);
  out.tags = tags(in.Tags);
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

base::Result<GetFederationTokenResponse> get_federation_token(app::Call& call, const GetFederationTokenRequest& in) {
  identity::FederationTokenRequest request;
  request.name = *in.Name;
  if (in.DurationSeconds) request.duration_s = *in.DurationSeconds;
  request.policy = in.Policy;
  request.policy_arns = policy_arns(in.PolicyArns);
  request.tags = tags(in.Tags);
  WEIR_TRY(auto user, app::get_federation_token(call, request));
  GetFederationTokenResponse out;
  out.Credentials = to_wire(user.credentials);
  out.FederatedUser = FederatedUser{.FederatedUserId = user.id, .Arn = user.arn};
  if (user.packed_percent) out.PackedPolicySize = *user.packed_percent;
  return out;
}

base::Result<GetAccessKeyInfoResponse> get_access_key_info(app::Call& call, const GetAccessKeyInfoRequest& in) {
  WEIR_TRY(auto account, app::get_access_key_info(call, *in.AccessKeyId));
  return GetAccessKeyInfoResponse{.Account = account};
}

base::Result<DecodeAuthorizationMessageResponse> decode_authorization_message(
    app::Call& call, const DecodeAuthorizationMessageRequest& in) {
  WEIR_TRY(auto decoded, app::decode_authorization_message(call, *in.EncodedMessage));
  return DecodeAuthorizationMessageResponse{.DecodedMessage = decoded};
}

}  // namespace

const Service& sts_service() {
  static const Route routes[] = {
      read<op::GetCallerIdentity, get_caller_identity>(),
      read<op::AssumeRole, assume_role>(),
      read<op::GetSessionToken, get_session_token>(),
      read<op::GetFederationToken, get_federation_token>(),
      read<op::GetAccessKeyInfo, get_access_key_info>(),
      write<op::DecodeAuthorizationMessage, decode_authorization_message>(),  // searches the journal
      sign_in<op::AssumeRoleWithSAML, sts::assume_role_with_saml>(),
      sign_in<op::AssumeRoleWithWebIdentity, sts::assume_role_with_web_identity>(),
  };
  static const Service service{&model(), routes, &sts_error};
  return service;
}

}  // namespace weir::services
