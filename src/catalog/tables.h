// The tables of the catalogs and their versions, over one transaction. Who may do it is decided above.
//
// Names are kept in lower case and found in any case. Each update gives the next version number, also
// when the old version is not archived, so that a version number never names two states.
#pragma once
#include "catalog/name_pattern.h"
#include "catalog/page.h"
#include "catalog/table.h"

namespace weir::catalog {

struct TableUpdate {
  bool skip_archive = false;
  // The version the caller changed; another one there is Kind::precondition_failed.
  std::optional<std::string> expected_version;
};

// Which tables a list shows; absent functions keep everything. What `keep_name` drops is never decoded.
struct TableFilter {
  std::function<bool(std::string_view name)> keep_name = {};
  std::function<bool(const Table&)> keep = {};
};

class Tables {
 public:
  explicit Tables(store::Transaction& transaction) : transaction_(transaction) {}

  // The database must be there. Gives version "0".
  base::Status create(Table table);
  base::Result<std::optional<Table>> find(std::string_view catalog, std::string_view database, std::string_view name);
  base::Result<Table> get(std::string_view catalog, std::string_view database, std::string_view name);
  // Keeps name, create_time and created_by; another name in `table` is Kind::invalid. Partition keys
  // may change in number only while there are no partitions.
  base::Status update(std::string_view name, Table table, const TableUpdate& how = {});
  base::Status erase(std::string_view catalog, std::string_view database, std::string_view name);
  base::Result<Page<Table>> list(std::string_view catalog, std::string_view database, const PageRequest& request,
                                 const NamePattern& names = {}, const TableFilter& filter = {});

  // The current version without `version`.
  base::Result<TableVersion> get_version(const Table& table, const std::optional<std::string>& version);
  // The newest first, the current one included.
  base::Result<Page<TableVersion>> list_versions(const Table& table, const PageRequest& request);
  // Archived ones only; the current version is Kind::invalid.
  base::Status erase_version(const Table& table, std::string_view version);

 private:
  base::Result<std::string> next_serial(std::string_view catalog);
  base::Status settle_layout(const Table& before, Table& after);
  base::Status archive(const Table& table);

  store::Transaction& transaction_;
};

// How a partition's typed values are kept: the types of the keys, as written.
std::vector<std::string> layout_of(const Table& table);

}  // namespace weir::catalog
