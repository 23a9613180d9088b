#include "app/catalog/each_table.h"

#include "catalog/databases.h"
#include "catalog/tables.h"

namespace weir::app {
namespace {

constexpr size_t kPage = 256;

// Calls `list` for page after page and `visit` for each item.
template <class List, class Visit>
base::Status each_page(List&& list, Visit&& visit) {
  for (catalog::PageRequest request{{}, kPage};;) {
    WEIR_TRY(auto page, list(request));
    for (const auto& item : page.items) WEIR_CHECK_OK(visit(item));
    if (!page.next_token) return {};
    request.token = *page.next_token;
  }
}

}  // namespace

base::Status each_database(store::Transaction& tx, const std::string& account,
                           const std::function<base::Status(const catalog::Database&)>& visit) {
  return each_page([&](const catalog::PageRequest& request) { return catalog::Databases(tx).list(account, request); },
                   visit);
}

base::Status each_table_of(store::Transaction& tx, const std::string& account, const std::string& database,
                           const std::function<base::Status(const catalog::Table&)>& visit) {
  return each_page(
      [&](const catalog::PageRequest& request) { return catalog::Tables(tx).list(account, database, request); }, visit);
}

base::Status each_table(store::Transaction& tx, const std::string& account,
                        const std::function<base::Status(const catalog::Table&)>& visit) {
  return each_database(
      tx, account, [&](const catalog::Database& database) { return each_table_of(tx, account, database.name, visit); });
}

}  // namespace weir::app
