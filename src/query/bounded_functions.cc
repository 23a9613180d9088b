#include "query/bounded_functions.h"

#include <cmath>
#include <functional>
#include <map>

#include "duckdb/catalog/catalog.hpp"
#include "duckdb/catalog/catalog_entry/scalar_function_catalog_entry.hpp"
#include "duckdb/catalog/catalog_entry/schema_catalog_entry.hpp"
#include "duckdb/common/types/data_chunk.hpp"
#include "duckdb/main/client_context.hpp"

namespace weir::query {
namespace {

using duckdb::DataChunk;
using duckdb::LogicalTypeId;
using duckdb::Value;

double number(const DataChunk& arguments, size_t column, size_t row) {
  if (column >= arguments.ColumnCount()) return 0;
  auto value = arguments.GetValue(column, row);
  return value.IsNull() || !value.type().IsNumeric() ? 0 : std::abs(value.GetValue<double>());
}

// Bytes of a text, elements of a list.
double size(const DataChunk& arguments, size_t column, size_t row) {
  if (column >= arguments.ColumnCount()) return 0;
  auto value = arguments.GetValue(column, row);
  if (value.IsNull()) return 0;
  if (value.type().id() == LogicalTypeId::LIST)
    return static_cast<double>(duckdb::ListValue::GetChildren(value).size()) * 16;
  auto text =
      value.type().InternalType() == duckdb::PhysicalType::VARCHAR ? duckdb::StringValue::Get(value) : std::string();
  return static_cast<double>(text.size());
}

// An upper bound of what one row makes.
using Estimate = std::function<double(const DataChunk&, size_t row)>;

double repeated(const DataChunk& arguments, size_t row) { return size(arguments, 0, row) * number(arguments, 1, row); }
double padded(const DataChunk& arguments, size_t row) { return number(arguments, 1, row) * 4; }
double resized(const DataChunk& arguments, size_t row) { return number(arguments, 1, row) * 16; }
double bits(const DataChunk& arguments, size_t row) { return number(arguments, 1, row); }  // it works bit by bit

double replaced(const DataChunk& arguments, size_t row) {
  return (size(arguments, 0, row) + 1) * std::max(size(arguments, 2, row), 1.0);
}

// Texts that are compared letter by letter with each other: a table of as many cells is filled.
double compared(const DataChunk& arguments, size_t row) { return size(arguments, 0, row) * size(arguments, 1, row); }

double counted(const DataChunk& arguments, size_t row) {
  if (arguments.ColumnCount() == 1) return number(arguments, 0, row) * 8;
  double step = arguments.ColumnCount() > 2 ? std::max(number(arguments, 2, row), 1.0) : 1;
  return (number(arguments, 0, row) + number(arguments, 1, row)) / step * 8;
}

// A width inside a format text, or one taken from an argument.
double formatted(const DataChunk& arguments, size_t row) {
  auto value = arguments.GetValue(0, row);
  if (value.IsNull()) return 0;
  auto text = value.ToString();
  double widest = 0;
  double current = 0;
  bool inside = false;
  for (char c : text) {
    current = c >= '0' && c <= '9' ? current * 10 + (c - '0') : 0;
    widest = std::max(widest, current);
    if (c == '*' || (c == '{' && inside)) return kBytesPerCallMax * 2;
    inside = c == '{' || (inside && c != '}');
  }
  return widest;
}

const std::map<std::string, Estimate>& estimates() {
  static const std::map<std::string, Estimate> table = {
      {"repeat", repeated},
      {"lpad", padded},
      {"rpad", padded},
      {"list_resize", resized},
      {"array_resize", resized},
      {"bitstring", bits},
      {"replace", replaced},
      {"regexp_replace", replaced},
      {"range", counted},
      {"generate_series", counted},
      {"printf", formatted},
      {"format", formatted},
      {"levenshtein", compared},
      {"editdist3", compared},
      {"damerau_levenshtein", compared},
      {"jaro_similarity", compared},
      {"jaro_winkler_similarity", compared},
  };
  return table;
}

duckdb::scalar_function_t bounded(duckdb::scalar_function_t inner, Estimate estimate) {
  return [inner = std::move(inner), estimate = std::move(estimate)](
             DataChunk& arguments, duckdb::ExpressionState& state, duckdb::Vector& result) {
    double bytes = 0;
    for (size_t row = 0; row < arguments.size(); ++row) bytes += estimate(arguments, row);
    if (bytes > kBytesPerCallMax) throw duckdb::OutOfMemoryException("a function would make too much of its arguments");
    inner(arguments, state, result);
  };
}

// Series over time have no cheap bound; as a table function they stay.
bool counts_time(const duckdb::ScalarFunction& function) {
  return !function.arguments.empty() && function.arguments[0].IsTemporal();
}

// A chain of calls within one expression looks up between them, so that a query can be ended there.
duckdb::scalar_function_t interruptible(duckdb::scalar_function_t inner) {
  return [inner = std::move(inner)](DataChunk& arguments, duckdb::ExpressionState& state, duckdb::Vector& result) {
    if (state.HasContext() && state.GetContext().interrupted) throw duckdb::InterruptException();
    inner(arguments, state, result);
  };
}

void bound(duckdb::ScalarFunctionSet& set, const Estimate& estimate) {
  std::erase_if(set.functions, counts_time);
  for (auto& function : set.functions) function.function = bounded(std::move(function.function), estimate);
}

}  // namespace

void bound_functions(duckdb::Connection& connection) {
  auto& context = *connection.context;
  connection.BeginTransaction();
  auto& schema = duckdb::Catalog::GetSystemCatalog(context).GetSchema(context, DEFAULT_SCHEMA);
  schema.Scan(context, duckdb::CatalogType::SCALAR_FUNCTION_ENTRY, [&](duckdb::CatalogEntry& entry) {
    if (entry.type != duckdb::CatalogType::SCALAR_FUNCTION_ENTRY) return;
    auto& set = entry.Cast<duckdb::ScalarFunctionCatalogEntry>().functions;
    if (auto found = estimates().find(entry.name); found != estimates().end()) bound(set, found->second);
    for (auto& function : set.functions)
      if (function.function) function.function = interruptible(std::move(function.function));
  });
  connection.Commit();
}

}  // namespace weir::query
