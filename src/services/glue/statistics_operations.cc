#include "app/catalog/column_statistics.h"

#include "services/glue/convert.h"
#include "services/glue/errors.h"
#include "services/glue/operations.h"
#include "wire/json_codec.h"

namespace weir::services::glue_operations {
namespace {

using namespace wire::glue;

template <class In>
app::StatisticsOf of_table(const app::Call& call, const In& in) {
  return {app::table_name(call.catalog_or_own(in.CatalogId), in.DatabaseName.value_or(""), in.TableName.value_or("")),
          std::nullopt};
}

template <class In>
app::StatisticsOf of_partition(const app::Call& call, const In& in) {
  auto out = of_table(call, in);
  out.partition = in.PartitionValues.items();
  return out;
}

// Statistics are rare, deep and handed through: they are kept as the JSON they came in.
base::Result<catalog::ColumnStatistics> from_wire(const glue::ColumnStatistics& in) {
  catalog::ColumnStatistics out{in.ColumnName.value_or(""), in.ColumnType.value_or(""), in.AnalyzedTime, {}};
  std::string text;
  wire::encode_json(wire::shape_of<ColumnStatisticsData>(), &*in.StatisticsData, text);
  WEIR_TRY(out.data, base::parse_json(text));
  return out;
}

base::Result<glue::ColumnStatistics> to_wire(const catalog::ColumnStatistics& from) {
  glue::ColumnStatistics out{from.column_name, from.column_type, from.analyzed_time, ColumnStatisticsData{}};
  WEIR_CHECK_OK(wire::decode_json(wire::shape_of<ColumnStatisticsData>(), from.data.dump(), &*out.StatisticsData));
  return out;
}

template <class Out>
base::Result<Out> get(app::Call& call, const app::StatisticsOf& of, const wire::List<std::string>& columns) {
  WEIR_TRY(auto found, app::get_column_statistics(call, of, columns.items()));
  Out out;
  out.ColumnStatisticsList.give();
  out.Errors.give();
  for (const auto& statistics : found.statistics) {
    WEIR_TRY(auto shown, to_wire(statistics));
    out.ColumnStatisticsList.push_back(std::move(shown));
  }
  for (const auto& failure : found.failures) out.Errors.push_back({failure.column, error_detail(failure.error)});
  return out;
}

template <class Out>
base::Result<Out> update(app::Call& call, const app::StatisticsOf& of, const wire::List<glue::ColumnStatistics>& list) {
  std::vector<catalog::ColumnStatistics> statistics;
  for (const auto& in : list) {
    WEIR_TRY(auto one, from_wire(in));
    statistics.push_back(std::move(one));
  }
  WEIR_TRY(auto failures, app::update_column_statistics(call, of, statistics));
  Out out;
  out.Errors.give();
  for (const auto& failure : failures) out.Errors.push_back({list[failure.item], error_detail(failure.error)});
  return out;
}

}  // namespace

base::Result<GetColumnStatisticsForTableResponse> get_column_statistics_for_table(
    app::Call& call, const GetColumnStatisticsForTableRequest& in) {
  return get<GetColumnStatisticsForTableResponse>(call, of_table(call, in), in.ColumnNames);
}

base::Result<GetColumnStatisticsForPartitionResponse> get_column_statistics_for_partition(
    app::Call& call, const GetColumnStatisticsForPartitionRequest& in) {
  return get<GetColumnStatisticsForPartitionResponse>(call, of_partition(call, in), in.ColumnNames);
}

base::Result<UpdateColumnStatisticsForTableResponse> update_column_statistics_for_table(
    app::Call& call, const UpdateColumnStatisticsForTableRequest& in) {
  return update<UpdateColumnStatisticsForTableResponse>(call, of_table(call, in), in.ColumnStatisticsList);
}

base::Result<UpdateColumnStatisticsForPartitionResponse> update_column_statistics_for_partition(
    app::Call& call, const UpdateColumnStatisticsForPartitionRequest& in) {
  return update<UpdateColumnStatisticsForPartitionResponse>(call, of_partition(call, in), in.ColumnStatisticsList);
}

base::Result<DeleteColumnStatisticsForTableResponse> delete_column_statistics_for_table(
    app::Call& call, const DeleteColumnStatisticsForTableRequest& in) {
  WEIR_CHECK_OK(app::delete_column_statistics(call, of_table(call, in), in.ColumnName.value_or("")));
  return DeleteColumnStatisticsForTableResponse{};
}

base::Result<DeleteColumnStatisticsForPartitionResponse> delete_column_statistics_for_partition(
    app::Call& call, const DeleteColumnStatisticsForPartitionRequest& in) {
  WEIR_CHECK_OK(app::delete_column_statistics(call, of_partition(call, in), in.ColumnName.value_or("")));
  return DeleteColumnStatisticsForPartitionResponse{};
}

}  // namespace weir::services::glue_operations
