// What a permission is about: one value for every kind of resource.
//
// INVARIANT: a Resource made by the functions below has valid names, lower-case database and table
// names, and a key() from which parse_key() makes the same resource again (without its columns).
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/record.h"
#include "names/arn.h"
#include "permissions/column_set.h"
#include "permissions/lf_tag.h"
#include "permissions/privilege.h"

namespace weir::permissions {

enum class ResourceKind : uint8_t {
  catalog,
  database,
  table,
  all_tables,
  columns,
  data_cells_filter,
  data_location,
  nested_catalog,     // known by name, refused as unsupported
  lf_tag,             // one value of an LF-Tag, or `*`: the key and all its values
  lf_tag_policy,      // whatever carries tags that match an expression
  lf_tag_expression,  // a saved expression
};

// What a policy over LF-Tags gives permissions on.
enum class PolicyTarget : uint8_t { databases, tables };

struct Resource {
  ResourceKind kind = ResourceKind::catalog;
  std::string catalog;                            // the account that owns it
  std::string database;                           // database, table, all_tables, columns, data_cells_filter
  std::string table;                              // table, columns, data_cells_filter
  std::string filter;                             // data_cells_filter
  ColumnSet columns;                              // columns
  names::S3Path location;                         // data_location; no trailing '/'
  std::string tag_key;                            // lf_tag
  std::string tag_value;                          // lf_tag; kAnyTagValue for all of them
  PolicyTarget policy_on = PolicyTarget::tables;  // lf_tag_policy
  TagExpression expression;                       // lf_tag_policy; empty when it goes by name
  std::string expression_name;                    // lf_tag_policy by name, lf_tag_expression

  static base::Result<Resource> of_catalog(std::string_view catalog);
  static base::Result<Resource> of_database(std::string_view catalog, std::string_view database);
  static base::Result<Resource> of_table(std::string_view catalog, std::string_view database, std::string_view table);
  static base::Result<Resource> of_all_tables(std::string_view catalog, std::string_view database);
  static base::Result<Resource> of_columns(std::string_view catalog, std::string_view database, std::string_view table,
                                           ColumnSet columns);
  static base::Result<Resource> of_filter(std::string_view catalog, std::string_view database, std::string_view table,
                                          std::string_view filter);
  // `arn` is arn:aws:s3:::bucket[/prefix] or an s3:// URL.
  static base::Result<Resource> of_location(std::string_view catalog, std::string_view arn);
  static base::Result<Resource> of_tag(std::string_view catalog, std::string_view key, std::string_view value);
  static base::Result<Resource> of_policy(std::string_view catalog, PolicyTarget on, TagExpression expression);
  static base::Result<Resource> of_named_policy(std::string_view catalog, PolicyTarget on, std::string_view name);
  static base::Result<Resource> of_expression(std::string_view catalog, std::string_view name);

  // Canonical, one per (principal's) grant record: "table/111122223333/sales/orders". Column grants of
  // a table share one key whatever their columns.
  std::string key() const;
  static base::Result<Resource> parse_key(std::string_view key);

  Level level() const;
  std::string text() const;     // for people: "table sales.orders", "columns id, amount of sales.orders"
  bool concerns_table() const;  // table, columns or filter: has a table name
  bool operator==(const Resource&) const = default;
};

std::string_view name_of(ResourceKind kind);

// 1 to 255 printable characters on one line; `noun` for the message.
base::Status check_name(std::string_view name, std::string_view noun);
// The path without trailing slashes: how locations are compared.
names::S3Path canonical(names::S3Path path);

base::Json to_json(ResourceKind kind);
base::Status from_json(const base::Json& json, ResourceKind& kind);
base::Json to_json(const Resource& resource);
base::Status from_json(const base::Json& json, Resource& resource);

}  // namespace weir::permissions
