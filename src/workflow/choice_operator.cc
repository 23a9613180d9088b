#include "workflow/choice_operator.h"

#include "workflow/string_pattern.h"

namespace weir::workflow {
namespace {

using Test = ChoiceOperator::Test;
using Of = ChoiceOperator::Of;

struct TypeName {
  std::string_view name;
  Of of;
};
constexpr TypeName kTypes[] = {{"Boolean", Of::boolean},
                               {"Numeric", Of::numeric},
                               {"String", Of::string},
                               {"Timestamp", Of::timestamp},
                               {"Null", Of::null}};

struct TestName {
  std::string_view name;
  Test test;
};
constexpr TestName kTests[] = {{"Equals", Test::equals},
                               {"LessThan", Test::less},
                               {"LessThanEquals", Test::less_equals},
                               {"GreaterThan", Test::greater},
                               {"GreaterThanEquals", Test::greater_equals},
                               {"Matches", Test::matches}};

std::optional<ChoiceOperator> type_test(std::string_view name) {
  if (name == "Present") return ChoiceOperator{Test::present, Of::boolean, false};
  for (auto& type : kTypes)
    if (name == type.name) return ChoiceOperator{Test::is_type, type.of, false};
  return std::nullopt;
}

bool exists(const ChoiceOperator& op) {
  if (op.of == Of::null) return false;
  if (op.of == Of::boolean) return op.test == Test::equals;
  return op.test != Test::matches || (op.of == Of::string && !op.by_path);
}

bool holds(Test test, int sign) {
  switch (test) {
    case Test::equals: return sign == 0;
    case Test::less: return sign < 0;
    case Test::less_equals: return sign <= 0;
    case Test::greater: return sign > 0;
    case Test::greater_equals: return sign >= 0;
    case Test::matches:
    case Test::present:
    case Test::is_type: break;  // no comparison of order
  }
  return false;
}

template <class T>
int sign_of(const T& a, const T& b) {
  return a < b ? -1 : b < a ? 1 : 0;
}

// Both values are of the operator's type.
int order(Of of, const Json& a, const Json& b) {
  switch (of) {
    case Of::boolean: return sign_of(*a.as_bool(), *b.as_bool());
    case Of::numeric: return sign_of(*number_of(a), *number_of(b));
    case Of::string: return sign_of(*a.as_string(), *b.as_string());
    case Of::timestamp: return sign_of(*timestamp_of(*a.as_string()), *timestamp_of(*b.as_string()));
    case Of::null: break;
  }
  return 0;
}

const char* wanted(const ChoiceOperator& op) {
  if (op.test == Test::present || op.test == Test::is_type) return "The operand must be a boolean";
  switch (op.of) {
    case Of::boolean: return "The operand must be a boolean";
    case Of::numeric: return "The operand must be a number";
    case Of::timestamp: return "The operand must be a timestamp";
    case Of::string:
    case Of::null: break;
  }
  return "The operand must be a string";
}

}  // namespace

std::optional<ChoiceOperator> ChoiceOperator::named(std::string_view name) {
  if (name.starts_with("Is")) return type_test(name.substr(2));
  ChoiceOperator out;
  out.by_path = name.ends_with("Path");
  if (out.by_path) name.remove_suffix(4);
  for (auto& type : kTypes)
    for (auto& test : kTests) {
      bool fits = name.starts_with(type.name) && name.substr(type.name.size()) == test.name;
      out.test = test.test, out.of = type.of;
      if (fits && exists(out)) return out;
    }
  return std::nullopt;
}

std::optional<std::string> ChoiceOperator::refuses(const Json& operand) const {
  bool is_flag = test == Test::present || test == Test::is_type;
  if (!is_of(is_flag ? Of::boolean : of, operand)) return wanted(*this);
  if (test != Test::matches) return std::nullopt;
  auto pattern = StringPattern::parse(*operand.as_string());
  return pattern.ok() ? std::nullopt : std::optional(pattern.error().says);
}

bool is_of(Of type, const Json& value) {
  switch (type) {
    case Of::boolean: return value.as_bool();
    case Of::numeric: return is_number(value);
    case Of::string: return value.as_string();
    case Of::timestamp: return value.as_string() && timestamp_of(*value.as_string());
    case Of::null: return value.is_null();
  }
  return false;
}

bool compares(const ChoiceOperator& op, const Json& value, const Json& operand) {
  if (!is_of(op.of, value) || !is_of(op.of, operand)) return false;
  if (op.test != Test::matches) return holds(op.test, order(op.of, value, operand));
  auto pattern = StringPattern::parse(*operand.as_string());
  return pattern.ok() && pattern->matches(*value.as_string());
}

}  // namespace weir::workflow
