// The grammar of Path and PathFilter over one text, with a place in it: the expression parser goes on where
// a path ends.
#pragma once
#include "workflow/path_filter.h"

namespace weir::workflow {

class PathParser {
 public:
  // `stops`: characters that end a path when they stand outside brackets (`,` and `)` in arguments).
  explicit PathParser(std::string_view text, size_t at = 0) : text_(text), at_(at) {}

  Result<Path> path();  // from the place on, as far as it goes
  size_t at() const { return at_; }
  bool at_end() const { return at_ == text_.size(); }
  base::Error wrong(std::string_view what) const;

 private:
  Status root(Path& out);
  Result<bool> step(Path& out);  // false: the path is over
  Status dotted(Path& out, PathStep step);
  Status bracketed(PathStep& step);
  Status quoted_names(PathStep& step);
  Status numbers(PathStep& step);
  Status slice(PathStep& step, std::optional<int64_t> from);
  Result<std::string> quoted();
  Result<std::optional<int64_t>> integer();
  std::string_view bare_name();
  bool eat(std::string_view token);
  bool sees(std::string_view token) const { return text_.substr(at_).starts_with(token); }
  void spaces();

  Result<PathFilter> alternatives();
  Result<PathFilter> conjunction();
  Result<PathFilter> term();
  Result<PathFilter> comparison();
  Result<PathFilter::Operand> operand();
  Result<Json> literal();
  Result<Json> list();
  std::optional<PathFilter::Relation> relation();

  std::string_view text_;
  size_t at_;
  size_t depth_ = 0;  // of filters and parentheses
};

}  // namespace weir::workflow
