#include "app/catalog/partition_indexes.h"

#include "app/catalog/resource_links.h"
#include "app/catalog/tables.h"
#include "catalog/partition_indexes.h"

namespace weir::app {
namespace {

using permissions::Privilege;

base::Result<GovernedTable> authorize(Call& call, std::string_view action, const names::TableName& table,
                                      TableLinks links, Privilege privilege) {
  call.about("databaseName", table.database);
  call.about("tableName", table.table);
  return authorize_linked_table(call, action, table, links, privilege);
}

}  // namespace

base::Status create_partition_index(Call& call, const names::TableName& table, const catalog::PartitionIndex& index) {
  WEIR_TRY(auto governed, authorize(call, "glue:CreatePartitionIndex", table, TableLinks::refuse, Privilege::alter));
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto there, same_table(tx, governed));
    return catalog::PartitionIndexes(tx, there).create(index);
  });
}

base::Status delete_partition_index(Call& call, const names::TableName& table, const std::string& index) {
  WEIR_TRY(auto governed, authorize(call, "glue:DeletePartitionIndex", table, TableLinks::refuse, Privilege::alter));
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto there, same_table(tx, governed));
    return catalog::PartitionIndexes(tx, there).erase(index);
  });
}

base::Result<PartitionIndexList> get_partition_indexes(Call& call, const names::TableName& table,
                                                       const std::string& token) {
  WEIR_TRY(auto governed, authorize(call, "glue:GetPartitionIndexes", table, TableLinks::follow, Privilege::describe));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  catalog::PageRequest request;
  request.token = token;
  WEIR_TRY(auto page, catalog::PartitionIndexes(*tx, *governed.table).list(request));
  return PartitionIndexList{governed.table, std::move(page)};
}

}  // namespace weir::app
