// Which names a caller sees in lists: the cheap question, asked for every row of a page.
//
// It agrees with decide() about the same place. It never hides what decide() would let the caller describe. It may show a name whose only grant
// decide() then sets aside (a filter that no longer fits, LF-Tags on a column that is gone).
#pragma once
#include <string_view>

#include "permissions/gathering.h"

namespace weir::permissions {

class Visibility {
 public:
  // The snapshot outlives the object.
  Visibility(const Caller& caller, const Snapshot& snapshot);
  // `place`: where it lies, if it says so; without it, it lies nowhere.
  bool database(std::string_view name, const std::optional<names::S3Path>& place = {}) const;
  bool table(std::string_view database, std::string_view name, const std::optional<names::S3Path>& place = {}) const;
  bool tag(std::string_view key, std::string_view value) const;
  bool expression(std::string_view name) const;
  bool sees_everything() const { return everything_; }

 private:
  bool any_holds(ObjectId object) const;
  bool tags_show(ObjectId database, ObjectId table) const;
  bool tags_show(ObjectId database) const;
  bool privileged(const std::optional<names::S3Path>& place) const;

  const Snapshot& snapshot_;
  KnownPrincipals principals_;
  KnownPrincipal everybody_{};
  std::vector<std::string> registrants_;  // those of the caller's principals that registered with privileged access
  bool has_policies_ = false;
  bool everything_ = false;
};

}  // namespace weir::permissions
