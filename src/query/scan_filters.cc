#include "query/scan_filters.h"

#include "duckdb/planner/filter/conjunction_filter.hpp"
#include "duckdb/planner/filter/constant_filter.hpp"
#include "duckdb/planner/filter/in_filter.hpp"
#include "duckdb/planner/filter/null_filter.hpp"
#include "duckdb/planner/filter/optional_filter.hpp"

namespace weir::query {
namespace {

using catalog::Op;
using catalog::Predicate;
using duckdb::ExpressionType;
using duckdb::TableFilter;
using duckdb::TableFilterType;
using duckdb::Value;
using FilterPtr = duckdb::unique_ptr<TableFilter>;

// The literal as a value of exactly the column's type; nothing when it does not fit without loss.
std::optional<Value> constant_of(const catalog::Literal& literal, const duckdb::LogicalType& type) {
  auto value = literal_value(literal);
  if (!value.ok() || value->IsNull() || type.id() == duckdb::LogicalTypeId::TIMESTAMP_TZ) return std::nullopt;
  Value cast;
  Value back;
  std::string error;
  bool lossless = value->DefaultTryCastAs(type, cast, &error, true) &&
                  cast.DefaultTryCastAs(value->type(), back, &error, true) && Value::NotDistinctFrom(*value, back);
  if (!lossless) return std::nullopt;
  return cast;
}

std::optional<ExpressionType> comparison_of(Op op) {
  switch (op) {
    case Op::equal: return ExpressionType::COMPARE_EQUAL;
    case Op::not_equal: return ExpressionType::COMPARE_NOTEQUAL;
    case Op::less: return ExpressionType::COMPARE_LESSTHAN;
    case Op::less_equal: return ExpressionType::COMPARE_LESSTHANOREQUALTO;
    case Op::greater: return ExpressionType::COMPARE_GREATERTHAN;
    case Op::greater_equal: return ExpressionType::COMPARE_GREATERTHANOREQUALTO;
    default: return std::nullopt;
  }
}

std::optional<PushedConjunct> push_comparison(const catalog::Literal& literal, ExpressionType comparison,
                                              const duckdb::LogicalType& type) {
  auto constant = constant_of(literal, type);
  if (!constant) return std::nullopt;
  return PushedConjunct{duckdb::make_uniq<duckdb::ConstantFilter>(comparison, *constant), true};
}

std::optional<PushedConjunct> push_between(const Predicate& conjunct, const duckdb::LogicalType& type) {
  if (conjunct.literals.size() != 2) return std::nullopt;
  auto low = push_comparison(conjunct.literals[0], ExpressionType::COMPARE_GREATERTHANOREQUALTO, type);
  auto high = push_comparison(conjunct.literals[1], ExpressionType::COMPARE_LESSTHANOREQUALTO, type);
  if (!low || !high) return std::nullopt;
  auto both = duckdb::make_uniq<duckdb::ConjunctionAndFilter>();
  both->child_filters.push_back(std::move(low->filter));
  both->child_filters.push_back(std::move(high->filter));
  return PushedConjunct{std::move(both), true};
}

std::optional<PushedConjunct> push_in(const Predicate& conjunct, const duckdb::LogicalType& type) {
  duckdb::vector<Value> values;
  for (auto& literal : conjunct.literals) {
    auto constant = constant_of(literal, type);
    if (!constant) return std::nullopt;
    values.push_back(*constant);
  }
  if (values.empty()) return std::nullopt;
  auto in = duckdb::make_uniq<duckdb::InFilter>(std::move(values));
  return PushedConjunct{duckdb::make_uniq<duckdb::OptionalFilter>(std::move(in)), false};
}

// Whether the filter only ever compares; dynamic ones compare with what the query's other side found.
bool only_compares(const TableFilter& filter) {
  switch (filter.filter_type) {
    case TableFilterType::CONSTANT_COMPARISON:
    case TableFilterType::IS_NULL:
    case TableFilterType::IS_NOT_NULL:
    case TableFilterType::IN_FILTER:
    case TableFilterType::DYNAMIC_FILTER: return true;
    case TableFilterType::OPTIONAL_FILTER: {
      auto& child = filter.Cast<duckdb::OptionalFilter>().child_filter;
      return child && only_compares(*child);
    }
    case TableFilterType::CONJUNCTION_AND: {
      for (auto& child : filter.Cast<duckdb::ConjunctionAndFilter>().child_filters)
        if (!only_compares(*child)) return false;
      return true;
    }
    case TableFilterType::CONJUNCTION_OR: {
      for (auto& child : filter.Cast<duckdb::ConjunctionOrFilter>().child_filters)
        if (!only_compares(*child)) return false;
      return true;
    }
    default: return false;
  }
}

// The reader applies an OR in an order of its own, and IN and dynamic filters to row groups only.
bool reader_applies_in_full(const TableFilter& filter) {
  auto type = filter.filter_type;
  return type != TableFilterType::CONJUNCTION_OR && type != TableFilterType::IN_FILTER &&
         type != TableFilterType::DYNAMIC_FILTER;
}

void split_into(const TableFilter& filter, bool may_push, SplitFilter& parts) {
  if (filter.filter_type == TableFilterType::CONJUNCTION_AND) {
    for (auto& child : filter.Cast<duckdb::ConjunctionAndFilter>().child_filters) split_into(*child, may_push, parts);
    return;
  }
  if (may_push && only_compares(filter) && reader_applies_in_full(filter)) {
    parts.safe.push_back(filter.Copy());
    return;
  }
  // Optional filters only save work.
  if (filter.filter_type != TableFilterType::OPTIONAL_FILTER) parts.afterwards.push_back(filter.Copy());
}

}  // namespace

std::optional<PushedConjunct> push_conjunct(const Predicate& conjunct, const duckdb::LogicalType& type) {
  bool pushable =
      conjunct.column.size() == 1 && (conjunct.op == Op::is_null || type_fits_family(type, conjunct.family));
  if (!pushable) return std::nullopt;
  if (conjunct.op == Op::is_null) return PushedConjunct{duckdb::make_uniq<duckdb::IsNullFilter>(), true};
  if (conjunct.op == Op::between) return push_between(conjunct, type);
  if (conjunct.op == Op::in) return push_in(conjunct, type);
  auto comparison = comparison_of(conjunct.op);
  if (!comparison || conjunct.literals.size() != 1) return std::nullopt;
  return push_comparison(conjunct.literals[0], *comparison, type);
}

std::vector<catalog::PredicatePtr> conjuncts_of(const catalog::PredicatePtr& predicate) {
  if (predicate->op == Op::and_) return predicate->children;
  if (catalog::is_always(predicate)) return {};
  return {predicate};
}

SplitFilter split_filter(const TableFilter& filter, bool may_push) {
  SplitFilter parts;
  split_into(filter, may_push, parts);
  return parts;
}

}  // namespace weir::query
