// The permission policies that hang on one user, group or role: documents written into it, and managed
// policies attached to it by ARN.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "base/record.h"

namespace weir::identity {

struct OwnPolicies {
  std::map<std::string, std::string> inline_documents;  // by policy name
  std::vector<std::string> attached;                    // ARNs, in the order of attachment

  bool empty() const { return inline_documents.empty() && attached.empty(); }
};
WEIR_RECORD(OwnPolicies, FIELD("Inline", &OwnPolicies::inline_documents), FIELD("Attached", &OwnPolicies::attached))

}  // namespace weir::identity
