// User-defined functions, over one transaction. Names are kept in lower case and found in any case.
#pragma once
#include "catalog/name_pattern.h"
#include "catalog/page.h"
#include "catalog/table.h"

namespace weir::catalog {

class Functions {
 public:
  explicit Functions(store::Transaction& transaction) : transaction_(transaction) {}

  base::Status create(UserDefinedFunction function);  // the database must be there
  base::Result<UserDefinedFunction> get(std::string_view catalog, std::string_view database, std::string_view name);
  // Keeps name and create_time; another name is Kind::invalid.
  base::Status update(std::string_view name, UserDefinedFunction function);
  base::Status erase(std::string_view catalog, std::string_view database, std::string_view name);
  // Of one database, or of all the catalog's.
  base::Result<Page<UserDefinedFunction>> list(std::string_view catalog, const std::optional<std::string>& database,
                                               const NamePattern& names, const PageRequest& request,
                                               const std::function<bool(const UserDefinedFunction&)>& keep = {});

 private:
  store::Transaction& transaction_;
};

}  // namespace weir::catalog
