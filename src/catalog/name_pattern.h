// Patterns over names, as GetTables (Expression) and GetUserDefinedFunctions (Pattern) take them.
//
// Callers send regular expressions and, from Hive, globs with * and |. A name fits when it matches
// either reading as a whole, ignoring case. RE2 keeps the time linear and the memory bounded.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace re2 {
class RE2;
}

namespace weir::catalog {

class NamePattern {
 public:
  NamePattern() = default;  // everything
  // Kind::invalid when it is too long or neither a regular expression nor a glob.
  static base::Result<NamePattern> parse(std::string_view text);
  bool matches(std::string_view name) const;

 private:
  bool everything_ = true;
  std::shared_ptr<const re2::RE2> expression_;  // null: not a regular expression
  std::vector<std::string> globs_;              // lower case
};

}  // namespace weir::catalog
