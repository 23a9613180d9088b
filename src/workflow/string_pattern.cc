#include "workflow/string_pattern.h"

namespace weir::workflow {

base::Result<StringPattern> StringPattern::parse(std::string_view text) {
  StringPattern out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '*') {
      out.pieces_.emplace_back();
      continue;
    }
    if (text[i] == '\\') {
      bool known = i + 1 < text.size() && (text[i + 1] == '*' || text[i + 1] == '\\');
      if (!known) return base::invalid("a backslash in a pattern stands before '*' or '\\'", "pattern");
      ++i;
    }
    out.pieces_.back() += text[i];
  }
  return out;
}

bool StringPattern::matches(std::string_view text) const {
  if (pieces_.size() == 1) return text == pieces_.front();
  if (!text.starts_with(pieces_.front())) return false;
  text.remove_prefix(pieces_.front().size());
  for (size_t i = 1; i + 1 < pieces_.size(); ++i) {
    auto at = text.find(pieces_[i]);
    if (at == std::string_view::npos) return false;
    text.remove_prefix(at + pieces_[i].size());
  }
  return text.ends_with(pieces_.back());
}

}  // namespace weir::workflow
