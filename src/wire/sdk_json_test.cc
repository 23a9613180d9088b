#include "wire/sdk_json.h"

#include <gtest/gtest.h>

#include "wire/faults.h"
#include "wire/glue_operations.h"
#include "wire/iam_operations.h"
#include "wire/s3_operations.h"
#include "wire/states_operations.h"

namespace weir::wire {
namespace {

template <class T>
base::Result<T> read(std::string_view text) {
  WEIR_TRY(auto json, base::parse_json(text));
  T value{};
  WEIR_CHECK_OK(read_sdk_json(shape_of<T>(), json, &value));
  return value;
}

template <class T>
std::string write(const T& value) {
  return write_sdk_json(shape_of<T>(), &value).dump();
}

template <class T>
std::string refusal(std::string_view text) {
  auto value = read<T>(text);
  if (value.ok()) return "(accepted)";
  EXPECT_EQ(value.error().about, kSerialization);
  return value.error().says;
}

TEST(SdkJson, MembersAreTakenWithEitherCapitalAndWrittenWithACapital) {
  for (auto* text : {R"({"StateMachineArn":"a","Name":"n"})", R"({"stateMachineArn":"a","name":"n"})"}) {
    auto request = read<states::StartExecutionInput>(text);
    ASSERT_TRUE(request.ok()) << request.error().says;
    EXPECT_EQ(request->stateMachineArn, "a");
    EXPECT_EQ(write(*request), R"({"StateMachineArn":"a","Name":"n"})");
  }
}

TEST(SdkJson, WhatTheProtocolPutsInHeadersAndPathsIsAMemberLikeOthers) {
  auto request = read<s3::CopyObjectRequest>(R"({"Bucket":"b","Key":"k","CopySource":"b/o","Metadata":{"m":"1"}})");
  ASSERT_TRUE(request.ok()) << request.error().says;
  EXPECT_EQ(request->Bucket, "b");
  EXPECT_EQ(request->CopySource, "b/o");
}

TEST(SdkJson, ListsMapsAndTimesGoThereAndBack) {
  std::string text = R"({"TableInput":{"Name":"t","LastAccessTime":"2026-01-01T00:00:00.000Z","StorageDescriptor":)"
                     R"({"Columns":[{"Name":"id","Type":"bigint"}],"Compressed":true},"Parameters":{"a":"1"}}})";
  auto request = read<glue::UpdateTableRequest>(text);
  ASSERT_TRUE(request.ok()) << request.error().says;
  EXPECT_EQ(request->TableInput->StorageDescriptor->Columns[0].Name, "id");
  EXPECT_NE(write(*request).find(R"("LastAccessTime":"2026-01-01T00:00:00.000Z")"), std::string::npos);
}

TEST(SdkJson, ADocumentInJsonMayBeGivenAsJson) {
  auto request =
      read<iam::PutRolePolicyRequest>(R"({"RoleName":"r","PolicyName":"p","PolicyDocument":{"Version":"x"}})");
  ASSERT_TRUE(request.ok()) << request.error().says;
  EXPECT_EQ(request->PolicyDocument, R"({"Version":"x"})");
}

TEST(SdkJson, WhatDoesNotFitIsRefused) {
  EXPECT_EQ(refusal<iam::GetRoleRequest>(R"({"RolName":"r"})"),
            "The field \"RolName\" is not supported by Step Functions");
  EXPECT_NE(refusal<iam::GetRoleRequest>(R"({"RoleName":1})"), "(accepted)");
  EXPECT_NE(refusal<iam::ListRolesRequest>(R"({"MaxItems":"1"})"), "(accepted)");
  EXPECT_NE(refusal<iam::ListRolesRequest>(R"({"MaxItems":5000000000})"), "(accepted)");
  EXPECT_NE(refusal<glue::CreateTableRequest>(R"({"TableInput":[]})"), "(accepted)");
  EXPECT_NE(refusal<glue::CreateTableRequest>(R"([])"), "(accepted)");
  EXPECT_EQ(refusal<iam::GetRoleRequest>(R"({"RoleName":null})"), "(accepted)");
}

}  // namespace
}  // namespace weir::wire
