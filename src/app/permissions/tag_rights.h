// What one caller may do with LF-Tags and saved expressions (lakeformation.md 2.3, 2.12).
//
// A data lake administrator may do everything, a read-only one may see everything; anyone else needs the privilege on
// the tag, on the value or, for saved expressions, on the expression. What is held on `*` holds for every value.
//
// Threads: belongs to one request, like the Call.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/call.h"
#include "permissions/lf_tag.h"

namespace weir::app {

class TagRights {
 public:
  TagRights(const Call& call, std::string catalog);

  bool administers() const { return administers_; }
  bool holds(permissions::Privilege privilege, std::string_view key, std::string_view value) const;
  // The values of the tag that the caller may see.
  std::vector<std::string> described(const permissions::LfTag& tag) const;

  // Gates: nothing when they open. CREATE_LF_TAG and CREATE_LF_TAG_EXPRESSION are held on the catalog.
  std::optional<Refusal> lacks_on_catalog(permissions::Privilege privilege, std::string_view wording) const;
  std::optional<Refusal> lacks(permissions::Privilege privilege, std::string_view key, std::string_view value) const;
  // The privilege on every value that the expression names.
  std::optional<Refusal> lacks(permissions::Privilege privilege, const permissions::TagExpression& expression) const;
  std::optional<Refusal> lacks_on_expression(permissions::Privilege privilege, std::string_view name) const;

 private:
  bool decided(permissions::Privilege privilege, base::Result<permissions::Resource> resource) const;

  const Call& call_;
  std::string catalog_;
  permissions::Caller caller_;
  bool administers_ = false;
  bool sees_everything_ = false;
};

}  // namespace weir::app
