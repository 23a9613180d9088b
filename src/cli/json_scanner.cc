#include "cli/json_scanner.h"

#include <algorithm>

#include "base/json.h"

namespace weir::cli {
namespace {

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }
bool ends_scalar(char c) { return is_space(c) || c == ',' || c == ']' || c == '}'; }

}  // namespace

base::Error JsonScanner::broken(std::string_view what) const {
  auto until = text_.begin() + static_cast<std::ptrdiff_t>(std::min(at_, text_.size()));
  auto line = 1 + std::count(text_.begin(), until, '\n');
  return base::invalid("the document is damaged: " + std::string(what) + " at line " + std::to_string(line),
                       "document");
}

void JsonScanner::skip_space() {
  while (at_ < text_.size() && is_space(text_[at_])) ++at_;
}

bool JsonScanner::take(char c) {
  skip_space();
  if (at_ >= text_.size() || text_[at_] != c) return false;
  ++at_;
  return true;
}

base::Status JsonScanner::end_of_text() {
  skip_space();
  if (at_ != text_.size()) return broken("text after the end");
  return {};
}

bool JsonScanner::skip_string() {
  for (++at_; at_ < text_.size(); ++at_) {
    if (text_[at_] == '"') return ++at_, true;
    if (text_[at_] == '\\') ++at_;
  }
  return false;
}

bool JsonScanner::skip_brackets() {
  size_t depth = 0;
  while (at_ < text_.size()) {
    char c = text_[at_];
    if (c == '"') {
      if (!skip_string()) return false;
      continue;
    }
    ++at_;
    if (c == '{' || c == '[') ++depth;
    if ((c == '}' || c == ']') && --depth == 0) return true;
  }
  return false;
}

base::Result<std::string_view> JsonScanner::value() {
  skip_space();
  auto from = at_;
  if (at_ >= text_.size()) return broken("the text ends");
  bool whole = true;
  if (text_[at_] == '"')
    whole = skip_string();
  else if (text_[at_] == '{' || text_[at_] == '[')
    whole = skip_brackets();
  else
    while (at_ < text_.size() && !ends_scalar(text_[at_])) ++at_;
  if (!whole) return broken("the text ends in the middle of a value");
  if (at_ == from) return broken("a value is missing");
  return text_.substr(from, at_ - from);
}

base::Status JsonScanner::members(const std::function<base::Status(const std::string&, std::string_view)>& visit) {
  if (!take('{')) return broken("no object");
  if (take('}')) return end_of_text();
  do {
    WEIR_TRY(auto quoted, value());
    auto name = base::parse_json(quoted);
    if (!name || !name->as_string()) return broken("no name of a member");
    if (!take(':')) return broken("no ':' after a name");
    WEIR_TRY(auto text, value());
    WEIR_CHECK_OK(visit(*name->as_string(), text));
  } while (take(','));
  if (!take('}')) return broken("an object does not end");
  return end_of_text();
}

base::Status JsonScanner::elements(const std::function<base::Status(std::string_view)>& visit) {
  if (!take('[')) return broken("no list");
  if (take(']')) return end_of_text();
  do {
    WEIR_TRY(auto text, value());
    WEIR_CHECK_OK(visit(text));
  } while (take(','));
  if (!take(']')) return broken("a list does not end");
  return end_of_text();
}

}  // namespace weir::cli
