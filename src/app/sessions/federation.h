// Roles taken on an identity provider's word: AssumeRoleWithSAML, AssumeDecoratedRoleWithSAML and
// AssumeRoleWithWebIdentity.
//
// Nobody has to have credentials for them; the assertion or token is the credential, and the role's trust policy
// decides alone.
//
// Invariants:
//  1. Neither assertion nor token is recorded, logged or stored; an assertion is remembered by its hash.
//  2. An assertion is used once for one operation and role, also across processes and restarts.
//  3. A role that is absent, of another account, not in the assertion, or does not trust answers alike.
//  4. Who signed in is in the event, once it is proven; what could not be proven leaves a line in the log only,
//     since anybody can send it.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/call.h"
#include "identity/assume_role.h"

namespace weir::app {

struct SamlRequest {
  std::string role_arn;
  std::string provider_arn;
  std::string response;  // base64
  std::optional<int64_t> duration_s;
  std::optional<std::string> policy;
  std::vector<std::string> policy_arns;
};

struct SamlRole {
  identity::AssumedRole role;
  std::string subject;
  std::string subject_type;
  std::string issuer;
  std::string audience;
  std::string name_qualifier;
};

base::Result<SamlRole> assume_role_with_saml(Call& call, const SamlRequest& request);

// The same with a session that Lake Formation knows as the assertion's user and groups (lakeformation.md 5.9). A
// caller that signed needs iam:PassRole on the role.
base::Result<identity::Credentials> assume_decorated_role(Call& call, const SamlRequest& request);

struct WebIdentityRequest {
  std::string role_arn;
  std::string session_name;
  std::string token;
  std::optional<int64_t> duration_s;
  std::optional<std::string> policy;
  std::vector<std::string> policy_arns;
};

struct WebIdentityRole {
  identity::AssumedRole role;
  std::string subject;
  std::string provider;  // ARN
  std::string audience;
};

base::Result<WebIdentityRole> assume_role_with_web_identity(Call& call, const WebIdentityRequest& request);

}  // namespace weir::app
