// JSONPath as Amazon States Language uses it: `$.a['b'][0]`, `$$.Execution.Id`, `$variable.c`, and in paths
// that only read also wildcards, slices, unions, `..`, filters and a last `.length()`.
//
// A Path is parsed once and immutable; find() is pure and may be called from any thread.
// Invariants: (1) a definite path (names and single indexes only) gives one value or none; any other gives
// the array of what it selects, in document order, perhaps empty. (2) find() looks at no more than
// kPathNodesMax values and gives none larger than kIntrinsicBytesMax. Missing is nullopt, never an error.
// Source of the rules: the language's specification; where that is silent, Jayway's dialect (docs/wire/states.md).
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "workflow/values.h"

namespace weir::workflow {

struct PathFilter;  // path_filter.h

struct PathStep {
  enum class Kind { names, every, indexes, slice, filter, length };
  Kind kind = Kind::names;
  bool deep = false;  // `..`: here and everywhere below
  std::vector<std::string> names;
  std::vector<int64_t> indexes;  // negative counts from the end
  std::optional<int64_t> from, to;
  int64_t by = 1;
  std::shared_ptr<const PathFilter> filter;
};

class Path {
 public:
  enum class Root { input, context, variable, current };

  static Result<Path> parse(std::string_view text);
  const std::string& text() const { return text_; }
  Root root() const { return root_; }
  const std::string& variable() const { return variable_; }  // of Root::variable
  const std::vector<PathStep>& steps() const { return steps_; }
  // Names and indexes of the input only, so that a result can be put there.
  bool is_reference() const;
  bool is_definite() const;
  // What the path selects below the value its root stands for. `document` is what `$` means inside filters.
  Result<std::optional<Json>> find(const Json& at, const Json& document) const;

 private:
  friend class PathParser;
  std::string text_;
  Root root_ = Root::input;
  std::string variable_;
  std::vector<PathStep> steps_;
};

// A name such as States variables have: letters, digits, `_`, not beginning with a digit.
bool is_variable_name(std::string_view text);

}  // namespace weir::workflow
