// Typed predicates over columns: the one expression language behind data-filter row expressions
// (lakeformation.md §3.2) and partition expressions (§1.5). Parsed once into an AST; after that it is
// evaluated, printed or rendered, never concatenated as text.
//
// Three-valued logic as in SQL: UNKNOWN hides the row.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"

namespace weir::catalog {

// The comparison families of Hive/Glue column types.
enum class TypeFamily { text, integer, decimal, floating, boolean, date, timestamp, unsupported };
// "varchar(10)" -> text, "decimal(18,2)" -> decimal, "struct<...>" -> unsupported, ...
TypeFamily family_of(std::string_view hive_type);

// A constant of the predicate, typed by the column it is compared with.
struct Literal {
  // text, integer, floating and boolean as themselves; decimal, date (YYYY-MM-DD) and timestamp as canonical text.
  std::variant<std::monostate, std::string, int64_t, double, bool> value;
  TypeFamily family = TypeFamily::text;
  bool operator==(const Literal&) const = default;
};

enum class Op {
  always,
  never,  // constants
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  between,
  in,
  like,
  is_null,  // one column, literals
  and_,
  or_,
  not_,  // children
};

struct Predicate;
using PredicatePtr = std::shared_ptr<const Predicate>;  // immutable, shared freely

struct Predicate {
  Op op = Op::never;                // a default-made predicate hides
  std::vector<std::string> column;  // path: {"customer","id"}; as in the table's schema
  TypeFamily family = TypeFamily::text;
  std::vector<Literal> literals;       // compare: 1, between: 2, in: n, like: 1
  std::vector<PredicatePtr> children;  // and/or: n >= 1, not: 1
};

PredicatePtr always();
PredicatePtr never();
// Flattening constructors: all_of({}) is always, any_of({}) is never; absorbing and neutral elements go.
PredicatePtr all_of(std::vector<PredicatePtr> children);
PredicatePtr any_of(std::vector<PredicatePtr> children);
PredicatePtr negate(PredicatePtr child);
bool same(const Predicate& a, const Predicate& b);
bool is_always(const PredicatePtr& p);

// What a parser needs to know of the table.
struct SchemaColumn {
  std::string name;
  std::string type;  // Hive type text
  bool partition_key = false;
};

enum class Dialect {
  row_filter,           // lakeformation.md §3.2: no functions, literal must fit the column's type, 2,048 characters
  partition_expression  // §1.5: partition keys only, DATE/TIMESTAMP/CAST literals, `backticks`, reversed comparisons
};

// Errors are Kind::invalid with the position and what was expected; nothing of the input beyond a short excerpt.
base::Result<PredicatePtr> parse_predicate(std::string_view text, const std::vector<SchemaColumn>& schema,
                                           Dialect dialect);

// Canonical text in the row-filter dialect: identifiers in double quotes, '' doubled, composites in parentheses.
// parse_predicate(to_text(p)) is the same predicate.
std::string to_text(const Predicate& predicate);

enum class Truth { no, yes, unknown };
// `value_of` yields the column's value as text (as stored in a partition), or nothing for NULL.
// A text that does not parse as the column's family compares as unknown.
Truth evaluate(const Predicate& predicate,
               const std::function<std::optional<std::string>(const std::vector<std::string>& column)>& value_of);

// Every column path the predicate names, without repeats.
std::vector<std::vector<std::string>> columns_of(const Predicate& predicate);

}  // namespace weir::catalog
