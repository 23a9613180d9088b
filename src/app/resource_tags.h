// Which LF-Tags a database, a table and its columns carry: what is assigned to each, and what each inherits from above
// unless its own value for the key overrides it (lakeformation.md 2.12).
#pragma once
#include <map>
#include <string>
#include <vector>

#include "catalog/table.h"
#include "permissions/tag_records.h"

namespace weir::app {

using Tags = std::map<std::string, std::string>;  // key to value

struct ColumnTags {
  std::string name;  // as in the schema
  Tags tags;
};
struct ResourceTags {
  Tags database;
  Tags table;                       // of a table
  std::vector<ColumnTags> columns;  // of a table; columns without tags are left out
};

// `over` where both have a key.
Tags overlaid(Tags under, const Tags& over);
// Whether they have one of the values of each key.
bool matches(const permissions::TagExpression& expression, const Tags& tags);

base::Result<ResourceTags> assigned_tags(store::Transaction& tx, const permissions::Resource& database);
base::Result<ResourceTags> assigned_tags(store::Transaction& tx, const catalog::Table& table);
// What is assigned, with what each place inherits.
ResourceTags effective(ResourceTags assigned, const catalog::Table& table);

}  // namespace weir::app
