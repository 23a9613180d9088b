// The databases of the catalogs, over one transaction. Who may do it is decided above.
//
// Names are kept in lower case and found in any case. Links (target_database) are records like others;
// following them is the caller's.
#pragma once
#include "catalog/page.h"
#include "catalog/table.h"

namespace weir::catalog {

class Databases {
 public:
  explicit Databases(store::Transaction& transaction) : transaction_(transaction) {}

  base::Status create(Database database);
  base::Result<std::optional<Database>> find(std::string_view catalog, std::string_view name);
  base::Result<Database> get(std::string_view catalog, std::string_view name);
  // Keeps name, catalog and create_time of the one that is there; another name is Kind::invalid.
  base::Status update(std::string_view name, Database database);
  // Its tables (with all that is theirs) and functions go with it.
  base::Status erase(std::string_view catalog, std::string_view name);
  base::Result<Page<Database>> list(std::string_view catalog, const PageRequest& request,
                                    const std::function<bool(const Database&)>& keep = {});

 private:
  base::Status erase_tables(std::string_view catalog, std::string_view name);
  base::Status erase_functions(std::string_view catalog, std::string_view name);

  store::Transaction& transaction_;
};

}  // namespace weir::catalog
