// The texts a query engine makes us read and write all day: GetTable asked for, GetTable answered.
#include <benchmark/benchmark.h>

#include "wire/codec.h"
#include "wire/glue_operations.h"
#include "wire/json_codec.h"
#include "wire/router.h"
#include "wire/s3_operations.h"
#include "wire/sts_operations.h"
#include "wire/validate.h"

namespace weir::wire {
namespace {

constexpr std::string_view kSmallRequest = R"({"CatalogId":"123456789012","DatabaseName":"sales","Name":"orders"})";

// About 4 KB on the wire.
glue::GetTableResponse wide_table() {
  glue::GetTableResponse response;
  auto& table = response.Table.emplace();
  table.Name = "orders";
  table.DatabaseName = "sales";
  table.Description = "Order lines, one row per item";
  table.CreateTime = base::from_epoch_seconds(1714521600.123);
  table.Parameters = {{"EXTERNAL", "TRUE"}, {"classification", "parquet"}, {"parquet.compression", "ZSTD"}};
  auto& storage = table.StorageDescriptor.emplace();
  for (int i = 0; i < 38; ++i) {
    auto& column = storage.Columns.emplace_back();
    column.Name = "column_name_" + std::to_string(i);
    column.Type = i % 2 ? "bigint" : "decimal(18,2)";
    column.Comment = "comment for column " + std::to_string(i);
  }
  storage.Location = "s3://lake/warehouse/sales/orders/";
  storage.InputFormat = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat";
  storage.SerdeInfo.emplace().SerializationLibrary = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe";
  return response;
}

void DecodeSmallJsonRequest(benchmark::State& state) {
  WireRequest request{.method = "POST", .path = "/", .body = kSmallRequest};
  for (auto _ : state) benchmark::DoNotOptimize(decode<glue::op::GetTable>(request));
}
BENCHMARK(DecodeSmallJsonRequest);

void DecodeFourKilobytesOfJson(benchmark::State& state) {
  std::string text;
  auto table = wide_table();
  encode_json(shape_of<glue::GetTableResponse>(), &table, text);
  for (auto _ : state) {
    glue::GetTableResponse response;
    benchmark::DoNotOptimize(decode_json(shape_of<glue::GetTableResponse>(), text, &response));
  }
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * text.size()));
}
BENCHMARK(DecodeFourKilobytesOfJson);

void EncodeFourKilobytesOfJson(benchmark::State& state) {
  auto table = wide_table();
  size_t bytes = 0;
  for (auto _ : state) {
    auto response = encode<glue::op::GetTable>(table, "request-id");
    bytes += response.body.size();
    benchmark::DoNotOptimize(response);
  }
  state.SetBytesProcessed(static_cast<int64_t>(bytes));
}
BENCHMARK(EncodeFourKilobytesOfJson);

void ValidateFourKilobytes(benchmark::State& state) {
  auto table = wide_table();
  for (auto _ : state) benchmark::DoNotOptimize(validate(table));
}
BENCHMARK(ValidateFourKilobytes);

void DecodeAssumeRoleForm(benchmark::State& state) {
  WireRequest request{.method = "POST",
                      .path = "/",
                      .body =
                          "Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fr"
                          "&RoleSessionName=ann&DurationSeconds=900&Tags.member.1.Key=team&Tags.member.1.Value=b"};
  for (auto _ : state) benchmark::DoNotOptimize(decode<sts::op::AssumeRole>(request));
}
BENCHMARK(DecodeAssumeRoleForm);

void EncodeThousandKeysOfXml(benchmark::State& state) {
  s3::ListObjectsV2Output output;
  for (int i = 0; i < 1000; ++i) {
    auto& object = output.Contents.emplace_back();
    object.Key = "warehouse/sales/orders/part-" + std::to_string(i) + ".parquet";
    object.Size = i;
    object.LastModified = base::from_epoch_seconds(1714521600);
  }
  for (auto _ : state) benchmark::DoNotOptimize(encode<s3::op::ListObjectsV2>(output, "request-id"));
}
BENCHMARK(EncodeThousandKeysOfXml);

void DecodeThousandDeletesOfXml(benchmark::State& state) {
  std::string text = "<Delete>";
  for (int i = 0; i < 1000; ++i) text += "<Object><Key>warehouse/part-" + std::to_string(i) + "</Key></Object>";
  text += "</Delete>";
  WireRequest request{.method = "POST", .query = "delete", .body = text, .bucket = "lake"};
  for (auto _ : state) benchmark::DoNotOptimize(decode<s3::op::DeleteObjects>(request));
}
BENCHMARK(DecodeThousandDeletesOfXml);

void RouteATarget(benchmark::State& state) {
  const Router router({"localhost"});
  const std::vector<HeaderField> headers = {{"Host", "localhost:8080"}, {"X-Amz-Target", "AWSGlue.GetTable"}};
  for (auto _ : state) benchmark::DoNotOptimize(router.route({"POST", "/", headers, "glue", {}}));
}
BENCHMARK(RouteATarget);

void RouteAnObject(benchmark::State& state) {
  const Router router({"localhost"});
  const std::vector<HeaderField> headers = {{"Host", "localhost:8080"}, {"Range", "bytes=0-99"}};
  for (auto _ : state) benchmark::DoNotOptimize(router.route({"GET", "/lake/warehouse/part-1", headers, "s3", {}}));
}
BENCHMARK(RouteAnObject);

}  // namespace
}  // namespace weir::wire
