// One value of a condition, compiled to the type its operator compares.
#pragma once
#include <string_view>
#include <variant>

#include "base/clock.h"
#include "base/result.h"
#include "policy/ip_range.h"
#include "policy/operators.h"
#include "policy/pattern.h"

namespace weir::policy {

class Operand {
 public:
  static base::Result<Operand> compile(const Operator& op, std::string_view text, Variables variables);

  // `unclear` when the request's value is not of the operator's type, or a variable does not resolve.
  Match compare(const Operator& op, std::string_view value, const Context& context) const;
  // For Null: the operand asks for absence.
  bool asks_for_absence() const;

 private:
  struct Bytes {
    std::string raw;
  };
  using Value = std::variant<Pattern, ArnPattern, double, base::Instant, IpRange, Bytes>;
  explicit Operand(Value value) : value_(std::move(value)) {}
  Value value_;
};

}  // namespace weir::policy
