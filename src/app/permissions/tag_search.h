// Databases and tables by the LF-Tags they carry (lakeformation.md 2.12).
//
// What is inherited counts. A table is also found by one of its columns. Only what the caller may describe is found,
// by columns it may see, with LF-Tags it may see; and only by LF-Tags that it may see.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/call.h"
#include "app/permissions/resource_tags.h"
#include "permissions/records.h"

namespace weir::app {

struct TagSearch {
  std::string catalog;
  std::vector<permissions::TagTerm> terms;
  std::string token;
  size_t limit = 100;
};

struct TaggedDatabase {
  permissions::Resource database;
  Tags tags;
};
base::Result<permissions::Page<TaggedDatabase>> search_databases_by_tags(Call& call, const TagSearch& search);

struct TaggedTable {
  permissions::Resource table;
  ResourceTags tags;
};
base::Result<permissions::Page<TaggedTable>> search_tables_by_tags(Call& call, const TagSearch& search);

}  // namespace weir::app
