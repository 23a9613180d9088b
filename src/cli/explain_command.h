// `weir explain` and `weir who-can`: why somebody may, and who may.
#pragma once
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/profile.h"

namespace weir::cli {

struct ExplainFlags {
  ProfileFlags profile;
  std::string principal, action, resource, decision;
  std::string catalog;                    // the account whose catalog it is; empty: one's own
  std::string role_arn;                   // that a SAML principal takes
  std::vector<std::string> groups;        // that a SAML user is in
  std::vector<std::string> session_tags;  // KEY=VALUE
  bool grant_option = false;
  bool json = false;
};
base::Status run_explain(const ExplainFlags& flags);

struct WhoCanFlags {
  ProfileFlags profile;
  std::string resource;
  std::string action = "SELECT";
  bool json = false;
};
base::Status run_who_can(const WhoCanFlags& flags);

}  // namespace weir::cli
