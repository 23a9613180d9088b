// Whatever parses prints to a text that parses to the same, and evaluates without harm.
#include <cstdlib>

#include "catalog/predicate.h"

using namespace weir::catalog;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const std::vector<SchemaColumn> kSchema{
      {"s", "string", false},    {"i", "bigint", false},  {"d", "decimal(18,2)", false},
      {"f", "double", false},    {"b", "boolean", false}, {"day", "date", true},
      {"at", "timestamp", true}, {"year", "int", true},   {"c", "struct<id:int,n:struct<x:string>>", false}};
  if (size == 0) return 0;
  auto dialect = data[0] % 2 ? Dialect::row_filter : Dialect::partition_expression;
  std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  auto parsed = parse_predicate(text, kSchema, dialect);
  if (!parsed.ok()) return 0;
  auto printed = to_text(**parsed);
  auto again = parse_predicate(printed, kSchema, dialect);
  if (again.ok() ? !same(**parsed, **again) : printed.size() <= 2048) std::abort();
  (void)evaluate(**parsed, [&](auto&) { return std::optional<std::string>(text); });
  return 0;
}
