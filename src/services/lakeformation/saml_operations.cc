#include "services/lakeformation/saml_operations.h"

#include "app/sessions/federation.h"

namespace weir::services {

using namespace wire::lakeformation;

namespace {

// The model knows no error for an assertion that does not hold; it is an input like any other, and the credentials
// of the request itself were not what failed.
base::Error as_input(base::Error error) {
  bool of_assertion = error.about == "identity token" &&
                      (error.kind == base::Kind::unauthenticated || error.kind == base::Kind::expired);
  if (of_assertion || error.about == "packed policy") error.kind = base::Kind::invalid;
  return error;
}

}  // namespace

base::Result<AssumeDecoratedRoleWithSAMLResponse> assume_decorated_role_with_saml(
    app::Call& call, const AssumeDecoratedRoleWithSAMLRequest& in) {
  app::SamlRequest request{.role_arn = *in.RoleArn,
                           .provider_arn = *in.PrincipalArn,
                           .response = *in.SAMLAssertion,
                           .duration_s = {},
                           .policy = {},
                           .policy_arns = {}};
  if (in.DurationSeconds) request.duration_s = *in.DurationSeconds;
  auto made = app::assume_decorated_role(call, request);
  if (!made.ok()) return as_input(std::move(made).error());
  return AssumeDecoratedRoleWithSAMLResponse{.AccessKeyId = made->access_key_id,
                                             .SecretAccessKey = made->secret.reveal(),
                                             .SessionToken = made->token,
                                             .Expiration = made->expires};
}

}  // namespace weir::services
