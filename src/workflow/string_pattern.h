// StringMatches: `*` stands for any characters, `\*` for an asterisk, `\\` for a backslash. Any other backslash
// is a mistake that parsing tells. Matching is linear in practice and never recursive.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace weir::workflow {

class StringPattern {
 public:
  static base::Result<StringPattern> parse(std::string_view text);
  bool matches(std::string_view text) const;

 private:
  std::vector<std::string> pieces_{""};  // what stands between the asterisks, one more than they
};

}  // namespace weir::workflow
