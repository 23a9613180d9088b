// Where the catalog's records lie in the key space.
//
//   ("db", catalog, database)                        Database
//   ("tbl", catalog, database, table)                Table
//   ("udf", catalog, database, function)             UserDefinedFunction
//   ("tblv", catalog, serial) + number               TableVersion's Table, archived
//   ("part", catalog, serial) + values               Partition
//   ("pidx", catalog, serial, index)                 PartitionIndex
//   ("cst", catalog, serial, column)                 ColumnStatistics of the table
//   ("pst", catalog, serial) + values + column       ColumnStatistics of a partition
//   ("serial", catalog)                              the last serial given to a table
//   ("remains", catalog, serial)                     a table that is gone; see remains.h
//
// INVARIANT: names in keys are lower case.
#pragma once
#include <string>

#include "catalog/table.h"
#include "store/key.h"

namespace weir::catalog {

std::string databases_key(std::string_view catalog);
std::string database_key(std::string_view catalog, std::string_view database);
std::string tables_key(std::string_view catalog, std::string_view database);
std::string table_key(std::string_view catalog, std::string_view database, std::string_view table);
// Every table of every catalog lies under it; what a watcher of tables watches.
std::string all_tables_key();
std::string functions_key(std::string_view catalog);
std::string functions_key(std::string_view catalog, std::string_view database);
std::string function_key(std::string_view catalog, std::string_view database, std::string_view function);
std::string serial_key(std::string_view catalog);

enum class Belonging { version, partition, partition_index, column_statistics, partition_statistics };
inline constexpr Belonging kBelongings[] = {Belonging::version, Belonging::partition, Belonging::partition_index,
                                            Belonging::column_statistics, Belonging::partition_statistics};
// The prefix of what belongs to the table with that serial.
std::string belongings_key(Belonging kind, std::string_view catalog, std::string_view serial);
inline std::string belongings_key(Belonging kind, const Table& table) {
  return belongings_key(kind, table.catalog_id, table.serial);
}

}  // namespace weir::catalog
