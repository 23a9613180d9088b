#include "query/predicate_expression.h"

#include "base/text.h"
#include "duckdb/common/operator/cast_operators.hpp"
#include "duckdb/function/function_binder.hpp"
#include "duckdb/function/scalar/string_functions.hpp"
#include "duckdb/planner/expression/bound_cast_expression.hpp"
#include "duckdb/planner/expression/bound_comparison_expression.hpp"
#include "duckdb/planner/expression/bound_conjunction_expression.hpp"
#include "duckdb/planner/expression/bound_constant_expression.hpp"
#include "duckdb/planner/expression/bound_function_expression.hpp"
#include "duckdb/planner/expression/bound_operator_expression.hpp"
#include "query/partial_struct.h"

namespace weir::query {
namespace {

using catalog::Op;
using catalog::Predicate;
using catalog::TypeFamily;
using duckdb::Expression;
using duckdb::ExpressionType;
using duckdb::LogicalType;
using duckdb::LogicalTypeId;
using duckdb::Value;
using ExpressionPtr = duckdb::unique_ptr<Expression>;

base::Error refused(const std::string& why) {
  return base::denied("A data filter of this table cannot be enforced: " + why + ".", "data filter");
}

// The type whose constant has the literal's digits after the point.
LogicalType decimal_type_of(const std::string& text) {
  auto point = text.find('.');
  size_t scale = point == std::string::npos ? 0 : text.size() - point - 1;
  return LogicalType::DECIMAL(38, static_cast<uint8_t>(std::min<size_t>(scale, 37)));
}

base::Result<Value> text_as(const std::string& text, const LogicalType& type) {
  Value value;
  std::string error;
  if (!Value(text).DefaultTryCastAs(type, value, &error, true))
    return refused("a constant in it is not of its column's type");
  return value;
}

class Builder {
 public:
  Builder(duckdb::ClientContext& context, ColumnValues& columns) : context_(context), columns_(columns) {}

  base::Result<ExpressionPtr> build(const Predicate& predicate) {
    switch (predicate.op) {
      case Op::always: return constant(Value::BOOLEAN(true));
      case Op::never: return constant(Value::BOOLEAN(false));
      case Op::equal: return compare(predicate, ExpressionType::COMPARE_EQUAL);
      case Op::not_equal: return compare(predicate, ExpressionType::COMPARE_NOTEQUAL);
      case Op::less: return compare(predicate, ExpressionType::COMPARE_LESSTHAN);
      case Op::less_equal: return compare(predicate, ExpressionType::COMPARE_LESSTHANOREQUALTO);
      case Op::greater: return compare(predicate, ExpressionType::COMPARE_GREATERTHAN);
      case Op::greater_equal: return compare(predicate, ExpressionType::COMPARE_GREATERTHANOREQUALTO);
      case Op::between: return between(predicate);
      case Op::in: return in(predicate);
      case Op::like: return like(predicate);
      case Op::is_null: return is_null(predicate);
      case Op::and_: return conjunction(predicate, ExpressionType::CONJUNCTION_AND);
      case Op::or_: return conjunction(predicate, ExpressionType::CONJUNCTION_OR);
      case Op::not_: return negation(predicate);
    }
    return refused("it is of an unknown kind");
  }

 private:
  static ExpressionPtr constant(Value value) {
    return duckdb::make_uniq<duckdb::BoundConstantExpression>(std::move(value));
  }

  static base::Status expect_literals(const Predicate& predicate, size_t least, size_t most) {
    bool fits = predicate.literals.size() >= least && predicate.literals.size() <= most;
    return fits ? base::Status() : refused("it has the wrong number of constants");
  }

  base::Result<ExpressionPtr> path_value(const Predicate& predicate) {
    if (predicate.column.empty()) return refused("it names no column");
    WEIR_TRY(auto value, columns_.value_of(predicate.column[0]));
    for (size_t depth = 1; depth < predicate.column.size(); ++depth) {
      WEIR_TRY(value, field(std::move(value), predicate.column[depth]));
    }
    return value;
  }

  base::Result<ExpressionPtr> column(const Predicate& predicate) {
    WEIR_TRY(auto value, path_value(predicate));
    if (!type_fits_family(value->return_type, predicate.family))
      return refused("the type of a column in it has changed");
    return value;
  }

  base::Result<ExpressionPtr> field(ExpressionPtr of, const std::string& name) {
    if (of->return_type.id() != LogicalTypeId::STRUCT) return refused("a column in it has no fields");
    auto place = field_place(of->return_type, name);
    if (!place) return refused("a field in it is missing");
    return field_value(context_, std::move(of), *place);
  }

  base::Result<ExpressionPtr> comparison(ExpressionPtr left, const catalog::Literal& literal, ExpressionType type) {
    WEIR_TRY(auto value, literal_value(literal));
    LogicalType common;
    if (!duckdb::BoundComparisonExpression::TryBindComparison(context_, left->return_type, value.type(), common, type))
      return refused("a constant in it cannot be compared with its column");
    left = duckdb::BoundCastExpression::AddCastToType(context_, std::move(left), common, true);
    Value cast;
    std::string error;
    if (!value.TryCastAs(context_, common, cast, &error))
      return refused("a constant in it is out of its column's range");
    return ExpressionPtr(duckdb::make_uniq<duckdb::BoundComparisonExpression>(type, std::move(left), constant(cast)));
  }

  base::Result<ExpressionPtr> compare(const Predicate& predicate, ExpressionType type) {
    WEIR_CHECK_OK(expect_literals(predicate, 1, 1));
    WEIR_TRY(auto left, column(predicate));
    return comparison(std::move(left), predicate.literals[0], type);
  }

