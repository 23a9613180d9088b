#include "wire/json_codec.h"

#include <gtest/gtest.h>

#include "wire/faults.h"
#include "wire/glue_operations.h"
#include "wire/lakeformation_operations.h"

namespace weir::wire {
namespace {

template <class T>
base::Result<T> read(std::string_view text) {
  T value{};
  WEIR_CHECK_OK(decode_json(shape_of<T>(), text, &value));
  return value;
}

template <class T>
std::string write(const T& value) {
  std::string out;
  encode_json(shape_of<T>(), &value, out);
  return out;
}

template <class T>
std::string refusal(std::string_view text) {
  auto read_back = read<T>(text);
  if (read_back.ok()) return "(accepted)";
  EXPECT_EQ(read_back.error().kind, base::Kind::invalid);
  EXPECT_EQ(read_back.error().about, kSerialization);
  return read_back.error().says;
}

TEST(JsonCodec, ReadsNestedStructuresListsAndMaps) {
  auto request = read<glue::CreateTableRequest>(R"({"DatabaseName":"sales","TableInput":{"Name":"orders",
    "Retention":7,"LastAccessTime":1714521600.5,"StorageDescriptor":{"Columns":[{"Name":"id","Type":"bigint"},
    {"Type":"string","Name":"who"}],"Compressed":true},"Parameters":{"a":"1","b":"2"}}})");
  ASSERT_TRUE(request.ok()) << request.error().says;
  EXPECT_EQ(request->DatabaseName, "sales");
  auto& table = *request->TableInput;
  EXPECT_EQ(table.Retention, 7);
  EXPECT_EQ(*table.LastAccessTime, base::from_epoch_seconds(1714521600.5));
  ASSERT_EQ(table.StorageDescriptor->Columns.size(), 2u);
  EXPECT_EQ(table.StorageDescriptor->Columns[1].Name, "who");
  EXPECT_EQ(table.StorageDescriptor->Compressed, true);
  EXPECT_EQ(table.Parameters.at("b"), "2");
  EXPECT_FALSE(table.Owner);
}

TEST(JsonCodec, AnEmptyListIsNotAnAbsentOne) {
  auto given = read<glue::DatabaseInput>(R"({"Name":"d","CreateTableDefaultPermissions":[]})");
  auto absent = read<glue::DatabaseInput>(R"({"Name":"d"})");
  EXPECT_TRUE(given->CreateTableDefaultPermissions.given());
  EXPECT_FALSE(absent->CreateTableDefaultPermissions.given());
  EXPECT_EQ(write(*given), R"({"Name":"d","CreateTableDefaultPermissions":[]})");
  EXPECT_EQ(write(*absent), R"({"Name":"d"})");
}

TEST(JsonCodec, NullMembersAreAbsentAndUnknownMembersIgnored) {
  auto request = read<glue::GetTableRequest>(R"({"Name":null,"Nonsense":{"deep":[1,2]},"DatabaseName":"d"})");
  ASSERT_TRUE(request.ok());
  EXPECT_FALSE(request->Name);
  EXPECT_EQ(request->DatabaseName, "d");
}

TEST(JsonCodec, AnEmptyBodyIsAnEmptyObject) {
  EXPECT_TRUE(read<lakeformation::GetDataLakePrincipalRequest>("").ok());
  EXPECT_EQ(write(lakeformation::GetDataLakePrincipalRequest{}), "{}");
}

TEST(JsonCodec, RefusesAMemberTwice) {
  EXPECT_EQ(refusal<glue::GetTableRequest>(R"({"Name":"a","Name":"b"})"), "Duplicate field 'Name'");
  EXPECT_EQ(refusal<glue::GetTableRequest>(R"({"Name":null,"Name":"b"})"), "Duplicate field 'Name'");
  EXPECT_EQ(refusal<glue::GetTableRequest>(R"({"Name":"a","N\u0061me":"b"})"), "Duplicate field 'Name'");
}

TEST(JsonCodec, RefusesAMapKeyTwice) {
  EXPECT_EQ(refusal<glue::TableInput>(R"({"Parameters":{"k":"a","k":"b"}})"), "Duplicate key in 'Parameters'");
}

TEST(JsonCodec, RefusesAnotherTypeAndSaysWhere) {
  EXPECT_EQ(refusal<glue::GetTableRequest>(R"({"Name":5})"), "NUMBER_VALUE can not be converted to String at 'Name'");
  EXPECT_EQ(refusal<glue::TableInput>(R"({"StorageDescriptor":{"Columns":[{"Name":"a"},{"Name":[]}]}})"),
            "START_ARRAY can not be converted to String at 'StorageDescriptor.Columns[1].Name'");
  EXPECT_EQ(refusal<glue::TableInput>(R"({"Parameters":{"secret":1}})"),
            "NUMBER_VALUE can not be converted to String at 'Parameters[key]'");
  EXPECT_EQ(refusal<glue::TableInput>("[]"), "START_ARRAY can not be converted to Structure");
  EXPECT_NE(refusal<glue::TableInput>(R"({"PartitionKeys":[null]})"), "(accepted)");
  EXPECT_NE(refusal<glue::TableInput>(R"({"LastAccessTime":"2024-01-01T00:00:00Z"})"), "(accepted)");
}

