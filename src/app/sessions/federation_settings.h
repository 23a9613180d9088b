// What an operator decides about people who sign in with a company's identity provider.
#pragma once
#include <string>
#include <vector>

namespace weir::app {

struct FederationSettings {
  // Besides AWS's own: whom assertions may be addressed to, and where they may be sent.
  std::vector<std::string> saml_audiences;
  std::vector<std::string> saml_recipients;

  // AssumeDecoratedRoleWithSAML without a signature: drivers hold nothing but the assertion.
  bool decorated_unsigned = true;
  // A session of the very role needs no iam:PassRole: drivers that called AssumeRoleWithSAML first.
  bool decorated_own_role = false;
  // What is granted to the role counts for everybody who signs in through it.
  bool decorated_counts_role = false;
};

}  // namespace weir::app
