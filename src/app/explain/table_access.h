// How much of a table a decision gives, as one word: what lists and heat maps show.
//
// It is read off the Decision that decide() made, and decides nothing.
#pragma once
#include "permissions/decide.h"

namespace weir::app {

// Ordered: each is more than the one before.
enum class AccessLevel {
  none,
  describe,     // name and columns, no data; ALTER and DROP as well
  select_some,  // data of some columns, rows or fields
  select,       // every cell of every row
  write,        // INSERT or DELETE, whatever is read besides
  super,        // ALL
};

// A decision about a table with its schema, whatever was asked.
AccessLevel level_of(const permissions::Decision& decision);

// What of the privileges of a table is held. SELECT only where it shows something.
permissions::PrivilegeSet table_privileges(const permissions::Decision& decision);

// Those among them that the caller may pass on.
permissions::PrivilegeSet grantable_privileges(const permissions::Caller& caller, const permissions::Resource& resource,
                                               permissions::PrivilegeSet among, const permissions::Snapshot& snapshot);

}  // namespace weir::app
