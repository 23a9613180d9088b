// Compiled texts of a policy: plain values, `*` and `?` globs, and the six-part globs of ARNs, each with
// policy variables inside.
//
// Thread safety: immutable once compiled.
//
//   1. What a variable brings in is literal: a user named "*" does not widen a policy.
//   2. `*` in one of the first five parts of an ARN cannot reach into the next part.
//   3. `?` is one character, not one byte.
#pragma once
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "policy/variables.h"

namespace weir::policy {

// `unclear`: the comparison could not be made (an unresolved variable, a number that is none). The reader
// decides which way that falls, always the closed one.
enum class Match { no, yes, unclear };
inline Match match_if(bool condition) { return condition ? Match::yes : Match::no; }

enum class Wildcards { live, literal };
enum class Variables { replaced, literal };

class Pattern {
 public:
  Pattern() = default;
  static base::Result<Pattern> compile(std::string_view text, Wildcards wildcards, Variables variables);

  Match match(std::string_view text, const Context& context) const;
  Match match_ignoring_case(std::string_view text, const Context& context) const;
  // For patterns compiled without variables: actions.
  bool match_plain(std::string_view text) const;

  bool has_variables() const { return !variables_.empty(); }
  bool matches_everything() const { return shape_ == Shape::anything; }
  bool is_exact() const { return shape_ == Shape::exact; }
  // What every match starts with: the text before the first wildcard or variable.
  std::string literal_prefix() const;

 private:
  enum class Shape : uint8_t { exact, anything, prefix, glob, with_variables };
  struct Gap {
    size_t at;  // in program_
    Variable variable;
  };
  Shape shape_of_program() const;
  // The program with every variable replaced; false when one does not resolve.
  bool fill(const Context& context, std::string& out) const;

  // Text with wildcards as bytes that UTF-8 never uses, so that a literal '*' stays one.
  std::string program_;
  Shape shape_ = Shape::exact;
  std::vector<Gap> variables_;
};

// arn:partition:service:region:account:resource as views into the text.
struct ArnParts {
  std::array<std::string_view, 6> part;
  bool valid = false;
  static ArnParts of(std::string_view text);
};

class ArnPattern {
 public:
  // "*", an ARN with wildcards and variables, or one variable that holds a whole ARN.
  static base::Result<ArnPattern> compile(std::string_view text, Variables variables);

  Match match(std::string_view text, const ArnParts& parts, const Context& context) const;
  bool matches_everything() const { return whole_ && parts_[0].matches_everything(); }
  // True when a variable stands before the fifth colon.
  bool has_variables_before_resource() const;
  // The resource part compiled from the text; empty resource parts are nobody's ARN.
  bool has_resource() const { return has_resource_; }

 private:
  // Kept in front and looked at first: most statements of a policy differ here from what is asked.
  std::string resource_prefix_;
  std::array<Pattern, 6> parts_;
  bool whole_ = false;  // parts_[0] is compared with the whole text
  bool has_resource_ = false;
};

}  // namespace weir::policy
