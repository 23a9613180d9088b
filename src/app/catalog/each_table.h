// Walks over everything in a catalog, for the rare questions that no index answers (which table is at this path?).
#pragma once
#include <functional>
#include <string>

#include "catalog/table.h"
#include "store/store.h"

namespace weir::app {

base::Status each_database(store::Transaction& tx, const std::string& account,
                           const std::function<base::Status(const catalog::Database&)>& visit);
base::Status each_table_of(store::Transaction& tx, const std::string& account, const std::string& database,
                           const std::function<base::Status(const catalog::Table&)>& visit);
base::Status each_table(store::Transaction& tx, const std::string& account,
                        const std::function<base::Status(const catalog::Table&)>& visit);

}  // namespace weir::app
