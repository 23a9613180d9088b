#include "cli/sign_in.h"

#include "cli/text_file.h"
#include "wire/lakeformation_operations.h"
#include "wire/sts_operations.h"

namespace weir::cli {
namespace {

// Of an answer that has them as members of its own, or of one part of it.
template <class Keys>
TimedCredentials timed(const Keys& keys) {
  return {
      {keys.AccessKeyId.value_or(""), base::Secret(keys.SecretAccessKey.value_or("")), keys.SessionToken.value_or("")},
      keys.Expiration};
}

template <class Request>
base::Result<Request> saml_request(const SamlFlags& flags) {
  Request request;
  WEIR_TRY(request.SAMLAssertion, read_text(flags.file));
  request.RoleArn = flags.role_arn;
  request.PrincipalArn = flags.principal_arn;
  request.DurationSeconds = flags.duration_s;
  return request;
}

base::Error no_credentials() { return base::invalid("the answer has no credentials", "credentials"); }

}  // namespace

base::Result<TimedCredentials> sign_in_with_saml(const AwsClient& client, const SamlFlags& flags) {
  WEIR_TRY(auto request, saml_request<wire::sts::AssumeRoleWithSAMLRequest>(flags));
  WEIR_TRY(auto answer, client.call<wire::sts::op::AssumeRoleWithSAML>(request));
  if (!answer.Credentials) return no_credentials();
  return timed(*answer.Credentials);
}

base::Result<TimedCredentials> sign_in_decorated(const AwsClient& client, const SamlFlags& flags) {
  WEIR_TRY(auto request, saml_request<wire::lakeformation::AssumeDecoratedRoleWithSAMLRequest>(flags));
  WEIR_TRY(auto answer, client.call<wire::lakeformation::op::AssumeDecoratedRoleWithSAML>(request));
  if (!answer.AccessKeyId) return no_credentials();
  return timed(answer);
}

base::Result<TimedCredentials> sign_in_with_token(const AwsClient& client, const TokenFlags& flags) {
  wire::sts::AssumeRoleWithWebIdentityRequest request;
  WEIR_TRY(request.WebIdentityToken, read_text(flags.file));
  request.RoleArn = flags.role_arn;
  request.RoleSessionName = flags.session_name;
  request.DurationSeconds = flags.duration_s;
  WEIR_TRY(auto answer, client.call<wire::sts::op::AssumeRoleWithWebIdentity>(request));
  if (!answer.Credentials) return no_credentials();
  return timed(*answer.Credentials);
}

}  // namespace weir::cli
