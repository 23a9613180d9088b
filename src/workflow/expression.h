// What the value of a field `x.$` says: a path, or an intrinsic function whose arguments are expressions.
//
// Parsed once, evaluated against a Scope. Pure; an evaluation fails with a States.* name (states_error.h).
#pragma once
#include <map>
#include <vector>

#include "workflow/intrinsic.h"
#include "workflow/path.h"

namespace weir::workflow {

class Expressions;
using Variables = std::map<std::string, Json>;

// What an evaluation may read. All pointers outlive it; `result` and `error_output` only where a state has them.
struct Scope {
  const Json* input = nullptr;    // `$`
  const Json* context = nullptr;  // `$$`
  const Variables* variables = nullptr;
  Entropy* entropy = nullptr;
  const Expressions* jsonata = nullptr;  // null: JSONata is not offered
  const Json* result = nullptr;          // $states.result
  const Json* error_output = nullptr;    // $states.errorOutput
  base::Instant now{};                   // the event's, for $now()
};

struct Expression {
  std::string text;
  const Intrinsic* function = nullptr;
  std::vector<Expression> arguments;  // of the function
  std::optional<Path> path;
  Json literal;  // when neither function nor path; only as an argument

  static Result<Expression> parse(std::string_view text);
  static Expression of(Path path);
};

Result<Json> evaluate(const Expression& expression, const Scope& scope);
// The path's value; nullopt when there is none. A variable that was never assigned is none.
Result<std::optional<Json>> look_up(const Path& path, const Scope& scope);

// True for texts that are meant as an expression: `$...` paths and `States.X(...)`.
bool looks_like_expression(std::string_view text);

}  // namespace weir::workflow
