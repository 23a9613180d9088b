#include <algorithm>

#include "base/text.h"
#include "workflow/expression.h"
#include "workflow/limits.h"
#include "workflow/path_parser.h"

namespace weir::workflow {
namespace {

class ExpressionParser {
 public:
  explicit ExpressionParser(std::string_view text) : text_(text) {}

  Result<Expression> whole() {
    WEIR_TRY(auto out, sees("$") ? path() : call());
    if (at_ != text_.size()) return wrong("the expression should end");
    return out;
  }

 private:
  base::Error wrong(std::string_view what) const {
    return base::invalid(std::string(what) + " at character " + std::to_string(at_), "expression");
  }
  bool sees(std::string_view token) const { return text_.substr(at_).starts_with(token); }
  bool eat(std::string_view token) {
    if (!sees(token)) return false;
    at_ += token.size();
    return true;
  }
  void spaces() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
  }

  Result<Expression> path() {
    PathParser parser(text_, at_);
    WEIR_TRY(auto path, parser.path());
    at_ = parser.at();
    return Expression::of(std::move(path));
  }

  Result<Expression> call() {
    size_t start = at_;
    if (!eat("States.")) return wrong("a path or an intrinsic function was expected");
    size_t name = at_;
    while (at_ < text_.size() && text_[at_] != '(' && text_[at_] != ' ') ++at_;
    Expression out;
    out.function = find_intrinsic(text_.substr(name, at_ - name));
    if (!out.function) return wrong("there is no such intrinsic function");
    if (++nesting_ > kIntrinsicNestingMax) return wrong("intrinsic functions stand too deep in each other");
    spaces();
    WEIR_CHECK_OK(arguments(out));
    --nesting_;
    out.text = std::string(text_.substr(start, at_ - start));
    return out;
  }

  Status arguments(Expression& out) {
    if (!eat("(")) return wrong("'(' was expected");
    spaces();
    while (!eat(")")) {
      if (!out.arguments.empty() && !eat(",")) return wrong("',' or ')' was expected");
      spaces();
      bool is_template = out.function->call == format && out.arguments.empty();
      WEIR_TRY(auto next, argument(is_template));
      out.arguments.push_back(std::move(next));
      spaces();
    }
    bool fits = out.arguments.size() >= out.function->least && out.arguments.size() <= out.function->most;
    return fits ? Status() : wrong("the number of arguments is wrong");
  }

  Result<Expression> argument(bool is_template) {
    if (sees("$")) return path();
    if (sees("States.")) return call();
    if (sees("'")) return quoted(is_template);
    return scalar();
  }

  // The template of States.Format keeps its escapes, because they say which braces are places.
  Result<Expression> quoted(bool is_template) {
    size_t start = ++at_;
    while (at_ < text_.size() && text_[at_] != '\'') at_ += text_[at_] == '\\' ? 2 : 1;
    if (at_ >= text_.size()) return wrong("a quoted text does not end");
    auto raw = text_.substr(start, at_++ - start);
    Expression out;
    out.text = std::string(raw);
    out.literal = is_template ? std::string(raw) : without_escapes(raw);
    return out;
  }

  Result<Expression> scalar() {
    size_t start = at_;
    while (at_ < text_.size() && std::string_view(" \t,()'").find(text_[at_]) == std::string_view::npos) ++at_;
    Expression out;
    out.text = std::string(text_.substr(start, at_ - start));
    auto value = base::parse_json(out.text);
    bool fits = value.ok() && !value->as_array() && !value->as_object() && !value->as_string();
    if (!fits) return wrong("an argument was expected");
    out.literal = std::move(*value);
    return out;
  }

  std::string_view text_;
  size_t at_ = 0;
  size_t nesting_ = 0;
};

}  // namespace

Result<Expression> Expression::parse(std::string_view text) { return ExpressionParser(text).whole(); }

Expression Expression::of(Path path) {
  Expression out;
  out.text = path.text();
  out.path = std::move(path);
  return out;
}

bool looks_like_expression(std::string_view text) {
  if (text.starts_with("States.")) return text.ends_with(")");
  return text.starts_with("$.") || text.starts_with("$[") || text.starts_with("$$.");
}

}  // namespace weir::workflow
