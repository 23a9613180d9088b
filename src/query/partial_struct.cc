#include "query/partial_struct.h"

#include <algorithm>

#include "base/text.h"
#include "duckdb/function/function_binder.hpp"
#include "duckdb/function/scalar/struct_functions.hpp"
#include "duckdb/planner/expression/bound_case_expression.hpp"
#include "duckdb/planner/expression/bound_cast_expression.hpp"
#include "duckdb/planner/expression/bound_constant_expression.hpp"
#include "duckdb/planner/expression/bound_operator_expression.hpp"

namespace weir::query {
namespace {

using duckdb::LogicalType;
using duckdb::LogicalTypeId;
using duckdb::Value;
using ExpressionPtr = duckdb::unique_ptr<duckdb::Expression>;
using permissions::VisibleColumn;

ExpressionPtr constant(Value value) { return duckdb::make_uniq<duckdb::BoundConstantExpression>(std::move(value)); }

// Each field bears its name as alias, as struct_pack wants it.
ExpressionPtr packed(duckdb::ClientContext& context, duckdb::vector<ExpressionPtr> fields) {
  return duckdb::FunctionBinder(context).BindScalarFunction(duckdb::StructPackFun::GetFunction(), std::move(fields));
}

ExpressionPtr is_not_null(ExpressionPtr value) {
  auto test = duckdb::make_uniq<duckdb::BoundOperatorExpression>(duckdb::ExpressionType::OPERATOR_IS_NOT_NULL,
                                                                 LogicalType::BOOLEAN);
  test->children.push_back(std::move(value));
  return test;
}

// Whether the field is visible wherever what it lies in is.
bool follows(const VisibleColumn& field, const VisibleColumn& around) {
  if (!field.visible_when || !around.visible_when) return false;
  return catalog::is_always(field.visible_when) || catalog::same(*field.visible_when, *around.visible_when);
}

bool all_follow(const VisibleColumn& column) {
  return !column.fields || std::all_of(column.fields->begin(), column.fields->end(),
                                       [&](const auto& field) { return follows(field, column) && all_follow(field); });
}

const catalog::Predicate& rows_of(const VisibleColumn& field) {
  return field.visible_when ? *field.visible_when : *catalog::never();
}

}  // namespace

std::optional<size_t> field_place(const LogicalType& type, const std::string& name) {
  if (type.id() != LogicalTypeId::STRUCT) return std::nullopt;
  auto& fields = duckdb::StructType::GetChildTypes(type);
  for (size_t i = 0; i < fields.size(); ++i)
    if (base::equal_ignoring_case(fields[i].first, name)) return i;
  return std::nullopt;
}

ExpressionPtr field_value(duckdb::ClientContext& context, ExpressionPtr of, size_t place) {
  duckdb::vector<ExpressionPtr> arguments;
  arguments.push_back(std::move(of));
  arguments.push_back(constant(Value::BIGINT(static_cast<int64_t>(place) + 1)));
  return duckdb::FunctionBinder(context).BindScalarFunction(duckdb::StructExtractAtFun::GetFunction(),
                                                            std::move(arguments));
}

ExpressionPtr shown_when(ExpressionPtr visible_when, ExpressionPtr value) {
  auto null = constant(Value(value->return_type));
  return duckdb::make_uniq<duckdb::BoundCaseExpression>(std::move(visible_when), std::move(value), std::move(null));
}

base::Result<LogicalType> partial_type(const LogicalType& whole, const VisibleColumn& column) {
  if (!column.fields) return whole;
  duckdb::child_list_t<LogicalType> fields;
  for (auto& field : *column.fields) {
    auto place = field_place(whole, field.name);
    if (!place) return base::denied("The permissions on this table name a field it does not have.", "table");
    auto& [name, type] = duckdb::StructType::GetChildTypes(whole)[*place];
    WEIR_TRY(auto partial, partial_type(type, field));
    fields.emplace_back(name, std::move(partial));
  }
  if (fields.empty()) return base::denied("You may not read any field of column " + column.name + ".", "table");
  return LogicalType::STRUCT(std::move(fields));
}

// Every field is there: partial_type found it when the table was resolved.
ExpressionPtr partial_value(duckdb::ClientContext& context, ExpressionPtr whole, const VisibleColumn& column,
                            const PredicateBuilder& predicate) {
  if (!column.fields) return whole;
  if (all_follow(column)) {
    // By name: the other fields are left behind.
    auto type = partial_type(whole->return_type, column).value();
    return duckdb::BoundCastExpression::AddCastToType(context, std::move(whole), type, true);
  }
  duckdb::vector<ExpressionPtr> fields;
  for (auto& field : *column.fields) {
    auto place = field_place(whole->return_type, field.name).value();
    auto name = duckdb::StructType::GetChildName(whole->return_type, place);
    auto value = partial_value(context, field_value(context, whole->Copy(), place), field, predicate);
    if (!follows(field, column)) value = shown_when(predicate(rows_of(field)), std::move(value));
    value->SetAlias(name);
    fields.push_back(std::move(value));
  }
  auto there = is_not_null(std::move(whole));
  return shown_when(std::move(there), packed(context, std::move(fields)));
}

}  // namespace weir::query
