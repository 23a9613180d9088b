// `weir share diagnose`: which step of sharing is missing, and whose it is.
#pragma once
#include <string>

#include "base/result.h"
#include "cli/profile.h"

namespace weir::cli {

struct DiagnoseFlags {
  ProfileFlags profile;
  std::string from, to, resource;
  std::string principal;  // empty: only what the accounts do is walked
  bool json = false;
};
// Whether no step is missing.
base::Result<bool> run_diagnose(const DiagnoseFlags& flags);

}  // namespace weir::cli
