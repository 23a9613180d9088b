#include "catalog/databases.h"

#include "base/text.h"
#include "catalog/catalog_keys.h"
#include "catalog/limits.h"
#include "catalog/remains.h"
#include "store/record_access.h"

namespace weir::catalog {

base::Status Databases::create(Database database) {
  WEIR_CHECK_OK(check_database(database));
  database.name = base::to_lower(database.name);
  WEIR_TRY(auto there, find(database.catalog_id, database.name));
  if (there) return base::already_exists("Database already exists.", "database");
  return store::save(transaction_, database_key(database.catalog_id, database.name), database);
}

base::Result<std::optional<Database>> Databases::find(std::string_view catalog, std::string_view name) {
  return store::load<Database>(transaction_, database_key(catalog, name));
}

base::Result<Database> Databases::get(std::string_view catalog, std::string_view name) {
  WEIR_TRY(auto found, find(catalog, name));
  if (!found) return base::not_found("Database " + std::string(name) + " not found.", "database");
  return std::move(*found);
}

base::Status Databases::update(std::string_view name, Database database) {
  WEIR_CHECK_OK(check_database(database));
  WEIR_TRY(auto there, get(database.catalog_id, name));
  if (base::to_lower(database.name) != there.name) return base::invalid("A database cannot be renamed.", "database");
  database.name = there.name;
  database.create_time = there.create_time;
  return store::save(transaction_, database_key(there.catalog_id, there.name), database);
}

base::Status Databases::erase(std::string_view catalog, std::string_view name) {
  WEIR_CHECK_OK(get(catalog, name));
  WEIR_CHECK_OK(erase_tables(catalog, name));
  WEIR_CHECK_OK(erase_functions(catalog, name));
  return transaction_.erase(database_key(catalog, name));
}

base::Status Databases::erase_tables(std::string_view catalog, std::string_view name) {
  for (auto range = store::prefix_range(tables_key(catalog, name));;) {
    WEIR_TRY(auto entries, transaction_.scan(range, kScanAtOnce));
    for (auto& [key, value] : entries) {
      WEIR_TRY(auto table, base::decode_record<Table>(value));
      WEIR_CHECK_OK(leave_remains(transaction_, table));
      WEIR_CHECK_OK(transaction_.erase(key));
    }
    if (entries.size() < kScanAtOnce) return {};
  }
}

base::Status Databases::erase_functions(std::string_view catalog, std::string_view name) {
  for (auto range = store::prefix_range(functions_key(catalog, name));;) {
    WEIR_TRY(auto entries, transaction_.scan(range, kScanAtOnce));
    for (auto& entry : entries) WEIR_CHECK_OK(transaction_.erase(entry.key));
    if (entries.size() < kScanAtOnce) return {};
  }
}

base::Result<Page<Database>> Databases::list(std::string_view catalog, const PageRequest& request,
                                             const std::function<bool(const Database&)>& keep) {
  auto prefix = databases_key(catalog);
  return list_page<Database>(transaction_, prefix, store::prefix_range(prefix), request, {{}, keep});
}

}  // namespace weir::catalog
