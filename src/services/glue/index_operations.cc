#include "app/catalog/partition_indexes.h"

#include "base/text.h"
#include "services/glue/convert.h"
#include "services/glue/operations.h"

namespace weir::services::glue_operations {
namespace {

using namespace wire::glue;

template <class In>
names::TableName name_of(const app::Call& call, const In& in) {
  return app::table_name(call.catalog_or_own(in.CatalogId), in.DatabaseName.value_or(""), in.TableName.value_or(""));
}

std::optional<std::string> type_of(const catalog::Table& table, const std::string& key) {
  for (const auto& column : catalog::partition_keys_of(table))
    if (base::equal_ignoring_case(column.name, key)) return column.type;
  return std::nullopt;
}

PartitionIndexDescriptor to_wire(const catalog::PartitionIndex& index, const catalog::Table& table) {
  PartitionIndexDescriptor out;
  out.IndexName = index.index_name;
  out.Keys.give();
  for (const auto& key : index.keys) out.Keys.push_back({key, type_of(table, key)});
  out.IndexStatus = index.status;
  return out;
}

}  // namespace

base::Result<CreatePartitionIndexResponse> create_partition_index(app::Call& call,
                                                                  const CreatePartitionIndexRequest& in) {
  WEIR_CHECK_OK(app::create_partition_index(call, name_of(call, in), from_wire(*in.PartitionIndex)));
  return CreatePartitionIndexResponse{};
}

base::Result<DeletePartitionIndexResponse> delete_partition_index(app::Call& call,
                                                                  const DeletePartitionIndexRequest& in) {
  WEIR_CHECK_OK(app::delete_partition_index(call, name_of(call, in), in.IndexName.value_or("")));
  return DeletePartitionIndexResponse{};
}

base::Result<GetPartitionIndexesResponse> get_partition_indexes(app::Call& call, const GetPartitionIndexesRequest& in) {
  WEIR_TRY(auto found, app::get_partition_indexes(call, name_of(call, in), in.NextToken.value_or("")));
  GetPartitionIndexesResponse out;
  out.PartitionIndexDescriptorList.give();
  for (const auto& index : found.page.items) out.PartitionIndexDescriptorList.push_back(to_wire(index, *found.table));
  out.NextToken = std::move(found.page.next_token);
  return out;
}

}  // namespace weir::services::glue_operations
