// Putting LF-Tags on databases, tables and columns, taking them off, and showing them (lakeformation.md 2.12).
//
// Assigning takes ASSOCIATE on the value and ALTER (or administration) on the database or table. Without the latter
// the request is refused; without the former only that tag is, among the failures. A value that is replaced is also
// taken off: that takes ASSOCIATE on it too.
#pragma once
#include <string>
#include <vector>

#include "app/call.h"
#include "app/permissions/resource_tags.h"

namespace weir::app {

// One LF-Tag of a request, as given: exactly one value makes sense.
struct TagPair {
  std::string catalog;
  std::string key;
  std::vector<std::string> values;
};
struct TagFailure {
  size_t index = 0;  // in the request
  base::Error error;
};

// `on` is a database, a table, or columns of one by name. The tags that do not fail are assigned in one transaction; a
// key that the resource carries already gets the new value.
base::Result<std::vector<TagFailure>> add_lf_tags(Call& call, const permissions::Resource& on,
                                                  const std::vector<TagPair>& tags);
// Only what is assigned to the resource itself can be removed from it.
base::Result<std::vector<TagFailure>> remove_lf_tags(Call& call, const permissions::Resource& on,
                                                     const std::vector<TagPair>& tags);

// The tags and columns that the caller may see. Takes DESCRIBE on the database or table.
base::Result<ResourceTags> get_resource_lf_tags(Call& call, const permissions::Resource& on, bool only_assigned);

}  // namespace weir::app
