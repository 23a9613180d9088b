// Partition values as keys that sort by their types, and predicates as ranges of such keys.
//
// A key is the values in their typed forms, one after another, then the spellings of those that are no
// text: "1" and "01" of an int key sort together and are two partitions, as in Glue. NULL comes first;
// what does not read as the type comes last, as text. See docs/store.md for the typed forms.
#pragma once
#include <string>
#include <vector>

#include "catalog/predicate.h"
#include "store/store.h"

namespace weir::catalog {

// `layout` is the keys' types; there must be as many values.
base::Result<std::string> partition_key(std::string prefix, const std::vector<std::string>& values,
                                        const std::vector<std::string>& layout);

struct PartitionColumn {
  std::string name;
  std::string layout;  // the type its values' keys were built with
};

// Where the partitions that may satisfy `predicate` lie: leading keys that must equal a constant, then
// bounds on one more. A superset; the predicate still has to be evaluated.
store::Range partition_range(const std::string& prefix, const std::vector<PartitionColumn>& columns,
                             const Predicate& predicate);

}  // namespace weir::catalog
