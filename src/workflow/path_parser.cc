#include "workflow/path_parser.h"

#include "base/text.h"
#include "workflow/limits.h"

namespace weir::workflow {
namespace {

bool ends_name(char c) { return std::string_view(" \t\r\n.[](),'\"=<>!&|*?:{}").find(c) != std::string_view::npos; }
bool starts_variable(char c) {
  char lower = base::ascii_lower(c);
  return c == '_' || (lower >= 'a' && lower <= 'z') || (c & 0x80);
}
bool in_variable(char c) { return starts_variable(c) || (c >= '0' && c <= '9'); }

}  // namespace

bool is_variable_name(std::string_view text) {
  if (text.empty() || !starts_variable(text[0])) return false;
  for (char c : text)
    if (!in_variable(c)) return false;
  return true;
}

base::Error PathParser::wrong(std::string_view what) const {
  return base::invalid(std::string(what) + " at character " + std::to_string(at_), "path");
}

void PathParser::spaces() {
  while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
}

bool PathParser::eat(std::string_view token) {
  if (!sees(token)) return false;
  at_ += token.size();
  return true;
}

Result<Path> PathParser::path() {
  Path out;
  size_t start = at_;
  WEIR_CHECK_OK(root(out));
  for (bool more = true; more;) {
    WEIR_TRY(more, step(out));
  }
  out.text_ = std::string(text_.substr(start, at_ - start));
  return out;
}

Status PathParser::root(Path& out) {
  if (eat("@")) return out.root_ = Path::Root::current, Status();
  if (eat("$$")) return out.root_ = Path::Root::context, Status();
  if (!eat("$")) return wrong("a path begins with '$'");
  size_t end = at_;
  while (end < text_.size() && in_variable(text_[end])) ++end;
  if (end == at_) return {};
  out.root_ = Path::Root::variable;
  out.variable_ = std::string(text_.substr(at_, end - at_));
  at_ = end;
  if (!is_variable_name(out.variable_)) return wrong("a variable's name does not begin with a digit");
  return {};
}

Result<bool> PathParser::step(Path& out) {
  if (!out.steps_.empty() && out.steps_.back().kind == PathStep::Kind::length) return false;
  PathStep next;
  next.deep = eat("..");
  if (eat("[")) {
    WEIR_CHECK_OK(bracketed(next));
    out.steps_.push_back(std::move(next));
    return true;
  }
  if (!next.deep && !eat(".")) return false;
  WEIR_CHECK_OK(dotted(out, std::move(next)));
  return true;
}

Status PathParser::dotted(Path& out, PathStep step) {
  if (eat("*")) {
    step.kind = PathStep::Kind::every;
  } else {
    auto name = bare_name();
    if (name.empty()) return wrong("a name was expected");
    if (sees("(")) {
      if (step.deep || name != "length" || !eat("()")) return wrong("the only function of a path is length()");
      step.kind = PathStep::Kind::length;
    } else {
      step.names.emplace_back(name);
    }
  }
  out.steps_.push_back(std::move(step));
  return {};
}

std::string_view PathParser::bare_name() {
  size_t start = at_;
  while (at_ < text_.size() && !ends_name(text_[at_])) ++at_;
  return text_.substr(start, at_ - start);
}

Status PathParser::bracketed(PathStep& step) {
  spaces();
  if (eat("*")) {
    step.kind = PathStep::Kind::every;
  } else if (eat("?(")) {
    step.kind = PathStep::Kind::filter;
    WEIR_TRY(auto filter, alternatives());
    step.filter = std::make_shared<const PathFilter>(std::move(filter));
    spaces();
    if (!eat(")")) return wrong("')' was expected");
  } else if (sees("'") || sees("\"")) {
    WEIR_CHECK_OK(quoted_names(step));
  } else {
    WEIR_CHECK_OK(numbers(step));
  }
  spaces();
  return eat("]") ? Status() : wrong("']' was expected");
}

Status PathParser::quoted_names(PathStep& step) {
  do {
    spaces();
    WEIR_TRY(auto name, quoted());
    step.names.push_back(std::move(name));
    spaces();
  } while (eat(","));
  return {};
}

Result<std::string> PathParser::quoted() {
  if (!sees("'") && !sees("\"")) return wrong("a quoted text was expected");
  char quote = text_[at_++];
  std::string out;
  while (at_ < text_.size() && text_[at_] != quote) {
    if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
    out += text_[at_++];
  }
  if (at_ == text_.size()) return wrong("a quoted text does not end");
  ++at_;
  return out;
}

Result<std::optional<int64_t>> PathParser::integer() {
  spaces();
  size_t start = at_;
  if (sees("-")) ++at_;
  while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') ++at_;
  if (start == at_) return std::optional<int64_t>();
  auto value = base::parse_int(text_.substr(start, at_ - start));
  if (!value.ok() || *value > INT32_MAX || *value < INT32_MIN) return wrong("a whole number was expected");
  spaces();
  return std::optional<int64_t>(*value);
}

Status PathParser::numbers(PathStep& step) {
  WEIR_TRY(auto first, integer());
  if (sees(":")) return slice(step, first);
  step.kind = PathStep::Kind::indexes;
  while (first) {
    step.indexes.push_back(*first);
    if (!eat(",")) return {};
    WEIR_TRY(first, integer());
  }
  return wrong("an index was expected");
}

Status PathParser::slice(PathStep& step, std::optional<int64_t> from) {
  step.kind = PathStep::Kind::slice;
  step.from = from;
  eat(":");
  WEIR_TRY(step.to, integer());
  if (!eat(":")) return {};
  WEIR_TRY(auto by, integer());
  if (!by || *by < 1) return wrong("the step of a slice is positive");
  step.by = *by;
  return {};
}

}  // namespace weir::workflow
