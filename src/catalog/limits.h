// What names, texts and maps of the catalog may be (lakeformation.md §1.4). The wire validator checks
// the same numbers at the edge; records are checked here whoever makes them.
#pragma once
#include "catalog/table.h"

namespace weir::catalog {

// 1..255 characters, valid UTF-8, no control characters. `what` names the thing in the error.
base::Status check_name(std::string_view name, std::string_view what);
base::Status check_database(const Database& database);
// Column names must differ, ignoring case, across columns and partition keys: permissions name them so.
base::Status check_table(const Table& table);
base::Status check_partition_values(const std::vector<std::string>& values);
base::Status check_partition(const Partition& partition);
base::Status check_function(const UserDefinedFunction& function);

}  // namespace weir::catalog
