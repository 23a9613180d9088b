#include "catalog/catalog_keys.h"

#include "base/text.h"

namespace weir::catalog {

using base::to_lower;
using store::key;

std::string databases_key(std::string_view catalog) { return key("db", catalog); }
std::string database_key(std::string_view catalog, std::string_view database) {
  return key("db", catalog, to_lower(database));
}
std::string tables_key(std::string_view catalog, std::string_view database) {
  return key("tbl", catalog, to_lower(database));
}
std::string table_key(std::string_view catalog, std::string_view database, std::string_view table) {
  return key("tbl", catalog, to_lower(database), to_lower(table));
}
std::string all_tables_key() { return key("tbl"); }
std::string functions_key(std::string_view catalog) { return key("udf", catalog); }
std::string functions_key(std::string_view catalog, std::string_view database) {
  return key("udf", catalog, to_lower(database));
}
std::string function_key(std::string_view catalog, std::string_view database, std::string_view function) {
  return key("udf", catalog, to_lower(database), to_lower(function));
}
std::string serial_key(std::string_view catalog) { return key("serial", catalog); }

namespace {
std::string_view noun(Belonging kind) {
  switch (kind) {
    case Belonging::version: return "tblv";
    case Belonging::partition: return "part";
    case Belonging::partition_index: return "pidx";
    case Belonging::column_statistics: return "cst";
    case Belonging::partition_statistics: return "pst";
  }
  return "";
}
}  // namespace

std::string belongings_key(Belonging kind, std::string_view catalog, std::string_view serial) {
  return key(noun(kind), catalog, serial);
}

}  // namespace weir::catalog
