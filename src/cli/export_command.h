// `weir export`: a catalog and its governance as one document (docs/export.md).
#pragma once
#include <cstdio>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/json_api.h"
#include "cli/lake_reader.h"
#include "cli/profile.h"

namespace weir::cli {

struct ExportFlags {
  ProfileFlags profile;
  std::string output;  // a file instead of standard output; replaced only by a whole document
  bool with_iam = false;
  bool without_partition_statistics = false;
  bool json = false;  // the summary, on standard error
};

base::Status run_export(const ExportFlags& flags);

// An account behind an endpoint: what a command reads or writes.
struct LakeEnd {
  JsonApi api;
  std::string account;
  std::string region;
};
base::Result<LakeEnd> open_lake(const ProfileFlags& flags);

// The document into `file`, and what it could not say.
base::Result<std::vector<LeftOut>> write_document(const LakeEnd& lake, LakeReaderOptions options, std::FILE* file);

}  // namespace weir::cli
