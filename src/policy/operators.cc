#include "policy/operators.h"

#include "base/text.h"

namespace weir::policy {
namespace {

struct Row {
  std::string_view name;
  Comparison comparison;
  Order order;
  bool negated;
};

constexpr Row kOperators[] = {
    {"StringEquals", Comparison::text, Order::equal, false},
    {"StringNotEquals", Comparison::text, Order::equal, true},
    {"StringEqualsIgnoreCase", Comparison::text_ignoring_case, Order::equal, false},
    {"StringNotEqualsIgnoreCase", Comparison::text_ignoring_case, Order::equal, true},
    {"StringLike", Comparison::text_like, Order::equal, false},
    {"StringNotLike", Comparison::text_like, Order::equal, true},
    {"NumericEquals", Comparison::number, Order::equal, false},
    {"NumericNotEquals", Comparison::number, Order::equal, true},
    {"NumericLessThan", Comparison::number, Order::less, false},
    {"NumericLessThanEquals", Comparison::number, Order::less_equal, false},
    {"NumericGreaterThan", Comparison::number, Order::greater, false},
    {"NumericGreaterThanEquals", Comparison::number, Order::greater_equal, false},
    {"DateEquals", Comparison::date, Order::equal, false},
    {"DateNotEquals", Comparison::date, Order::equal, true},
    {"DateLessThan", Comparison::date, Order::less, false},
    {"DateLessThanEquals", Comparison::date, Order::less_equal, false},
    {"DateGreaterThan", Comparison::date, Order::greater, false},
    {"DateGreaterThanEquals", Comparison::date, Order::greater_equal, false},
    {"Bool", Comparison::boolean, Order::equal, false},
    {"BinaryEquals", Comparison::binary, Order::equal, false},
    {"IpAddress", Comparison::address, Order::equal, false},
    {"NotIpAddress", Comparison::address, Order::equal, true},
    {"ArnEquals", Comparison::arn, Order::equal, false},
    {"ArnLike", Comparison::arn, Order::equal, false},
    {"ArnNotEquals", Comparison::arn, Order::equal, true},
    {"ArnNotLike", Comparison::arn, Order::equal, true},
    {"Null", Comparison::absence, Order::equal, false},
};

bool take_prefix(std::string_view& name, std::string_view prefix) {
  if (!base::starts_with_ignoring_case(name, prefix)) return false;
  name.remove_prefix(prefix.size());
  return true;
}

bool take_suffix(std::string_view& name, std::string_view suffix) {
  if (name.size() < suffix.size()) return false;
  if (!base::equal_ignoring_case(name.substr(name.size() - suffix.size()), suffix)) return false;
  name.remove_suffix(suffix.size());
  return true;
}

SetRule take_set_rule(std::string_view& name) {
  if (take_prefix(name, "ForAllValues:")) return SetRule::for_all;
  if (take_prefix(name, "ForAnyValue:")) return SetRule::for_any;
  return SetRule::single;
}

}  // namespace

std::optional<Operator> parse_operator(std::string_view name) {
  auto set = take_set_rule(name);
  bool if_exists = take_suffix(name, "IfExists");
  for (auto& row : kOperators) {
    if (!base::equal_ignoring_case(row.name, name)) continue;
    if (row.comparison == Comparison::absence && (if_exists || set != SetRule::single)) return std::nullopt;
    return Operator{row.comparison, row.order, row.negated, if_exists, set};
  }
  return std::nullopt;
}

bool takes_variables(Comparison comparison) {
  switch (comparison) {
    case Comparison::text:
    case Comparison::text_ignoring_case:
    case Comparison::text_like:
    case Comparison::boolean:
    case Comparison::arn: return true;
    case Comparison::number:
    case Comparison::date:
    case Comparison::binary:
    case Comparison::address:
    case Comparison::absence: return false;
  }
  return false;
}

}  // namespace weir::policy
