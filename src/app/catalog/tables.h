// The tables of a database, as callers may make, see, change and drop them.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/catalog/databases.h"
#include "app/catalog/governed_table.h"
#include "catalog/page.h"
#include "catalog/tables.h"

namespace weir::app {

// A table with the columns its caller may see.
struct ShownTable {
  std::shared_ptr<const catalog::Table> table;
  bool registered = false;  // its location is registered with Lake Formation
};
ShownTable shown(const Call& call, const GovernedTable& table);
// One of a list the caller may have; nothing when it may not describe it.
std::optional<ShownTable> shown_in_list(const Call& call, std::shared_ptr<const catalog::Table> table);

base::Status create_table(Call& call, catalog::Table table, const std::vector<catalog::PartitionIndex>& indexes);
// A resource link comes with its target's properties where the caller may see them (app/catalog/link_properties.h).
base::Result<ShownTable> get_table(Call& call, const names::TableName& name);

struct ShownTables {
  std::vector<ShownTable> tables;
  std::optional<std::string> next_token;
};
// Of a resource link to a database: the tables of its target.
// `pattern` is over names: catalog/name_pattern.h.
base::Result<ShownTables> get_tables(Call& call, const DatabaseName& database, const std::string& pattern,
                                     const catalog::PageRequest& page);
// Kind::precondition_failed when another version is there than the one that was changed. A change of the
// schema that would close a data cells filter is refused, and so is one by who sees a part of the data
// (app/catalog/reading_gate.h). Of a resource link, where it points: by who could drop it
// and make another.
base::Status update_table(Call& call, const names::TableName& name, catalog::Table table,
                          const catalog::TableUpdate& how);
// `action`: what IAM is asked for.
base::Status delete_table(Call& call, std::string_view action, const names::TableName& name);

// --- for what belongs to tables
// The first of `privileges` that the caller holds on the table; else the first.
permissions::Privilege first_held(const Call& call, const names::TableName& name,
                                  std::initializer_list<permissions::Privilege> privileges);
// The table as it is in the transaction; Kind::concurrent when it is another one than the one authorised.
base::Result<catalog::Table> same_table(store::Transaction& tx, const GovernedTable& authorised);
bool is_registered(const Call& call, const catalog::Table& table);

}  // namespace weir::app
