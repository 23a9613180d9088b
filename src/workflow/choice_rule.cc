#include "workflow/choice_rule.h"

#include "workflow/states_error.h"

namespace weir::workflow {
namespace {

Result<Json> needed(const Path& path, const Scope& scope) {
  WEIR_TRY(auto value, look_up(path, scope));
  if (value) return std::move(*value);
  return path_miss("Invalid path '" + path.text() +
                   "': The choice state's condition path references an invalid value.");
}

Result<bool> comparison(const ChoiceRule& rule, const Scope& scope) {
  if (rule.op.test == ChoiceOperator::Test::present) {
    WEIR_TRY(auto value, look_up(*rule.variable, scope));
    return value.has_value() == *rule.operand.as_bool();
  }
  WEIR_TRY(auto value, needed(*rule.variable, scope));
  if (rule.op.test == ChoiceOperator::Test::is_type) return is_of(rule.op.of, value) == *rule.operand.as_bool();
  if (!rule.operand_path) return compares(rule.op, value, rule.operand);
  WEIR_TRY(auto operand, needed(*rule.operand_path, scope));
  return compares(rule.op, value, operand);
}

Result<bool> condition(const ChoiceRule& rule, const Scope& scope) {
  WEIR_TRY(auto value, evaluate(rule.condition, scope));
  if (auto* flag = value.as_bool()) return *flag;
  return wrong_value(rule.condition, "boolean", value, "A Condition must be a boolean");
}

}  // namespace

Result<bool> matches(const ChoiceRule& rule, const Scope& scope) {
  switch (rule.kind) {
    case ChoiceRule::Kind::comparison: return comparison(rule, scope);
    case ChoiceRule::Kind::condition: return condition(rule, scope);
    case ChoiceRule::Kind::negation: {
      WEIR_TRY(bool inner, matches(rule.parts.front(), scope));
      return !inner;
    }
    case ChoiceRule::Kind::all:
    case ChoiceRule::Kind::any: break;
  }
  bool stops_at = rule.kind == ChoiceRule::Kind::any;
  for (auto& part : rule.parts) {
    WEIR_TRY(bool match, matches(part, scope));
    if (match == stops_at) return stops_at;
  }
  return !stops_at;
}

}  // namespace weir::workflow
