// Which LF-Tags a database, a table and its columns carry: what is assigned to each, and what each inherits from above
// unless its own value for the key overrides it (lakeformation.md 2.12).
#pragma once
#include <map>
#include <string>
#include <vector>

#include "catalog/table.h"
#include "permissions/snapshot.h"

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

// Whether the tags have one of the values of each key.
bool matches(const permissions::TagExpression& expression, const Tags& tags);

// What is assigned to the place itself, or what counts there.
enum class TagView { assigned, effective };
Tags tags_of_database(const permissions::Snapshot& snapshot, std::string_view database);
// The database's tags are among the effective ones only.
ResourceTags tags_of_table(const permissions::Snapshot& snapshot, const catalog::Table& table, TagView view);

}  // namespace weir::app
