#include "query/partition_filter.h"

#include "duckdb/planner/expression/bound_between_expression.hpp"
#include "duckdb/planner/expression/bound_columnref_expression.hpp"
#include "duckdb/planner/expression/bound_comparison_expression.hpp"
#include "duckdb/planner/expression/bound_conjunction_expression.hpp"
#include "duckdb/planner/expression/bound_constant_expression.hpp"
#include "duckdb/planner/expression/bound_operator_expression.hpp"

namespace weir::query {
namespace {

using catalog::Literal;
using catalog::Op;
using catalog::Predicate;
using catalog::PredicatePtr;
using catalog::TypeFamily;
using duckdb::Expression;
using duckdb::ExpressionClass;
using duckdb::ExpressionType;

TypeFamily family_of_key(const ResolvedTable& table, const ScanColumn& key) {
  return catalog::family_of(table.governed.partition_keys[key.position].type);
}

std::optional<Literal> literal_of(const duckdb::Value& value, TypeFamily family) {
  if (value.IsNull()) return std::nullopt;
  switch (family) {
    case TypeFamily::integer:
      if (!value.type().IsIntegral()) return std::nullopt;
      return Literal{value.GetValue<int64_t>(), family};
    case TypeFamily::floating: return Literal{value.GetValue<double>(), family};
    case TypeFamily::boolean: return Literal{value.GetValue<bool>(), family};
    case TypeFamily::text:
    case TypeFamily::decimal:
    case TypeFamily::date:
    case TypeFamily::timestamp: return Literal{value.ToString(), family};
    case TypeFamily::unsupported: return std::nullopt;
  }
  return std::nullopt;
}

std::optional<Op> op_of(ExpressionType type) {
  switch (type) {
    case ExpressionType::COMPARE_EQUAL: return Op::equal;
    case ExpressionType::COMPARE_NOTEQUAL: return Op::not_equal;
    case ExpressionType::COMPARE_LESSTHAN: return Op::less;
    case ExpressionType::COMPARE_LESSTHANOREQUALTO: return Op::less_equal;
    case ExpressionType::COMPARE_GREATERTHAN: return Op::greater;
    case ExpressionType::COMPARE_GREATERTHANOREQUALTO: return Op::greater_equal;
    default: return std::nullopt;
  }
}

class Reader {
 public:
  Reader(const ResolvedTable& table, const duckdb::LogicalGet& get) : table_(table), get_(get) {}

  PredicatePtr read(const Expression& filter) const {
    switch (filter.GetExpressionClass()) {
      case ExpressionClass::BOUND_COMPARISON: return comparison(filter.Cast<duckdb::BoundComparisonExpression>());
      case ExpressionClass::BOUND_CONJUNCTION: return conjunction(filter.Cast<duckdb::BoundConjunctionExpression>());
      case ExpressionClass::BOUND_BETWEEN: return between(filter.Cast<duckdb::BoundBetweenExpression>());
      case ExpressionClass::BOUND_OPERATOR: return in(filter.Cast<duckdb::BoundOperatorExpression>());
      default: return nullptr;
    }
  }

 private:
  const ScanColumn* key(const Expression& expression) const {
    if (expression.GetExpressionClass() != ExpressionClass::BOUND_COLUMN_REF) return nullptr;
    auto& binding = expression.Cast<duckdb::BoundColumnRefExpression>().binding;
    auto& columns = get_.GetColumnIds();
    if (binding.table_index != get_.table_index || binding.column_index >= columns.size()) return nullptr;
    auto index = columns[binding.column_index].GetPrimaryIndex();
    if (index >= table_.shown.size() || table_.shown[index].visible_when) return nullptr;
    auto& column = table_.columns[table_.shown[index].column];
    return column.partition_key && expression.return_type == column.type ? &column : nullptr;
  }

  static const duckdb::Value* constant(const Expression& expression) {
    if (expression.GetExpressionClass() != ExpressionClass::BOUND_CONSTANT) return nullptr;
    return &expression.Cast<duckdb::BoundConstantExpression>().value;
  }

  std::shared_ptr<Predicate> about(const ScanColumn& column, Op op) const {
    auto predicate = std::make_shared<Predicate>();
    predicate->op = op;
    predicate->column = {column.name};
    predicate->family = family_of_key(table_, column);
    return predicate;
  }

  static bool add(Predicate& predicate, const Expression& expression) {
    auto value = constant(expression);
    auto literal = value ? literal_of(*value, predicate.family) : std::nullopt;
    if (literal) predicate.literals.push_back(*literal);
    return literal.has_value();
  }

  PredicatePtr compare(const Expression& left, ExpressionType type, const Expression& right) const {
    auto column = key(left);
    auto op = op_of(type);
    if (!column || !op) return nullptr;
    auto predicate = about(*column, *op);
    return add(*predicate, right) ? predicate : nullptr;
  }

  PredicatePtr comparison(const duckdb::BoundComparisonExpression& filter) const {
    if (auto read = compare(*filter.left, filter.GetExpressionType(), *filter.right)) return read;
    return compare(*filter.right, duckdb::FlipComparisonExpression(filter.GetExpressionType()), *filter.left);
  }

  PredicatePtr between(const duckdb::BoundBetweenExpression& filter) const {
    auto low = compare(*filter.input, filter.LowerComparisonType(), *filter.lower);
    auto high = compare(*filter.input, filter.UpperComparisonType(), *filter.upper);
    return low && high ? catalog::all_of({low, high}) : nullptr;
  }

  PredicatePtr in(const duckdb::BoundOperatorExpression& filter) const {
    if (filter.GetExpressionType() != ExpressionType::COMPARE_IN || filter.children.size() < 2) return nullptr;
    auto column = key(*filter.children[0]);
    if (!column) return nullptr;
    auto predicate = about(*column, Op::in);
    for (size_t i = 1; i < filter.children.size(); ++i)
      if (!add(*predicate, *filter.children[i])) return nullptr;
    return predicate;
  }

  // Of an AND any readable part helps; an OR must be readable as a whole.
  PredicatePtr conjunction(const duckdb::BoundConjunctionExpression& filter) const {
    bool all = filter.GetExpressionType() == ExpressionType::CONJUNCTION_AND;
    std::vector<PredicatePtr> parts;
    for (auto& child : filter.children) {
      auto part = read(*child);
      if (part)
        parts.push_back(part);
      else if (!all)
        return nullptr;
    }
    if (parts.empty()) return nullptr;
    return all ? catalog::all_of(std::move(parts)) : catalog::any_of(std::move(parts));
  }

  const ResolvedTable& table_;
  const duckdb::LogicalGet& get_;
};

}  // namespace

PredicatePtr partition_filter(const ResolvedTable& table, const duckdb::LogicalGet& get, const Expression& filter) {
  return Reader(table, get).read(filter);
}

}  // namespace weir::query
