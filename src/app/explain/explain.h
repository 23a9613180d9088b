// Why somebody may or may not, with the functions that enforce; and what decided a past denial.
#pragma once
#include <string>
#include <vector>

#include "app/call.h"

namespace weir::app {

struct ExplainRequest {
  std::string principal;  // ARN
  std::string action;     // a Lake Formation privilege
  std::string resource;   // database[.table[.column]], s3://bucket/prefix, or * for the catalog
  std::string catalog;
  identity::Tags session_tags;  // over the principal's own, as AssumeRole would pass them
  bool grant_option = false;    // may it pass the privilege on?
  // Of a SAML principal: the role it takes, and the names of the groups it is in. Who asks about itself may leave
  // them out.
  std::string role = {};
  std::vector<std::string> groups = {};
};

struct Explanation {
  bool allowed = false;
  base::Json json;  // the members of Proof (models/weir)
  std::string text;
};

// The caller may ask about itself; about others of its account only a data lake administrator (read-only ones too), and
// about principals of other accounts only as the owner of the catalog (explain_sharing.h).
base::Result<Explanation> explain(Call& call, const ExplainRequest& request);

// A denial of this account, as it was recorded: any to who may read the trail (cloudtrail:LookupEvents), their own to
// everybody who may ask why about themselves. Of others', one is told what one is told of a denial that never was.
base::Result<Explanation> explain_decision(Call& call, const std::string& decision_id);

}  // namespace weir::app
