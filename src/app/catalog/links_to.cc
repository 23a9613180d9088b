#include "app/catalog/links_to.h"

#include "app/catalog/each_table.h"
#include "app/catalog/governed_table.h"

namespace weir::app {
namespace {

using permissions::Resource;

bool leads_to(const LinkTarget& target, const Resource& to) {
  if (target.name.catalog != to.catalog || target.name.database != to.database) return false;
  return target.name.table.empty() || target.name.table == to.table;
}

}  // namespace

base::Result<std::vector<LinkTo>> links_to(Call& call, const std::string& account, const Resource& to) {
  std::vector<LinkTo> out;
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  auto add_table = [&](const catalog::Table& table) -> base::Status {
    auto target = target_of(table);
    if (!target || !leads_to(*target, to)) return {};
    WEIR_TRY(auto link, Resource::of_table(account, table.database_name, table.name));
    out.push_back({std::move(link), facts_of(table), std::move(*target)});
    return {};
  };
  WEIR_CHECK_OK(each_database(*tx, account, [&](const catalog::Database& database) -> base::Status {
    auto target = target_of(database);
    if (!target) return each_table_of(*tx, account, database.name, add_table);
    if (!leads_to(*target, to)) return {};
    WEIR_TRY(auto link, Resource::of_database(account, database.name));
    out.push_back({std::move(link), std::nullopt, std::move(*target)});
    return {};
  }));
  return out;
}

}  // namespace weir::app
