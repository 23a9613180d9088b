#include "catalog/tables.h"

#include <limits>

#include "base/text.h"
#include "catalog/catalog_keys.h"
#include "catalog/databases.h"
#include "catalog/limits.h"
#include "catalog/remains.h"
#include "store/record_access.h"

namespace weir::catalog {
namespace {

base::Error no_such_version() { return base::not_found("Table version not found.", "version"); }

// Kept under the complement of the number, so that the newest comes first.
std::string version_key(const Table& table, int64_t version) {
  return store::KeyBuilder(belongings_key(Belonging::version, table))
      .integer(std::numeric_limits<int64_t>::max() - version)
      .take();
}

base::Result<int64_t> version_number(std::string_view version) {
  auto number = base::parse_int(version);
  if (!number.ok() || *number < 0) return base::invalid("VersionId must be a number.", "version");
  return number;
}

}  // namespace

std::vector<std::string> layout_of(const Table& table) {
  std::vector<std::string> layout;
  for (auto& column : partition_keys_of(table)) layout.push_back(column.type.value_or("string"));
  return layout;
}

base::Status Tables::create(Table table) {
  WEIR_CHECK_OK(check_table(table));
  table.database_name = base::to_lower(table.database_name);
  table.name = base::to_lower(table.name);
  WEIR_CHECK_OK(Databases(transaction_).get(table.catalog_id, table.database_name));
  WEIR_TRY(auto there, find(table.catalog_id, table.database_name, table.name));
  if (there) return base::already_exists("Table already exists.", "table");
  table.version_id = "0";
  WEIR_TRY(table.serial, next_serial(table.catalog_id));
  table.partition_layout = layout_of(table);
  return store::save(transaction_, table_key(table.catalog_id, table.database_name, table.name), table);
}

base::Result<std::string> Tables::next_serial(std::string_view catalog) {
  auto key = serial_key(catalog);
  WEIR_TRY(auto last, transaction_.get(key));
  WEIR_TRY(auto number, last ? base::parse_int(*last) : base::Result<int64_t>(int64_t{0}));
  auto next = std::to_string(number + 1);
  WEIR_CHECK_OK(transaction_.put(key, next));
  return next;
}

base::Result<std::optional<Table>> Tables::find(std::string_view catalog, std::string_view database,
                                                std::string_view name) {
  return store::load<Table>(transaction_, table_key(catalog, database, name));
}

base::Result<Table> Tables::get(std::string_view catalog, std::string_view database, std::string_view name) {
  WEIR_TRY(auto found, find(catalog, database, name));
  if (!found) return base::not_found("Table " + std::string(name) + " not found.", "table");
  return std::move(*found);
}

base::Status Tables::update(std::string_view name, Table table, const TableUpdate& how) {
  WEIR_CHECK_OK(check_table(table));
  WEIR_TRY(auto there, get(table.catalog_id, table.database_name, name));
  if (base::to_lower(table.name) != there.name) return base::invalid("A table cannot be renamed.", "table");
  if (how.expected_version && *how.expected_version != there.version_id)
    return base::fail(base::Kind::precondition_failed, "The table is at version " + there.version_id + ".", "version");
  WEIR_CHECK_OK(settle_layout(there, table));
  WEIR_TRY(auto version, version_number(there.version_id));
  if (!how.skip_archive) WEIR_CHECK_OK(archive(there));
  table.database_name = there.database_name;
  table.name = there.name;
  table.create_time = there.create_time;
  table.created_by = there.created_by;
  table.serial = there.serial;
  table.version_id = std::to_string(version + 1);
  return store::save(transaction_, table_key(there.catalog_id, there.database_name, there.name), table);
}

// Partitions stay where the types they were made with put them; an empty table takes the new types.
base::Status Tables::settle_layout(const Table& before, Table& after) {
  auto layout = layout_of(after);
  after.partition_layout = layout;
  if (layout == before.partition_layout) return {};
  auto partitions = store::prefix_range(belongings_key(Belonging::partition, before));
  WEIR_TRY(auto any, transaction_.scan(partitions, 1));
  if (any.empty()) return {};
  if (layout.size() != before.partition_layout.size())
    return base::invalid("The number of partition keys cannot change while the table has partitions.", "table");
  after.partition_layout = before.partition_layout;
  return {};
}

base::Status Tables::archive(const Table& table) {
  WEIR_TRY(auto version, version_number(table.version_id));
  return store::save(transaction_, version_key(table, version), table);
}

base::Status Tables::erase(std::string_view catalog, std::string_view database, std::string_view name) {
  WEIR_TRY(auto table, get(catalog, database, name));
  WEIR_CHECK_OK(leave_remains(transaction_, table));
  return transaction_.erase(table_key(catalog, database, name));
}

base::Result<Page<Table>> Tables::list(std::string_view catalog, std::string_view database, const PageRequest& request,
                                       const NamePattern& names, const TableFilter& filter) {
  auto prefix = tables_key(catalog, database);
  auto name_fits = [&](std::string_view key_tail) {
    auto parts = store::split_key(key_tail);
    if (!parts.ok() || parts->size() != 1 || !names.matches(parts->front())) return false;
    return !filter.keep_name || filter.keep_name(parts->front());
  };
  return list_page<Table>(transaction_, prefix, store::prefix_range(prefix), request, {name_fits, filter.keep});
}

base::Result<TableVersion> Tables::get_version(const Table& table, const std::optional<std::string>& version) {
  if (!version || *version == table.version_id) return TableVersion{table, table.version_id};
  WEIR_TRY(auto number, version_number(*version));
  WEIR_TRY(auto archived, store::load<Table>(transaction_, version_key(table, number)));
  if (!archived) return no_such_version();
  return TableVersion{std::move(*archived), std::to_string(number)};
}

// The current version is no entry of the archive: it heads the first page, and a token after it is
// that of the key it would have there.
base::Result<Page<TableVersion>> Tables::list_versions(const Table& table, const PageRequest& request) {
  auto prefix = belongings_key(Belonging::version, table);
  WEIR_TRY(auto archived, list_page<Table>(transaction_, prefix, store::prefix_range(prefix), request));
  Page<TableVersion> page;
  if (request.token.empty()) page.items.push_back({table, table.version_id});
  for (auto& old : archived.items) page.items.push_back({old, old.version_id});
  bool more = archived.next_token || page.items.size() > request.limit;
  page.items.resize(std::min(page.items.size(), request.limit));
  if (!more) return page;
  WEIR_TRY(auto last, version_number(page.items.back().version_id));
  page.next_token = page_token(prefix, version_key(table, last));
  return page;
}

base::Status Tables::erase_version(const Table& table, std::string_view version) {
  if (version == table.version_id) return base::invalid("The current version cannot be deleted.", "version");
  WEIR_TRY(auto number, version_number(version));
  auto key = version_key(table, number);
  WEIR_TRY(auto there, transaction_.get(key));
  if (!there) return no_such_version();
  return transaction_.erase(key);
}

}  // namespace weir::catalog
