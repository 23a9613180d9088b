#include "services/glue/convert_storage.h"

namespace weir::services {
namespace {

template <class T>
void give(wire::List<T>& list, const std::optional<std::vector<T>>& items) {
  if (items) list = *items;
}

glue::Column to_wire(const catalog::Column& from) {
  glue::Column out{from.name, from.type, from.comment, {}};
  if (from.parameters) out.Parameters = *from.parameters;
  return out;
}

catalog::SerDe from_wire(const glue::SerDeInfo& in) { return {in.Name, in.SerializationLibrary, taken(in.Parameters)}; }
glue::SerDeInfo to_wire(const catalog::SerDe& from) {
  glue::SerDeInfo out{from.name, from.serialization_library, {}};
  if (from.parameters) out.Parameters = *from.parameters;
  return out;
}

catalog::SkewedInfo from_wire(const glue::SkewedInfo& in) {
  return {taken(in.SkewedColumnNames), taken(in.SkewedColumnValues), taken(in.SkewedColumnValueLocationMaps)};
}
glue::SkewedInfo to_wire(const catalog::SkewedInfo& from) {
  glue::SkewedInfo out;
  give(out.SkewedColumnNames, from.column_names);
  give(out.SkewedColumnValues, from.column_values);
  if (from.value_location_maps) out.SkewedColumnValueLocationMaps = *from.value_location_maps;
  return out;
}

catalog::SchemaReference from_wire(const glue::SchemaReference& in) {
  catalog::SchemaReference out{std::nullopt, in.SchemaVersionId, in.SchemaVersionNumber};
  if (in.SchemaId) out.schema_id = {in.SchemaId->SchemaArn, in.SchemaId->SchemaName, in.SchemaId->RegistryName};
  return out;
}
glue::SchemaReference to_wire(const catalog::SchemaReference& from) {
  glue::SchemaReference out{std::nullopt, from.schema_version_id, from.schema_version_number};
  if (from.schema_id)
    out.SchemaId =
        glue::SchemaId{from.schema_id->schema_arn, from.schema_id->schema_name, from.schema_id->registry_name};
  return out;
}

void layout_from_wire(const glue::StorageDescriptor& in, catalog::StorageDescriptor& out) {
  out.bucket_columns = taken(in.BucketColumns);
  if (in.SortColumns.given()) {
    auto& sorts = out.sort_columns.emplace();
    for (const auto& order : in.SortColumns) sorts.push_back({order.Column.value_or(""), order.SortOrder.value_or(0)});
  }
  if (in.SkewedInfo) out.skewed_info = from_wire(*in.SkewedInfo);
  if (in.SchemaReference) out.schema_reference = from_wire(*in.SchemaReference);
}

void layout_to_wire(const catalog::StorageDescriptor& from, glue::StorageDescriptor& out) {
  give(out.BucketColumns, from.bucket_columns);
  if (from.sort_columns) {
    out.SortColumns.give();
    for (const auto& sort : *from.sort_columns) out.SortColumns.push_back({sort.column, sort.sort_order});
  }
  if (from.skewed_info) out.SkewedInfo = to_wire(*from.skewed_info);
  if (from.schema_reference) out.SchemaReference = to_wire(*from.schema_reference);
}

}  // namespace

std::optional<std::vector<catalog::Column>> from_wire(const wire::List<glue::Column>& list) {
  if (!list.given()) return std::nullopt;
  std::vector<catalog::Column> out;
  out.reserve(list.size());
  for (const auto& in : list) out.push_back({in.Name.value_or(""), in.Type, in.Comment, taken(in.Parameters)});
  return out;
}

wire::List<glue::Column> to_wire(const std::optional<std::vector<catalog::Column>>& columns) {
  wire::List<glue::Column> out;
  if (!columns) return out;
  out.give().reserve(columns->size());
  for (const auto& column : *columns) out.push_back(to_wire(column));
  return out;
}

std::optional<catalog::StorageDescriptor> from_wire(const std::optional<glue::StorageDescriptor>& in) {
  if (!in) return std::nullopt;
  catalog::StorageDescriptor out;
  out.columns = from_wire(in->Columns);
  out.location = in->Location;
  out.additional_locations = taken(in->AdditionalLocations);
  out.input_format = in->InputFormat;
  out.output_format = in->OutputFormat;
  out.compressed = in->Compressed.value_or(false);
  out.number_of_buckets = in->NumberOfBuckets.value_or(0);
  if (in->SerdeInfo) out.serde_info = from_wire(*in->SerdeInfo);
  out.parameters = taken(in->Parameters);
  out.stored_as_sub_directories = in->StoredAsSubDirectories.value_or(false);
  layout_from_wire(*in, out);
  return out;
}

std::optional<glue::StorageDescriptor> to_wire(const std::optional<catalog::StorageDescriptor>& from) {
  if (!from) return std::nullopt;
  glue::StorageDescriptor out;
  out.Columns = to_wire(from->columns);
  out.Location = from->location;
  give(out.AdditionalLocations, from->additional_locations);
  out.InputFormat = from->input_format;
  out.OutputFormat = from->output_format;
  out.Compressed = from->compressed;
  out.NumberOfBuckets = from->number_of_buckets;
  if (from->serde_info) out.SerdeInfo = to_wire(*from->serde_info);
  if (from->parameters) out.Parameters = *from->parameters;
  out.StoredAsSubDirectories = from->stored_as_sub_directories;
  layout_to_wire(*from, out);
  return out;
}

}  // namespace weir::services
