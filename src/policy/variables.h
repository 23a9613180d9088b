// Policy variables: ${aws:username}, ${aws:PrincipalTag/team, 'none'} and the escapes ${*} ${?} ${$}.
//
// Only documents of Version 2012-10-17 have them; in older ones the same characters are plain text,
// which is why the caller decides whether to look at all.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "policy/context.h"

namespace weir::policy {

struct Variable {
  std::string key;  // lower case
  std::optional<std::string> otherwise;
  // The value to put in place: a single-valued key, or the default when the key is absent. Nothing for
  // a list, whose values nobody could choose between, default or not.
  std::optional<std::string_view> resolve(const Context& context) const;
};

// What one ${...} at the start of a text turned out to be.
struct Placeholder {
  size_t length = 0;  // characters consumed, braces included
  std::optional<Variable> variable;
  char escaped = 0;  // '*', '?' or '$' when it is no variable
};

inline bool starts_placeholder(std::string_view text) { return text.starts_with("${"); }
// `text` starts with "${".
base::Result<Placeholder> read_placeholder(std::string_view text);

}  // namespace weir::policy
