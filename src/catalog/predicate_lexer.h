// The words of a predicate's text.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace weir::catalog {

struct Token {
  enum class Kind { name, quoted_name, string, number, symbol, end };
  Kind kind = Kind::end;
  std::string text;     // without quotes, doubled quotes undone
  size_t position = 0;  // byte offset

  bool is_word(std::string_view upper_case) const;  // an unquoted name, whatever its case
  bool is_symbol(std::string_view symbol) const { return kind == Kind::symbol && text == symbol; }
};

// The tokens of `text`, an `end` last. `backticks` quote names too when allowed.
base::Result<std::vector<Token>> tokens_of(std::string_view text, bool backticks);

// Kind::invalid naming the character (counted from 1), what was expected and a short excerpt of what is there.
base::Error syntax_error(std::string_view text, size_t position, std::string_view expected);

}  // namespace weir::catalog
