// Resource links followed: what a name stands for when it, or its database, is a link (lakeformation.md 6.4).
//
// Invariants:
//  1. A link gives nothing on its target. What is done through it is decided on the target's own name, in the
//     target's catalog, as if the caller had written that name; DESCRIBE and the IAM action on the link come on top.
//  2. A link that its caller may not describe is not followed: it is answered like any hidden name, so that nobody
//     learns that it is a link or where it points.
//  3. Whether the target is there is told to who would be told under the target's own name, and to nobody else.
//  4. Only the first link is followed; a link to a link, and one to another region, is refused by name.
//
// One event is recorded, on the target, with the link as `resourceLink`.
#pragma once
#include <string>
#include <string_view>

#include "app/catalog/databases.h"
#include "app/catalog/governed_table.h"
#include "app/catalog/link_target.h"

namespace weir::app {

// What an operation makes of the name of a link to a table. A link to the database is followed in any case.
enum class TableLinks {
  follow,  // reads the table: goes on to the target
  refuse,  // changes what belongs to a table: a link has nothing of its own
  mean,    // is about the link itself
};

struct FollowedTable {
  names::TableName name;
  std::string link = {};  // the link that led there; empty: none did
};
base::Result<FollowedTable> follow(Call& call, std::string_view action, const names::TableName& name, TableLinks links);
base::Result<GovernedTable> authorize_table(Call& call, std::string_view action, const FollowedTable& table,
                                            permissions::Privilege privilege, const TableGates& gates = {});
// Both in one.
base::Result<GovernedTable> authorize_linked_table(Call& call, std::string_view action, const names::TableName& name,
                                                   TableLinks links, permissions::Privilege privilege);

struct FollowedDatabase {
  DatabaseName name;
  std::string link = {};
};
// `ask`: what IAM is asked about the link.
base::Result<FollowedDatabase> follow(Call& call, const Ask& ask, const DatabaseName& name);
base::Result<GovernedDatabase> authorize_database(Call& call, const Ask& ask, const FollowedDatabase& database,
                                                  permissions::Privilege privilege, const DatabaseGate& last = {});

}  // namespace weir::app
