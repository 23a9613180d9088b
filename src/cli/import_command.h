// `weir import`: loads a lake document, or another lake directly (docs/export.md).
#pragma once
#include <string>

#include "base/result.h"
#include "cli/profile.h"

namespace weir::cli {

struct ImportFlags {
  std::string file;  // "-" is standard input
  bool from_aws = false;
  ProfileFlags profile;   // of the target; with from_aws, of the source
  ProfileFlags to;        // of the target, with from_aws
  bool with_iam = false;  // from_aws: identities, too
  bool without_partition_statistics = false;
  bool dry_run = false;
  bool skip_unknown_principals = false;
  std::string map_account;
  bool json = false;
};

base::Status run_import(const ImportFlags& flags);

}  // namespace weir::cli
