// The engine behind `{% ... %}`: JSONata is evaluated above this floor.
//
// Implementations are pure for the caller: the same queries and scope (its instant and its entropy are the only clock
// and chance) give the same answers, and no evaluation sees what another one did. Threads: const and callable from any.
#pragma once
#include "workflow/expression.h"

namespace weir::workflow {

// An expression that was checked.
struct JsonataQuery {
  std::string text;                // between the marks
  std::vector<std::string> reads;  // variables it reads and does not bind itself; `states` for $states
  std::string field;               // where it stands in its state: "Output/total"
};

// nullopt: the expression gives nothing, which fails the state. An error becomes States.QueryEvaluationError.
using Answer = Result<std::optional<Json>>;

class Expressions {
 public:
  virtual ~Expressions() = default;
  // What the text between the marks reads, as JsonataQuery::reads; an error says why it cannot be parsed.
  virtual Result<std::vector<std::string>> check(std::string_view expression) const = 0;
  // One answer for each query, in order. Of the scope's variables only those that a query reads need be looked at.
  virtual std::vector<Answer> evaluate(const std::vector<const JsonataQuery*>& queries, const Scope& scope) const = 0;
};

}  // namespace weir::workflow
