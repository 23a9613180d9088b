// Why somebody may or may not, with the functions that enforce; and what decided a past denial.
#pragma once
#include <string>

#include "app/call.h"

namespace weir::app {

struct ExplainRequest {
  std::string principal;  // ARN
  std::string action;     // a Lake Formation privilege
  std::string resource;   // database[.table[.column]] or s3://bucket/prefix
  std::string catalog;
};

struct Explanation {
  bool allowed = false;
  base::Json json;
  std::string text;
};

// The caller may ask about itself; about others only a data lake administrator (read-only ones too).
base::Result<Explanation> explain(Call& call, const ExplainRequest& request);

// A denial of this account, as it was recorded.
base::Result<Explanation> explain_decision(Call& call, const std::string& decision_id);

}  // namespace weir::app
