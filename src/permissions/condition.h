// A condition on a grant or an opt-in: a Cedar expression over the tags of the principal, as AWS's
// attribute-based access control writes it:
//
//   context.iam.principalTags.hasTag("department") && context.iam.principalTags.getTag("department") == "sales"
//
// Served of Cedar: || && ! == != (strings, booleans), like with *, if-then-else, parentheses, true, false, string
// literals, [..].contains(..), hasTag and getTag on context.iam.principalTags. Anything else is refused when granted.
// A condition that cannot be evaluated (a tag that is not there, types that do not fit) does not hold.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace weir::permissions {

inline constexpr size_t kConditionLengthMax = 3000;

// Tags of the IAM user or role, overlaid by the session's (aws:PrincipalTag); keys as written.
using PrincipalTags = std::vector<std::pair<std::string, std::string>>;

class Condition {
 public:
  static base::Result<Condition> parse(std::string_view text);
  bool holds(const PrincipalTags& tags) const;
  // What holds() looks at, of the tags that the condition names: "department=sales, level is not there".
  std::string saw(const PrincipalTags& tags) const;
  const std::string& text() const { return text_; }  // as written, trimmed

  struct Node;

 private:
  Condition(std::string text, std::shared_ptr<const Node> root) : text_(std::move(text)), root_(std::move(root)) {}
  std::string text_;
  std::shared_ptr<const Node> root_;
};

}  // namespace weir::permissions
