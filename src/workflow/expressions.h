// The engine behind `{% ... %}`: JSONata is evaluated above this floor.
//
// Implementations are pure for the caller: the same expression, states, variables and chance give the same
// value. Threads: const and callable from any.
#pragma once
#include "workflow/expression.h"

namespace weir::workflow {

class Expressions {
 public:
  virtual ~Expressions() = default;
  // Whether the text between the marks can be parsed; says why not.
  virtual Status check(std::string_view expression) const = 0;
  // `states` is what `$states` stands for: input, context, and result or errorOutput where a state has them.
  // nullopt: the expression gives nothing, which fails the state. An error becomes States.QueryEvaluationError.
  virtual Result<std::optional<Json>> evaluate(std::string_view expression, const Json& states,
                                               const Variables& variables, Entropy& entropy) const = 0;
};

}  // namespace weir::workflow
