// Credentials for an identity provider's word: a SAML response or a web identity token, in a file.
//
// Threads: free functions.
#pragma once
#include <optional>
#include <string>

#include "cli/aws_client.h"

namespace weir::cli {

struct SamlFlags {
  std::string file;  // base64, as the provider posts it; "-" is standard input
  std::string role_arn;
  std::string principal_arn;
  std::optional<int32_t> duration_s;
};
// A session of the role; decorated, one that Lake Formation knows as the person and the groups of the response.
base::Result<TimedCredentials> sign_in_with_saml(const AwsClient& client, const SamlFlags& flags);
base::Result<TimedCredentials> sign_in_decorated(const AwsClient& client, const SamlFlags& flags);

struct TokenFlags {
  std::string file;
  std::string role_arn;
  std::string session_name;
  std::optional<int32_t> duration_s;
};
base::Result<TimedCredentials> sign_in_with_token(const AwsClient& client, const TokenFlags& flags);

}  // namespace weir::cli