TEST(JsonCodec, RefusesNumbersOutOfRange) {
  EXPECT_NE(refusal<glue::TableInput>(R"({"Retention":2147483648})"), "(accepted)");
  EXPECT_NE(refusal<glue::TableInput>(R"({"Retention":1.5})"), "(accepted)");
  EXPECT_NE(refusal<glue::TableInput>(R"({"Retention":18446744073709551615})"), "(accepted)");
  EXPECT_NE(refusal<glue::TableInput>(R"({"LastAccessTime":1e300})"), "(accepted)");
  EXPECT_EQ(read<glue::TableInput>(R"({"Retention":-2147483648})")->Retention, -2147483648);
}

TEST(JsonCodec, RefusesWhatIsNotUtf8OrNotJson) {
  EXPECT_NE(refusal<glue::GetTableRequest>("{\"Name\":\"\xff\xfe\"}"), "(accepted)");
  EXPECT_NE(refusal<glue::GetTableRequest>("{\"Name\":\"a\"} x"), "(accepted)");
  EXPECT_NE(refusal<glue::GetTableRequest>("{\"Name\":\"a\""), "(accepted)");
  EXPECT_NE(refusal<glue::GetTableRequest>("{'Name':'a'}"), "(accepted)");
  EXPECT_NE(refusal<glue::GetTableRequest>("\"Name\""), "(accepted)");
}

TEST(JsonCodec, RefusesDeepNestingEvenInIgnoredMembers) {
  std::string deep = R"({"Nonsense":)" + std::string(100'000, '[') + std::string(100'000, ']') + "}";
  EXPECT_NE(refusal<glue::GetTableRequest>(deep), "(accepted)");
  std::string shallow = R"({"Nonsense":)" + std::string(40, '[') + std::string(40, ']') + "}";
  EXPECT_TRUE(read<glue::GetTableRequest>(shallow).ok());
}

TEST(JsonCodec, RecursiveStructuresReadAndWrite) {
  const std::string text =
      R"({"Table":{"Name":"v","Status":{"Details":{"RequestedChange":{"Name":"w","IsMultiDialectView":true}}}}})";
  auto response = read<glue::GetTableResponse>(text);
  ASSERT_TRUE(response.ok()) << response.error().says;
  auto copy = *response;
  std::string written = write(copy);
  EXPECT_NE(written.find(R"("RequestedChange":{"Name":"w")"), std::string::npos);
  EXPECT_EQ(write(*read<glue::GetTableResponse>(written)), written);
}

TEST(JsonCodec, ATimestampIsTheSameHoweverOftenItIsReadAndWritten) {
  for (auto* seconds : {"253402300035.258", "191432890579.587", "8693155651.366", "-62135596799.999", "-0.001", "1.001"}) {
    auto text = std::string(R"({"LastAccessTime":)") + seconds + "}";
    EXPECT_EQ(write(*read<glue::Table>(text)), text);
  }
  EXPECT_NE(refusal<glue::TableInput>(R"({"LastAccessTime":253402300799.9999})"), "(accepted)");  // the year 10000
}

TEST(JsonCodec, TimestampsAreEpochSecondsWithTheFractionWhenThereIsOne) {
  glue::Table table;
  table.Name = "t";
  table.CreateTime = base::from_epoch_seconds(1714521600);
  table.UpdateTime = base::from_epoch_seconds(1714521611.25);
  EXPECT_EQ(write(table), R"({"Name":"t","CreateTime":1714521600,"UpdateTime":1714521611.25})");
}

TEST(JsonCodec, BlobsAreBase64AndBadBase64IsRefused) {
  auto data = read<glue::DecimalNumber>(R"({"UnscaledValue":"AQI=","Scale":2})");
  ASSERT_TRUE(data.ok()) << data.error().says;
  EXPECT_EQ(data->UnscaledValue, std::string("\x01\x02"));
  EXPECT_EQ(write(*data), R"({"UnscaledValue":"AQI=","Scale":2})");
  EXPECT_NE(refusal<glue::DecimalNumber>(R"({"UnscaledValue":"A*I="})"), "(accepted)");
}

TEST(JsonCodec, NumbersThatAreWordsTravelAsWords) {
  auto data =
      read<glue::DoubleColumnStatisticsData>(R"({"MinimumValue":"-Infinity","MaximumValue":1,"NumberOfNulls":0})");
  ASSERT_TRUE(data.ok()) << data.error().says;
  EXPECT_NE(write(*data).find(R"("MinimumValue":"-Infinity")"), std::string::npos);
}

TEST(JsonCodec, EveryTextIsEscaped) {
  glue::GetTableRequest request;
  request.Name = std::string("a\"\\\n\t\x01\x00z", 8);
  EXPECT_EQ(read<glue::GetTableRequest>(write(request))->Name, request.Name);
}

}  // namespace
}  // namespace weir::wire