  base::Result<ExpressionPtr> between(const Predicate& predicate) {
    WEIR_CHECK_OK(expect_literals(predicate, 2, 2));
    WEIR_TRY(auto value, column(predicate));
    auto again = value->Copy();
    WEIR_TRY(auto low,
             comparison(std::move(value), predicate.literals[0], ExpressionType::COMPARE_GREATERTHANOREQUALTO));
    WEIR_TRY(auto high, comparison(std::move(again), predicate.literals[1], ExpressionType::COMPARE_LESSTHANOREQUALTO));
    return ExpressionPtr(duckdb::make_uniq<duckdb::BoundConjunctionExpression>(ExpressionType::CONJUNCTION_AND,
                                                                               std::move(low), std::move(high)));
  }

  base::Result<ExpressionPtr> in(const Predicate& predicate) {
    WEIR_CHECK_OK(expect_literals(predicate, 1, SIZE_MAX));
    WEIR_TRY(auto value, column(predicate));
    auto any = duckdb::make_uniq<duckdb::BoundConjunctionExpression>(ExpressionType::CONJUNCTION_OR);
    for (auto& literal : predicate.literals) {
      WEIR_TRY(auto equal, comparison(value->Copy(), literal, ExpressionType::COMPARE_EQUAL));
      any->children.push_back(std::move(equal));
    }
    if (any->children.size() == 1) return std::move(any->children[0]);
    return ExpressionPtr(std::move(any));
  }

  base::Result<ExpressionPtr> like(const Predicate& predicate) {
    WEIR_CHECK_OK(expect_literals(predicate, 1, 1));
    WEIR_TRY(auto value, column(predicate));
    auto pattern = std::get_if<std::string>(&predicate.literals[0].value);
    if (!pattern || predicate.family != TypeFamily::text) return refused("LIKE compares text only");
    duckdb::vector<ExpressionPtr> arguments;
    arguments.push_back(std::move(value));
    arguments.push_back(constant(Value(*pattern)));
    return duckdb::FunctionBinder(context_).BindScalarFunction(duckdb::LikeFun::GetFunction(), std::move(arguments),
                                                               true);
  }

  base::Result<ExpressionPtr> unary(ExpressionType type, ExpressionPtr child) {
    auto result = duckdb::make_uniq<duckdb::BoundOperatorExpression>(type, LogicalType::BOOLEAN);
    result->children.push_back(std::move(child));
    return ExpressionPtr(std::move(result));
  }

  base::Result<ExpressionPtr> is_null(const Predicate& predicate) {
    WEIR_TRY(auto value, path_value(predicate));
    return unary(ExpressionType::OPERATOR_IS_NULL, std::move(value));
  }

  base::Result<ExpressionPtr> negation(const Predicate& predicate) {
    if (predicate.children.size() != 1 || !predicate.children[0]) return refused("a NOT in it is incomplete");
    WEIR_TRY(auto child, build(*predicate.children[0]));
    return unary(ExpressionType::OPERATOR_NOT, std::move(child));
  }

  base::Result<ExpressionPtr> conjunction(const Predicate& predicate, ExpressionType type) {
    auto result = duckdb::make_uniq<duckdb::BoundConjunctionExpression>(type);
    for (auto& child : predicate.children) {
      if (!child) return refused("a part of it is missing");
      WEIR_TRY(auto built, build(*child));
      result->children.push_back(std::move(built));
    }
    if (result->children.empty()) return refused("a part of it is missing");
    if (result->children.size() == 1) return std::move(result->children[0]);
    return ExpressionPtr(std::move(result));
  }

  duckdb::ClientContext& context_;
  ColumnValues& columns_;
};

}  // namespace

bool type_fits_family(const LogicalType& type, TypeFamily family) {
  switch (type.id()) {
    case LogicalTypeId::VARCHAR: return family == TypeFamily::text;
    case LogicalTypeId::TINYINT:
    case LogicalTypeId::SMALLINT:
    case LogicalTypeId::INTEGER:
    case LogicalTypeId::BIGINT: return family == TypeFamily::integer;
    case LogicalTypeId::DECIMAL: return family == TypeFamily::decimal;
    case LogicalTypeId::FLOAT:
    case LogicalTypeId::DOUBLE: return family == TypeFamily::floating;
    case LogicalTypeId::BOOLEAN: return family == TypeFamily::boolean;
    case LogicalTypeId::DATE: return family == TypeFamily::date;
    case LogicalTypeId::TIMESTAMP:
    case LogicalTypeId::TIMESTAMP_TZ: return family == TypeFamily::timestamp;
    default: return false;
  }
}

base::Result<Value> literal_value(const catalog::Literal& literal) {
  if (auto number = std::get_if<int64_t>(&literal.value)) return Value::BIGINT(*number);
  if (auto number = std::get_if<double>(&literal.value)) return Value::DOUBLE(*number);
  if (auto flag = std::get_if<bool>(&literal.value)) return Value::BOOLEAN(*flag);
  auto text = std::get_if<std::string>(&literal.value);
  if (!text) return refused("a constant in it is missing");
  switch (literal.family) {
    case TypeFamily::text: return Value(*text);
    case TypeFamily::decimal: return text_as(*text, decimal_type_of(*text));
    case TypeFamily::date: return text_as(*text, LogicalType::DATE);
    case TypeFamily::timestamp: return text_as(*text, LogicalType::TIMESTAMP);
    default: return refused("a constant in it is not of its column's type");
  }
}

base::Result<ExpressionPtr> predicate_expression(duckdb::ClientContext& context, const Predicate& predicate,
                                                 ColumnValues& columns) {
  return Builder(context, columns).build(predicate);
}

}  // namespace weir::query
