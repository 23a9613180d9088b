// `weir dry-run`, `weir grant` and `weir revoke`: what an operation would change, and the operations asked about
// most in words a person types.
#pragma once
#include <string>

#include "base/result.h"
#include "cli/grant_words.h"
#include "cli/profile.h"

namespace weir::cli {

struct DryRunFlags {
  ProfileFlags profile;
  std::string service, operation;
  std::string input;  // JSON, or @FILE
  bool json = false;
};
// True: the operation would be accepted.
base::Result<bool> run_dry_run(const DryRunFlags& flags);

struct GrantFlags {
  ProfileFlags profile;
  GrantWords words;
  bool dry_run = false;
  bool json = false;
};
// `operation`: GrantPermissions or RevokePermissions.
base::Result<bool> run_grant(const GrantFlags& flags, const std::string& operation);

}  // namespace weir::cli
