#include "catalog/name_pattern.h"

#include <re2/re2.h>

#include <algorithm>

#include "base/text.h"

namespace weir::catalog {
namespace {

constexpr size_t kLengthMax = 2048;
constexpr int64_t kMemoryMax = 1 << 20;  // of the compiled expression

// '?' is a glob's character too, but in a name pattern it is the regular expression's.
bool is_glob(std::string_view text) { return text.find_first_of(".?+^$()[]{}\\") == std::string_view::npos; }

std::shared_ptr<const re2::RE2> compiled(std::string_view text) {
  re2::RE2::Options options;
  options.set_case_sensitive(false);
  options.set_log_errors(false);
  options.set_max_mem(kMemoryMax);
  auto expression = std::make_shared<re2::RE2>(re2::StringPiece(text.data(), text.size()), options);
  return expression->ok() ? expression : nullptr;
}

}  // namespace

base::Result<NamePattern> NamePattern::parse(std::string_view text) {
  if (text.size() > kLengthMax || !base::is_valid_utf8(text))
    return base::invalid("The name pattern is too long or not UTF-8.");
  NamePattern pattern;
  pattern.everything_ = text.empty() || text == "*" || text == ".*";
  if (pattern.everything_) return pattern;
  pattern.expression_ = compiled(text);
  if (is_glob(text))
    for (auto piece : base::split(text, '|')) pattern.globs_.push_back(base::to_lower(piece));
  if (!pattern.expression_ && pattern.globs_.empty())
    return base::invalid("The name pattern is not a regular expression.");
  return pattern;
}

bool NamePattern::matches(std::string_view name) const {
  if (everything_) return true;
  if (expression_ && re2::RE2::FullMatch(re2::StringPiece(name.data(), name.size()), *expression_)) return true;
  auto lower = base::to_lower(name);
  return std::any_of(globs_.begin(), globs_.end(), [&](auto& glob) { return base::glob_match(glob, lower); });
}

}  // namespace weir::catalog
