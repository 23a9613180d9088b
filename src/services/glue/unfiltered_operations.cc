#include "app/vending/unfiltered.h"

#include "app/catalog/tables.h"
#include "services/glue/convert.h"
#include "services/glue/errors.h"
#include "services/glue/operations.h"

namespace weir::services::glue_operations {
namespace {

using namespace wire::glue;

constexpr size_t kPartitionsAtOnce = 1000;

base::Result<app::UnfilteredRequest> request_for(names::TableName table, const wire::List<std::string>& supported) {
  app::UnfilteredRequest out{std::move(table), {}, {}};
  for (const auto& name : supported) {
    WEIR_TRY(auto level, permissions::parse_permission_type(name));
    out.supported.push_back(level);
  }
  return out;
}

template <class In>
names::TableName name_of(const app::Call& call, const In& in, const std::optional<std::string>& table) {
  return app::table_name(call.catalog_or_own(in.CatalogId), in.DatabaseName.value_or(""), table.value_or(""));
}

UnfilteredPartition to_wire(const app::UnfilteredPartition& from) {
  UnfilteredPartition out;
  out.Partition = services::to_wire(from.partition);
  out.AuthorizedColumns = from.authorized_columns;
  out.IsRegisteredWithLakeFormation = from.registered;
  return out;
}

}  // namespace

base::Result<GetUnfilteredTableMetadataResponse> get_unfiltered_table_metadata(
    app::Call& call, const GetUnfilteredTableMetadataRequest& in) {
  if (in.ParentResourceArn || in.RootResourceArn) return not_offered("A view as the parent of a table");
  WEIR_TRY(auto request, request_for(name_of(call, in, in.Name), in.SupportedPermissionTypes));
  request.permissions = in.Permissions.items();
  WEIR_TRY(auto table, app::get_unfiltered_table(call, request));
  GetUnfilteredTableMetadataResponse out;
  out.Table = services::to_wire(*table.table.table, table.registered);
  out.AuthorizedColumns = std::move(table.view.authorized_columns);
  out.IsRegisteredWithLakeFormation = table.registered;
  out.CellFilters.give();
  for (auto& filter : table.view.cell_filters)
    out.CellFilters.push_back({std::move(filter.column), std::move(filter.expression)});
  out.RowFilter = std::move(table.view.row_filter);
  out.QueryAuthorizationId = std::move(table.authorization_id);
  out.IsMultiDialectView = false;
  out.ResourceArn = std::move(table.table.arn);
  out.IsProtected = false;
  if (!request.permissions.empty()) out.Permissions = std::move(request.permissions);
  return out;
}

base::Result<GetUnfilteredPartitionMetadataResponse> get_unfiltered_partition_metadata(
    app::Call& call, const GetUnfilteredPartitionMetadataRequest& in) {
  WEIR_TRY(auto request, request_for(name_of(call, in, in.TableName), in.SupportedPermissionTypes));
  WEIR_TRY(auto partition, app::get_unfiltered_partition(call, request, in.PartitionValues.items()));
  auto shown = to_wire(partition);
  return GetUnfilteredPartitionMetadataResponse{std::move(shown.Partition), std::move(shown.AuthorizedColumns),
                                                shown.IsRegisteredWithLakeFormation};
}

base::Result<GetUnfilteredPartitionsMetadataResponse> get_unfiltered_partitions_metadata(
    app::Call& call, const GetUnfilteredPartitionsMetadataRequest& in) {
  WEIR_TRY(auto request, request_for(name_of(call, in, in.TableName), in.SupportedPermissionTypes));
  app::PartitionQuery query{in.Expression.value_or(""), {}, page_of(in.NextToken, in.MaxResults, kPartitionsAtOnce)};
  if (in.Segment) query.segment = {in.Segment->SegmentNumber.value_or(0), in.Segment->TotalSegments.value_or(1)};
  WEIR_TRY(auto found, app::get_unfiltered_partitions(call, request, query));
  GetUnfilteredPartitionsMetadataResponse out;
  out.UnfilteredPartitions.give();
  for (const auto& partition : found.partitions) out.UnfilteredPartitions.push_back(to_wire(partition));
  out.NextToken = std::move(found.next_token);
  return out;
}

}  // namespace weir::services::glue_operations
