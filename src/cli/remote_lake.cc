#include "cli/remote_lake.h"

#include "base/text.h"
#include "names/arn.h"
#include "permissions/encode_view.h"
#include "query/hive_layout.h"
#include "query/table_format.h"
#include "wire/glue_operations.h"
#include "wire/lakeformation_operations.h"
#include "wire/s3_operations.h"

namespace weir::cli {
namespace {

namespace glue = wire::glue;
namespace lf = wire::lakeformation;

// What this engine can enforce.
const wire::List<std::string> kSupported = {"COLUMN_PERMISSION", "CELL_FILTER_PERMISSION", "NESTED_PERMISSION",
                                            "NESTED_CELL_PERMISSION"};

// A resolved table's own things: what the catalog calls it (a resource link is answered with its target), where it is
// and with which credentials it is read.
struct TableSession {
  AwsClient reader;
  std::string location;
  names::TableName name;
  std::string arn;
  std::string authorization_id;
};

names::TableName name_of(const glue::Table& table, const glue::GetUnfilteredTableMetadataRequest& asked) {
  return {table.CatalogId.value_or(*asked.CatalogId), table.DatabaseName.value_or(*asked.DatabaseName),
          table.Name.value_or(*asked.Name)};
}

struct FileSession {
  AwsClient reader;
  std::string bucket;
  std::string key;
};

base::Error about_table(const query::TableRef& table, base::Error error) {
  error.says = "table " + (table.database ? *table.database + "." : "") + table.table + ": " + error.says;
  return error;
}

std::vector<query::TableColumn> columns_of(const wire::List<glue::Column>& columns) {
  std::vector<query::TableColumn> out;
  for (const auto& column : columns)
    out.push_back({base::to_lower(column.Name.value_or("")), column.Type.value_or("string")});
  return out;
}

std::vector<catalog::SchemaColumn> schema_of(const query::GovernedTable& table) {
  std::vector<catalog::SchemaColumn> out;
  for (const auto& column : table.columns) out.push_back({column.name, column.type, false});
  for (const auto& key : table.partition_keys) out.push_back({key.name, key.type, true});
  return out;
}

// AuthorizedColumns, CellFilters and RowFilter as a view.
base::Result<permissions::TableView> view_of(const query::GovernedTable& table,
                                             const glue::GetUnfilteredTableMetadataResponse& answer) {
  permissions::EncodedView encoded;
  encoded.authorized_columns = answer.AuthorizedColumns.items();
  for (const auto& filter : answer.CellFilters)
    encoded.cell_filters.push_back({filter.ColumnName.value_or(""), filter.RowFilterExpression.value_or("")});
  encoded.row_filter = answer.RowFilter;
  return permissions::decode_view(encoded, schema_of(table));
}

TimedCredentials timed(const std::optional<std::string>& id, const std::optional<std::string>& secret,
                       const std::optional<std::string>& token, const std::optional<base::Instant>& expires) {
  return {{id.value_or(""), base::Secret(secret.value_or("")), token.value_or("")}, expires};
}

CredentialSourcePtr vended_for_table(const AwsClient& client, const std::string& arn) {
  return std::make_shared<CredentialSource>([client, arn]() -> base::Result<TimedCredentials> {
    lf::GetTemporaryGlueTableCredentialsRequest request;
    request.TableArn = arn;
    request.Permissions = {"SELECT"};
    request.SupportedPermissionTypes = kSupported;
    WEIR_TRY(auto answer, client.call<lf::op::GetTemporaryGlueTableCredentials>(request));
    return timed(answer.AccessKeyId, answer.SecretAccessKey, answer.SessionToken, answer.Expiration);
  });
}

CredentialSourcePtr vended_for_partition(const AwsClient& client, const std::string& arn,
                                         const wire::List<std::string>& values) {
  return std::make_shared<CredentialSource>([client, arn, values]() -> base::Result<TimedCredentials> {
    lf::GetTemporaryGluePartitionCredentialsRequest request;
    request.TableArn = arn;
    request.Partition = lf::PartitionValueList{};
    request.Partition->Values = values;
    request.Permissions = {"SELECT"};
    request.SupportedPermissionTypes = kSupported;
    WEIR_TRY(auto answer, client.call<lf::op::GetTemporaryGluePartitionCredentials>(request));
    return timed(answer.AccessKeyId, answer.SecretAccessKey, answer.SessionToken, answer.Expiration);
  });
}

base::Status list_into(const AwsClient& reader, const std::string& location,
                       const std::vector<std::optional<std::string>>& values, std::vector<query::DataFile>& files) {
  WEIR_TRY(auto place, names::S3Path::parse(location));
  wire::s3::ListObjectsV2Request request;
  request.Bucket = place.bucket;
  request.Prefix = query::folder_prefix(place.key);
  for (;;) {
    WEIR_TRY(auto page, reader.call<wire::s3::op::ListObjectsV2>(request));
    for (const auto& object : page.Contents) {
      if (!query::is_data_file(object.Key.value_or(""), object.Size.value_or(0))) continue;
      query::DataFile file;
      file.path = place.bucket + "/" + *object.Key;
      file.size = static_cast<uint64_t>(*object.Size);
      file.partition_values = values;
      file.session = std::make_shared<FileSession>(FileSession{reader, place.bucket, *object.Key});
      files.push_back(std::move(file));
    }
    if (!page.IsTruncated.value_or(false) || !page.NextContinuationToken) return {};
    request.ContinuationToken = page.NextContinuationToken;
  }
}

const FileSession& session_of(const query::DataFile& file) {
  return *static_cast<const FileSession*>(file.session.get());
}

base::Status read_schema(const glue::Table& from, query::GovernedTable& into) {
  static const glue::StorageDescriptor kNone;
  const auto& storage = from.StorageDescriptor ? *from.StorageDescriptor : kNone;
  into.columns = columns_of(storage.Columns);
  into.partition_keys = columns_of(from.PartitionKeys);
  query::Parameters serde;
  std::string library;
  if (storage.SerdeInfo) {
    library = storage.SerdeInfo->SerializationLibrary.value_or("");
    serde = storage.SerdeInfo->Parameters.items();
  }
  WEIR_TRY(auto format, query::table_format(library, serde, from.Parameters.items()));
  into.format = format.format;
  into.text = format.text;
  return {};
}

}  // namespace

base::Result<query::GovernedTable> RemoteLake::resolve(const query::TableRef& table) {
  if (!table.database)
    return base::invalid("table " + table.table + " names no database: write database.table or give --database",
                         "table");
  glue::GetUnfilteredTableMetadataRequest request;
  request.CatalogId = catalog_id_;
  request.DatabaseName = *table.database;
  request.Name = table.table;
  request.SupportedPermissionTypes = kSupported;
  request.Permissions = {"SELECT"};
  auto answer = client_.call<glue::op::GetUnfilteredTableMetadata>(request);
  if (!answer) return about_table(table, std::move(answer).error());
  if (!answer->Table) return base::invalid("the catalog answered without a table", "table");
  if (answer->AuthorizedColumns.empty())
    return base::denied(
        "table " + *table.database + "." + table.table +
            ": Insufficient Lake Formation permission(s): Required SELECT (the caller may only see its metadata)",
        "access");
  query::GovernedTable out;
  out.database = *table.database;
  out.name = table.table;
  WEIR_CHECK_OK(read_schema(*answer->Table, out));
  auto view = view_of(out, *answer);
  if (!view) return about_table(table, std::move(view).error());
  out.view = std::move(*view);
  out.decision_id = answer->QueryAuthorizationId.value_or("");
  auto name = name_of(*answer->Table, request);
  auto arn =
      "arn:aws:glue:" + client_.profile().region + ":" + name.catalog + ":table/" + name.database + "/" + name.table;
  bool vended = answer->IsRegisteredWithLakeFormation.value_or(false);
  auto location = answer->Table->StorageDescriptor ? answer->Table->StorageDescriptor->Location.value_or("") : "";
  out.session =
      std::make_shared<TableSession>(TableSession{vended ? client_.with(vended_for_table(client_, arn)) : client_,
                                                  location, std::move(name), arn, out.decision_id});
  return out;
}

base::Result<std::vector<query::DataFile>> RemoteLake::files(const query::GovernedTable& table,
                                                             const catalog::PredicatePtr& partitions) {
  const auto& session = *static_cast<const TableSession*>(table.session.get());
  query::TableRef name{table.database, table.name};
  std::vector<query::DataFile> out;
  if (table.partition_keys.empty()) {
    auto listed = list_into(session.reader, session.location, {}, out);
    if (!listed.ok()) return about_table(name, std::move(listed).error());
    return out;
  }
  glue::GetUnfilteredPartitionsMetadataRequest request;
  request.CatalogId = session.name.catalog;
  request.DatabaseName = session.name.database;
  request.TableName = session.name.table;
  request.SupportedPermissionTypes = kSupported;
  if (partitions && !catalog::is_always(partitions)) request.Expression = catalog::to_text(*partitions);
  for (;;) {
    auto page = client_.call<glue::op::GetUnfilteredPartitionsMetadata>(request);
    if (!page) return about_table(name, std::move(page).error());
    for (const auto& unfiltered : page->UnfilteredPartitions) {
      if (!unfiltered.Partition || !unfiltered.Partition->StorageDescriptor) continue;
      const auto& partition = *unfiltered.Partition;
      auto location = partition.StorageDescriptor->Location.value_or("");
      auto reader = query::lies_in(location, session.location) ? session.reader
                    : unfiltered.IsRegisteredWithLakeFormation.value_or(false)
                        ? client_.with(vended_for_partition(client_, session.arn, partition.Values))
                        : client_;
      auto listed = list_into(reader, location, query::partition_cells(partition.Values.items()), out);
      if (!listed.ok()) return about_table(name, std::move(listed).error());
    }
    if (!page->NextToken || page->NextToken->empty()) return out;
    request.NextToken = page->NextToken;
  }
}

base::Result<query::FileStat> RemoteLake::stat(const query::DataFile& file) {
  if (file.size) return query::FileStat{*file.size};
  wire::s3::HeadObjectRequest request;
  request.Bucket = session_of(file).bucket;
  request.Key = session_of(file).key;
  WEIR_TRY(auto answer, session_of(file).reader.call<wire::s3::op::HeadObject>(request));
  return query::FileStat{static_cast<uint64_t>(answer.ContentLength.value_or(0))};
}

base::Result<size_t> RemoteLake::read(const query::DataFile& file, uint64_t offset, char* into, size_t n) {
  const auto& session = session_of(file);
  if (n == 0 || (file.size && offset >= *file.size)) return size_t{0};
  if (file.size) n = static_cast<size_t>(std::min<uint64_t>(n, *file.size - offset));
  return session.reader.get_range(session.bucket, session.key, offset, into, n);
}

}  // namespace weir::cli
