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
  // Known by name, refused as unsupported:
  nested_catalog,
  lf_tag,
  lf_tag_policy,
  lf_tag_expression,
};

struct Resource {
  ResourceKind kind = ResourceKind::catalog;
  std::string catalog;     // the account that owns it
  std::string database;    // database, table, all_tables, columns, data_cells_filter
  std::string table;       // table, columns, data_cells_filter
  std::string filter;      // data_cells_filter
  ColumnSet columns;       // columns
  names::S3Path location;  // data_location; no trailing '/'

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
