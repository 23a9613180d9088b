// Which names a caller sees in lists: the cheap question, asked for every row of a page.
//
// It never hides what decide() would let the caller describe. It may show a name whose only grant
// decide() then sets aside (a filter that no longer fits).
#pragma once
#include <string_view>

#include "permissions/gathering.h"

namespace weir::permissions {

class Visibility {
 public:
  // Both outlive the object.
  Visibility(const Caller& caller, const Snapshot& snapshot);
  bool database(std::string_view name) const;
  bool table(std::string_view database, std::string_view name) const;
  bool sees_everything() const { return everything_; }

 private:
  const Snapshot& snapshot_;
  std::vector<KnownPrincipal> principals_;  // IAM_ALLOWED_PRINCIPALS among them
  bool everything_ = false;
};

}  // namespace weir::permissions
