// The names of condition operators, taken apart: ForAnyValue:StringNotLikeIfExists is a set rule, a
// comparison, a negation and a pardon for absent keys.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace weir::policy {

// What is compared; negation is kept apart, so that StringEquals and StringNotEquals are one comparison.
enum class Comparison : uint8_t {
  text,
  text_ignoring_case,
  text_like,
  number,
  date,
  boolean,
  binary,
  address,
  arn,
  absence,  // Null
};

enum class Order : uint8_t { equal, less, less_equal, greater, greater_equal };
enum class SetRule : uint8_t { single, for_all, for_any };

struct Operator {
  Comparison comparison = Comparison::text;
  Order order = Order::equal;  // numbers and dates
  bool negated = false;
  bool if_exists = false;
  SetRule set = SetRule::single;
};

// Nothing for a name that is no operator, Null with a set rule or IfExists among them. Case is ignored.
std::optional<Operator> parse_operator(std::string_view name);

// Whether values of this comparison may hold policy variables.
bool takes_variables(Comparison comparison);

}  // namespace weir::policy
