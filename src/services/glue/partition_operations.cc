#include "app/catalog/partitions.h"

#include "services/glue/convert.h"
#include "services/glue/errors.h"
#include "services/glue/operations.h"

namespace weir::services::glue_operations {
namespace {

using namespace wire::glue;

constexpr size_t kPartitionsAtOnce = 1000;

template <class In>
names::TableName name_of(const app::Call& call, const In& in) {
  return app::table_name(call.catalog_or_own(in.CatalogId), in.DatabaseName.value_or(""), in.TableName.value_or(""));
}

wire::List<PartitionError> to_wire(const std::vector<app::PartitionFailure>& failures) {
  wire::List<PartitionError> out;
  out.give();
  for (const auto& failure : failures) out.push_back({failure.values, error_detail(failure.error)});
  return out;
}

std::vector<app::PartitionValues> from_wire(const wire::List<PartitionValueList>& list) {
  std::vector<app::PartitionValues> out;
  for (const auto& values : list) out.push_back(values.Values.items());
  return out;
}

}  // namespace

base::Result<CreatePartitionResponse> create_partition(app::Call& call, const CreatePartitionRequest& in) {
  WEIR_CHECK_OK(app::create_partition(call, name_of(call, in), services::from_wire(*in.PartitionInput)));
  return CreatePartitionResponse{};
}

base::Result<BatchCreatePartitionResponse> batch_create_partition(app::Call& call,
                                                                  const BatchCreatePartitionRequest& in) {
  std::vector<catalog::Partition> partitions;
  for (const auto& input : in.PartitionInputList) partitions.push_back(services::from_wire(input));
  WEIR_TRY(auto failures, app::batch_create_partitions(call, name_of(call, in), partitions));
  return BatchCreatePartitionResponse{to_wire(failures)};
}

base::Result<UpdatePartitionResponse> update_partition(app::Call& call, const UpdatePartitionRequest& in) {
  app::PartitionChange change{in.PartitionValueList.items(), services::from_wire(*in.PartitionInput)};
  WEIR_CHECK_OK(app::update_partition(call, name_of(call, in), change));
  return UpdatePartitionResponse{};
}

base::Result<BatchUpdatePartitionResponse> batch_update_partition(app::Call& call,
                                                                  const BatchUpdatePartitionRequest& in) {
  std::vector<app::PartitionChange> changes;
  for (const auto& entry : in.Entries)
    changes.push_back({entry.PartitionValueList.items(), services::from_wire(*entry.PartitionInput)});
  WEIR_TRY(auto failures, app::batch_update_partitions(call, name_of(call, in), changes));
  BatchUpdatePartitionResponse out;
  out.Errors.give();
  for (const auto& failure : failures) out.Errors.push_back({failure.values, error_detail(failure.error)});
  return out;
}

base::Result<DeletePartitionResponse> delete_partition(app::Call& call, const DeletePartitionRequest& in) {
  WEIR_CHECK_OK(app::delete_partition(call, name_of(call, in), in.PartitionValues.items()));
  return DeletePartitionResponse{};
}

base::Result<BatchDeletePartitionResponse> batch_delete_partition(app::Call& call,
                                                                  const BatchDeletePartitionRequest& in) {
  WEIR_TRY(auto failures, app::batch_delete_partitions(call, name_of(call, in), from_wire(in.PartitionsToDelete)));
  return BatchDeletePartitionResponse{to_wire(failures)};
}

base::Result<GetPartitionResponse> get_partition(app::Call& call, const GetPartitionRequest& in) {
  WEIR_TRY(auto partition, app::get_partition(call, name_of(call, in), in.PartitionValues.items()));
  return GetPartitionResponse{services::to_wire(partition)};
}

base::Result<GetPartitionsResponse> get_partitions(app::Call& call, const GetPartitionsRequest& in) {
  if (in.TransactionId) return not_offered("TransactionId");
  if (in.QueryAsOfTime) return not_offered("QueryAsOfTime");
  app::PartitionQuery query{in.Expression.value_or(""), {}, page_of(in.NextToken, in.MaxResults, kPartitionsAtOnce)};
  if (in.Segment) query.segment = {in.Segment->SegmentNumber.value_or(0), in.Segment->TotalSegments.value_or(1)};
  WEIR_TRY(auto page, app::get_partitions(call, name_of(call, in), query));
  GetPartitionsResponse out;
  out.Partitions.give();
  for (const auto& partition : page.items) {
    auto& shown = out.Partitions.emplace_back(services::to_wire(partition));
    if (in.ExcludeColumnSchema.value_or(false) && shown.StorageDescriptor) shown.StorageDescriptor->Columns = {};
  }
  out.NextToken = std::move(page.next_token);
  return out;
}

base::Result<BatchGetPartitionResponse> batch_get_partition(app::Call& call, const BatchGetPartitionRequest& in) {
  WEIR_TRY(auto found, app::batch_get_partitions(call, name_of(call, in), from_wire(in.PartitionsToGet)));
  BatchGetPartitionResponse out;
  out.Partitions.give();
  out.UnprocessedKeys.give();
  for (const auto& partition : found) out.Partitions.push_back(services::to_wire(partition));
  return out;
}

}  // namespace weir::services::glue_operations
