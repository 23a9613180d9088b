#include "policy/pattern.h"

#include <algorithm>

#include "base/text.h"

namespace weir::policy {
namespace {

using base::Result;

constexpr char kAny = '\xff';
constexpr char kOne = '\xfe';

bool has_reserved_bytes(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c == kAny || c == kOne; });
}

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

size_t after_character(std::string_view text, size_t at) {
  ++at;
  while (at < text.size() && continues_character(text[at])) ++at;
  return at;
}

// Remembers only the last star: greedy earlier stars never need to be reconsidered.
bool run(std::string_view program, std::string_view text) {
  size_t p = 0, t = 0, star = std::string_view::npos, resume = 0;
  while (t < text.size()) {
    if (p < program.size() && program[p] == kAny) {
      star = p++;
      resume = t;
    } else if (p < program.size() && program[p] == kOne) {
      ++p;
      t = after_character(text, t);
    } else if (p < program.size() && program[p] == text[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  return program.find_first_not_of(kAny, p) == std::string_view::npos;
}

char symbol(char c, Wildcards wildcards) {
  if (wildcards == Wildcards::literal) return c;
  return c == '*' ? kAny : c == '?' ? kOne : c;
}

}  // namespace

Result<Pattern> Pattern::compile(std::string_view text, Wildcards wildcards, Variables variables) {
  if (has_reserved_bytes(text)) return base::fail(base::Kind::malformed_policy, "Syntax errors in policy.", "policy");
  Pattern out;
  while (!text.empty()) {
    if (variables == Variables::replaced && starts_placeholder(text)) {
      WEIR_TRY(auto placeholder, read_placeholder(text));
      text.remove_prefix(placeholder.length);
      if (placeholder.variable) {
        out.variables_.push_back({out.program_.size(), std::move(*placeholder.variable)});
      } else {
        out.program_ += placeholder.escaped;
      }
      continue;
    }
    out.program_ += symbol(text.front(), wildcards);
    text.remove_prefix(1);
  }
  out.shape_ = out.shape_of_program();
  return out;
}

Pattern::Shape Pattern::shape_of_program() const {
  if (!variables_.empty()) return Shape::with_variables;
  auto wildcard = std::find_if(program_.begin(), program_.end(), [](char c) { return c == kAny || c == kOne; });
  if (wildcard == program_.end()) return Shape::exact;
  if (*wildcard != kAny || wildcard + 1 != program_.end()) return Shape::glob;
  return wildcard == program_.begin() ? Shape::anything : Shape::prefix;
}

std::string Pattern::literal_prefix() const {
  auto end = program_.find_first_of(std::string_view("\xff\xfe"));
  if (!variables_.empty()) end = std::min(end, variables_.front().at);
  return program_.substr(0, end);
}

bool Pattern::fill(const Context& context, std::string& out) const {
  size_t from = 0;
  for (auto& gap : variables_) {
    auto value = gap.variable.resolve(context);
    // Bytes that would read as wildcards come only from text that is not UTF-8.
    if (!value || has_reserved_bytes(*value)) return false;
    out.append(program_, from, gap.at - from).append(*value);
    from = gap.at;
  }
  out.append(program_, from);
  return true;
}

bool Pattern::match_plain(std::string_view text) const {
  switch (shape_) {
    case Shape::exact: return text == program_;
    case Shape::anything: return true;
    case Shape::prefix: return text.starts_with(std::string_view(program_).substr(0, program_.size() - 1));
    case Shape::glob: return run(program_, text);
    case Shape::with_variables: return false;
  }
  return false;
}

Match Pattern::match(std::string_view text, const Context& context) const {
  if (shape_ != Shape::with_variables) return match_if(match_plain(text));
  std::string filled;
  if (!fill(context, filled)) return Match::unclear;
  return match_if(run(filled, text));
}

Match Pattern::match_ignoring_case(std::string_view text, const Context& context) const {
  std::string filled;
  if (!fill(context, filled)) return Match::unclear;
  return match_if(run(base::to_lower(filled), base::to_lower(text)));
}

namespace {

// Like base::split_n(text, ':', 6), blind to the colons inside ${...}.
std::vector<std::string_view> split_arn_template(std::string_view text, Variables variables) {
  std::vector<std::string_view> out;
  size_t start = 0, at = 0;
  while (at < text.size() && out.size() < 5) {
    if (variables == Variables::replaced && starts_placeholder(text.substr(at))) {
      auto placeholder = read_placeholder(text.substr(at));
      at += placeholder.ok() ? placeholder->length : 1;
    } else if (text[at++] == ':') {
      out.push_back(text.substr(start, at - 1 - start));
      start = at;
    }
  }
  out.push_back(text.substr(start));
  return out;
}

bool is_one_variable(std::string_view text, Variables variables) {
  if (variables != Variables::replaced || !starts_placeholder(text)) return false;
  auto placeholder = read_placeholder(text);
  return placeholder.ok() && placeholder->variable && placeholder->length == text.size();
}

}  // namespace

ArnParts ArnParts::of(std::string_view text) {
  ArnParts out;
  size_t at = 0;
  for (size_t i = 0; i < 5; ++i) {
    auto colon = text.find(':', at);
    if (colon == std::string_view::npos) return out;
    out.part[i] = text.substr(at, colon - at);
    at = colon + 1;
  }
  out.part[5] = text.substr(at);
  out.valid = out.part[0] == "arn";
  return out;
}

Result<ArnPattern> ArnPattern::compile(std::string_view text, Variables variables) {
  ArnPattern out;
  if (text == "*" || is_one_variable(text, variables)) {
    WEIR_TRY(out.parts_[0], Pattern::compile(text, Wildcards::live, variables));
    out.whole_ = out.has_resource_ = true;
    return out;
  }
  auto parts = split_arn_template(text, variables);
  if (parts.size() != 6 || parts[0] != "arn")
    return base::fail(base::Kind::malformed_policy,
                      "Resource " + std::string(text.substr(0, 256)) + " must be in ARN format or \"*\".", "policy");
  for (size_t i = 0; i < 6; ++i) {
    WEIR_TRY(out.parts_[i], Pattern::compile(parts[i], Wildcards::live, variables));
  }
  out.has_resource_ = !parts[5].empty();
  out.resource_prefix_ = out.parts_[5].literal_prefix();
  return out;
}

bool ArnPattern::has_variables_before_resource() const {
  if (whole_) return parts_[0].has_variables();
  return std::any_of(parts_.begin(), parts_.begin() + 5, [](auto& part) { return part.has_variables(); });
}

// The resource part first: it is the one that tells statements apart.
Match ArnPattern::match(std::string_view text, const ArnParts& parts, const Context& context) const {
  if (whole_) return parts_[0].match(text, context);
  if (!parts.valid || !parts.part[5].starts_with(resource_prefix_)) return Match::no;
  auto result = parts_[5].match(parts.part[5], context);
  for (size_t i = 1; i < 5 && result != Match::no; ++i) {
    auto one = parts_[i].match(parts.part[i], context);
    if (one != Match::yes) result = one;
  }
  return result;
}

}  // namespace weir::policy
