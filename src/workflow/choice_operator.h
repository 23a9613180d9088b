// The comparison operators of Choice: what a name means, and what it says of two values.
#pragma once
#include "workflow/values.h"

namespace weir::workflow {

struct ChoiceOperator {
  enum class Test { equals, less, less_equals, greater, greater_equals, matches, present, is_type };
  enum class Of { boolean, numeric, string, timestamp, null };
  Test test = Test::equals;
  Of of = Of::string;
  bool by_path = false;  // the operand is a path to the value compared with

  // NumericLessThanPath, IsPresent, StringMatches, ...; nothing for a name that is no operator.
  static std::optional<ChoiceOperator> named(std::string_view name);
  // What is wrong with a literal operand; nothing when it fits.
  std::optional<std::string> refuses(const Json& operand) const;
};

// Values of another type than the operator's compare to false. Not for present and is_type.
bool compares(const ChoiceOperator& op, const Json& value, const Json& operand);
bool is_of(ChoiceOperator::Of type, const Json& value);

}  // namespace weir::workflow
