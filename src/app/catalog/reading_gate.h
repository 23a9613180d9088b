// Who sees a part of a table's data does not say how the data is read.
//
// Columns, formats and places give bytes their names. Whoever changes them could see what is hidden: a column that is
// taken out and put back has lost the LF-Tags that hid it; two columns of a text file change their names; a partition of
// other rows gets the values of one's own. Glue's UpdateTable replaces all of that, and ALTER alone would allow it.
//
// Free to change it are those who see every cell, and those who may not select at all, before and after the change.
//
// Threads: pure, but for the Call's.
#pragma once
#include <optional>

#include "app/catalog/governed_table.h"

namespace weir::app {

// Shut when the caller has SELECT on a part of the table, as it is or as it would be, and `after` differs in anything
// but its description, owner, retention and times of use.
std::optional<Refusal> reading_gate(const Call& call, const GovernedTable& before, const catalog::Table& after);

// A partition as it is, when it is there, and as it shall be.
struct PlacedPartition {
  std::optional<catalog::Partition> before;
  catalog::Partition after;
};
// Shut to who has SELECT on a part of the table for a partition that is read otherwise than the table, or that lies
// elsewhere than its values say (KEY=VALUE/... below the table); one that stays as it is passes.
std::optional<Refusal> reading_gate(const GovernedTable& table, const PlacedPartition& partition);

}  // namespace weir::app
