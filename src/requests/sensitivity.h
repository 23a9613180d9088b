// Whether what is asked for holds personal data, by what its owner marked.
//
// A mark is the parameter pii_flag on a database, a table or a column (partition keys are columns), or an LF-Tag of a
// configured set. Any of them is enough: a share of a whole database is as sensitive as the most sensitive table in it,
// and a table as the database it is in. Who asks for some columns only asks about the marks of these.
//
// INVARIANT: a mark that is there and does not plainly say "no" counts as "yes".
//
// Threads: pure.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "requests/item_facts.h"

namespace weir::requests {

inline constexpr std::string_view kSensitiveFlag = "pii_flag";

// LF-Tags that mark what is sensitive: key -> values.
using SensitiveTags = std::map<std::string, std::vector<std::string>>;

struct Sensitivity {
  bool sensitive = false;
  std::vector<std::string> because;  // each mark, in words
};

// false, 0, no, n in any case say "no"; everything else says "yes".
bool says_sensitive(std::string_view flag);

Sensitivity sensitivity_of(const CatalogFacts& facts, const ColumnChoice& columns, const SensitiveTags& tags);

}  // namespace weir::requests
