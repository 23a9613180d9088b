// `weir login`: signs in with an identity provider's word and keeps the credentials as a profile that AWS tools read.
#pragma once
#include "base/result.h"
#include "cli/profile.h"
#include "cli/sign_in.h"

namespace CLI {
class App;
}

namespace weir::cli {

struct LoginFlags {
  ProfileFlags profile;  // whose keys sign, when one is named; and where the services are
  SamlFlags saml;
  TokenFlags token;
  std::string role_arn;
  std::optional<int32_t> duration_s;
  bool decorated = false;
  std::string save_as = "weir";
};

base::Status run_login(const LoginFlags& flags);
void add_login(CLI::App& program, int& status);

}  // namespace weir::cli
