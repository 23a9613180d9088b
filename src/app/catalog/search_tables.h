// Search over the tables of a catalog.
//
// INVARIANT: what is searched is what the caller is shown. A hidden column, or a property that could tell
// of one, can neither match nor sort (lakeformation.md 1.6).
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/catalog/tables.h"

namespace weir::app {

enum class Comparison { equals, greater, greater_or_equal, less, less_or_equal };

struct SearchFilter {
  std::string key;                       // a member of the table, else one of its parameters
  std::string value;                     // of a text: one of its words; of a time: seconds since 1970, or ISO 8601
  std::optional<Comparison> comparison;  // times only
};
struct SearchSort {
  std::string field;
  bool descending = false;
};
struct SearchQuery {
  std::string catalog = {};
  ShareScope scope = ShareScope::own;
  std::string text = {};  // each word must be in some value; in double quotes: a whole value
  std::vector<SearchFilter> filters = {};
  std::optional<SearchSort> sort = {};  // else by catalog, database and name
  catalog::PageRequest page = {};
};

base::Result<ShownTables> search_tables(Call& call, const SearchQuery& query);

}  // namespace weir::app
