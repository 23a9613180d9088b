// One rule of a Choice state: comparisons under And, Or and Not, or in JSONata one condition.
//
// A comparison whose Variable is not there fails the state with States.Runtime, but for IsPresent; values of
// another type are no match. Source: the language's specification; the failure's text as AWS gives it.
#pragma once
#include "workflow/choice_operator.h"
#include "workflow/payload_template.h"

namespace weir::workflow {

struct ChoiceRule {
  enum class Kind { all, any, negation, comparison, condition };
  Kind kind = Kind::comparison;
  std::vector<ChoiceRule> parts;  // of all, any, negation
  std::optional<Path> variable;   // of a comparison
  ChoiceOperator op;
  Json operand;
  std::optional<Path> operand_path;  // when op.by_path
  Template condition;                // JSONata
};

Result<bool> matches(const ChoiceRule& rule, const Scope& scope);

}  // namespace weir::workflow
