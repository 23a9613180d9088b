// `weir query`: SQL through the third-party path.
#pragma once
#include <string>

#include "base/result.h"
#include "cli/profile.h"

namespace weir::cli {

struct QueryFlags {
  ProfileFlags profile;
  std::string role_arn;
  std::string saml_assertion;  // a file: the role is taken as its person, and nobody signs for it
  std::string principal_arn;
  std::string external_id;
  std::string session_tag;
  std::string session_name = "weir-query";
  std::string catalog_id;
  std::string database;
  std::string format = "table";
  std::string output;  // a file instead of standard output; parquet needs one
  unsigned threads = 0;
  std::string sql;
};

base::Status run_query(const QueryFlags& flags);

}  // namespace weir::cli
