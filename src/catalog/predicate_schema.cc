#include "catalog/predicate_schema.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "catalog/column_type.h"

namespace weir::catalog {
namespace {

constexpr size_t kNestingMax = 5;  // lakeformation.md §8

constexpr std::string_view kRowFilterTypes[] = {
    "string", "char", "varchar", "int", "integer", "long", "bigint", "float", "decimal", "double", "boolean",
    // Not in the documented list, but engines compare them and people write such filters.
    "date", "timestamp"};
constexpr std::string_view kPartitionTypes[] = {"string",  "char",   "varchar", "date",    "timestamp", "int",
                                                "integer", "bigint", "long",    "tinyint", "smallint",  "decimal"};
constexpr std::string_view kRestricted[] = {"ctid",     "oid",       "xmin",      "cmin",      "xmax",          "cmax",
                                            "tableoid", "insertxid", "deletexid", "importoid", "redcatuniqueid"};
constexpr std::string_view kGrammar[] = {"and", "or",   "not",  "in",    "between", "like",
                                         "is",  "null", "true", "false", "cast"};
// Of PartiQL's reserved words those that can start or join a query's parts. Words such as `year`,
// which the documentation itself uses bare, are names.
constexpr std::string_view kReserved[] = {
    "all",   "any",    "as",      "asc",       "avg",    "by",        "case",  "count",  "create", "cross",
    "date",  "delete", "desc",    "distinct",  "drop",   "else",      "end",   "escape", "except", "exists",
    "from",  "group",  "having",  "inner",     "insert", "intersect", "into",  "join",   "left",   "limit",
    "max",   "min",    "missing", "on",        "order",  "outer",     "right", "select", "set",    "sum",
    "table", "then",   "time",    "timestamp", "union",  "update",    "when",  "where"};

template <class List>
bool lists(const List& list, std::string_view name) {
  return std::find(std::begin(list), std::end(list), name) != std::end(list);
}

}  // namespace

bool is_reserved(std::string_view name, Dialect dialect) {
  auto lower = base::to_lower(name);
  return lists(kGrammar, lower) || (dialect == Dialect::row_filter && lists(kReserved, lower));
}

const SchemaColumn* PredicateSchema::find(std::string_view name) const {
  auto exact = std::find_if(columns_.begin(), columns_.end(), [&](auto& column) { return column.name == name; });
  if (exact != columns_.end()) return &*exact;
  auto loose = std::find_if(columns_.begin(), columns_.end(),
                            [&](auto& column) { return base::equal_ignoring_case(column.name, name); });
  return loose == columns_.end() ? nullptr : &*loose;
}

base::Status PredicateSchema::allow_root(const SchemaColumn& column, size_t path_length) const {
  if (dialect_ == Dialect::partition_expression) {
    if (!column.partition_key) return base::invalid("'" + column.name + "' is not a partition key", "expression");
    if (path_length > 1) return base::invalid("a partition key has no fields", "expression");
    return {};
  }
  if (lists(kRestricted, base::to_lower(column.name)))
    return base::invalid("the column name '" + column.name + "' is restricted in row filters", "expression");
  if (column.partition_key && path_length > 1)
    return base::invalid("fields of a partition column cannot be used in row filters", "expression");
  return {};
}

base::Status PredicateSchema::allow_type(std::string_view type) const {
  auto name = type_name(type);
  bool allowed = dialect_ == Dialect::row_filter ? lists(kRowFilterTypes, name) : lists(kPartitionTypes, name);
  if (allowed) return {};
  return base::invalid("columns of type '" + name.substr(0, 20) + "' cannot be compared here", "expression");
}

base::Result<ResolvedColumn> PredicateSchema::resolve(const std::vector<std::string>& path) const {
  auto* root = find(path.front());
  if (!root) return base::invalid("no such column", "expression");
  WEIR_CHECK_OK(allow_root(*root, path.size()));
  if (path.size() > kNestingMax) return base::invalid("fields are nested too deeply", "expression");
  ResolvedColumn out{{root->name}, TypeFamily::unsupported, root->partition_key};
  std::string type = root->type;
  for (size_t i = 1; i < path.size(); ++i) {
    auto field = field_of(type, path[i]);
    if (!field) return base::invalid("no such field", "expression");
    out.path.push_back(std::move(field->name));
    type = std::move(field->type);
  }
  WEIR_CHECK_OK(allow_type(type));
  out.family = family_of(type);
  return out;
}

}  // namespace weir::catalog
