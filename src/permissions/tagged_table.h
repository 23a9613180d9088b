// How expressions over LF-Tags meet one table: lakeformation.md 2.12.
//
// A column's tags are its own over the table's; a column without any is like the table. Partition keys follow the
// table, whatever tags they have: whoever may select sees them.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "permissions/table_facts.h"
#include "permissions/tag_index.h"

namespace weir::permissions {

enum class TagMatch {
  nothing,
  part,   // some columns, or all of them but not the table itself
  whole,  // the table and every column
};

class TaggedTable {
 public:
  // Without facts every column that carries tags is taken to be there, and another one beside them.
  TaggedTable(const TagIndex& index, TableTags tags, const TableFacts* facts);

  TagMatch match(std::span<const uint32_t> code) const;
  // The data columns that match, lower case, in schema order.
  std::vector<std::string> matching_columns(std::span<const uint32_t> code) const;
  // Tags to name as those that matched: the table's, or else those of the first column that matches.
  const TagPairs& witness(std::span<const uint32_t> code) const;

 private:
  const TagIndex& index_;
  TableTags tags_;
  const TableFacts* facts_;
  std::vector<const TagPairs*> columns_;  // of data columns with tags of their own
  bool has_plain_ = true;                 // whether there is a column that is like the table
};

}  // namespace weir::permissions
