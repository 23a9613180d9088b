#include "wire/client_codec.h"

#include <gtest/gtest.h>

#include "wire/error_envelope.h"
#include "wire/glue_operations.h"
#include "wire/iam_operations.h"
#include "wire/lakeformation_operations.h"
#include "wire/router.h"
#include "wire/s3_operations.h"
#include "wire/sts_operations.h"

namespace weir::wire {
namespace {

// What the client sends, as the server sees it: routed and decoded.
template <class Op>
base::Result<typename Op::Input> there(const typename Op::Input& input, std::string_view scope) {
  WEIR_TRY(auto sent, encode_request<Op>(input));
  static const Router router({"localhost"});
  auto route = router.route({sent.method, sent.target, sent.headers, scope, sent.body});
  if (route.operation != &Op::model()) return base::internal("routed to " + route.named);
  auto mark = std::min(sent.target.find('?'), sent.target.size());
  WireRequest request{.method = sent.method,
                      .path = std::string_view(sent.target).substr(0, mark),
                      .query = std::string_view(sent.target).substr(std::min(mark + 1, sent.target.size())),
                      .headers = sent.headers,
                      .body = sent.body,
                      .bucket = route.bucket,
                      .key = route.key};
  return decode<Op>(request);
}

template <class Op>
base::Result<typename Op::Output> back(const typename Op::Output& output) {
  return decode_response<Op>(encode<Op>(output, "r"));
}

TEST(ClientCodec, AwsJsonRoundTrip) {
  auto input = there<glue::op::GetTable>({.DatabaseName = "d", .Name = "ü\"\n"}, "glue");
  ASSERT_TRUE(input.ok()) << input.error().log;
  EXPECT_EQ(input->Name, "ü\"\n");
  glue::GetTableResponse output;
  output.Table.emplace().Name = "t";
  EXPECT_EQ(back<glue::op::GetTable>(output)->Table->Name, "t");
}

TEST(ClientCodec, QueryRoundTrip) {
  sts::AssumeRoleRequest request;
  request.RoleArn = "arn:aws:iam::1:role/a+b";
  request.RoleSessionName = "s";
  request.DurationSeconds = 900;
  request.Tags = {sts::Tag{"k&=", "v +%"}, sts::Tag{"k2", ""}};
  request.TransitiveTagKeys.give();
  auto input = there<sts::op::AssumeRole>(request, "sts");
  ASSERT_TRUE(input.ok()) << input.error().log << input.error().says;
  EXPECT_EQ(input->RoleArn, request.RoleArn);
  EXPECT_EQ(input->Tags.at(0).Key, "k&=");
  EXPECT_EQ(input->Tags.at(0).Value, "v +%");
  EXPECT_TRUE(input->TransitiveTagKeys.given());
  EXPECT_FALSE(input->PolicyArns.given());
  sts::AssumeRoleResponse response;
  response.Credentials.emplace().AccessKeyId = "ASIA";
  response.Credentials->Expiration = base::from_epoch_seconds(1714521600);
  auto output = back<sts::op::AssumeRole>(response);
  EXPECT_EQ(output->Credentials->AccessKeyId, "ASIA");
  EXPECT_EQ(output->Credentials->Expiration, response.Credentials->Expiration);
  iam::ListUsersResponse users;
  users.Users.emplace_back().UserName = "ann";
  EXPECT_EQ(back<iam::op::ListUsers>(users)->Users.at(0).UserName, "ann");
  EXPECT_TRUE(back<iam::op::DeleteUser>({}).ok());
}

TEST(ClientCodec, RestJsonRoundTrip) {
  lakeformation::GrantPermissionsRequest request;
  request.Principal.emplace().DataLakePrincipalIdentifier = "p";
  auto& table = request.Resource.emplace().TableWithColumns.emplace();
  table.DatabaseName = "d";
  table.ColumnNames = {"a", "b"};
  request.Permissions = {"SELECT"};
  auto input = there<lakeformation::op::GrantPermissions>(request, "lakeformation");
  ASSERT_TRUE(input.ok()) << input.error().log;
  EXPECT_EQ(input->Resource->TableWithColumns->ColumnNames.items(), (std::vector<std::string>{"a", "b"}));
}

TEST(ClientCodec, S3RoundTripOfOddKeys) {
  for (std::string key : {"a b", "a+b%2F", "../x", "ü/ö?&#", "a//b", "k\x01"}) {
    auto input = there<s3::op::GetObject>({.Bucket = "lake", .Key = key}, "s3");
    ASSERT_TRUE(input.ok()) << input.error().log;
    EXPECT_EQ(input->Key, key);
  }
  auto list = there<s3::op::ListObjectsV2>({.Bucket = "lake", .Delimiter = "/", .MaxKeys = 5}, "s3");
  ASSERT_TRUE(list.ok()) << list.error().log;
  EXPECT_EQ(list->MaxKeys, 5);
  s3::DeleteObjectsRequest several;
  several.Bucket = "lake";
  several.Delete.emplace().Objects.emplace_back().Key = "<k>";
  EXPECT_EQ(there<s3::op::DeleteObjects>(several, "s3")->Delete->Objects.at(0).Key, "<k>");
}

TEST(ClientCodec, S3HeadersComeBack) {
  s3::HeadObjectOutput output;
  output.ContentLength = 7;
  output.Metadata["a"] = "b";
  auto read = back<s3::op::HeadObject>(output);
  EXPECT_EQ(read->ContentLength, 7);
  EXPECT_EQ(read->Metadata.at("a"), "b");
  s3::GetBucketLocationOutput location;
  location.LocationConstraint = "eu-west-1";
  EXPECT_EQ(back<s3::op::GetBucketLocation>(location)->LocationConstraint, "eu-west-1");
}

TEST(ClientCodec, AMissingBucketIsAnErrorNotAnotherRequest) {
  EXPECT_FALSE(encode_request<s3::op::DeleteObject>({.Bucket = "", .Key = "k"}).ok());
  EXPECT_FALSE(encode_request<s3::op::DeleteObject>({.Bucket = "b"}).ok());
}

TEST(ClientCodec, ReadsTheErrorsOfEveryProtocol) {
  const ErrorAnswer answer{"SomeFault", "why", 400, "r"};
  auto read = [&](const Operation& operation) {
    auto& service = *operation.service;
    return decode_error(operation, encode_error(service.protocol, &service, answer));
  };
  for (auto* operation : {&glue::op::GetTable::model(), &lakeformation::op::GrantPermissions::model(),
                          &sts::op::AssumeRole::model(), &s3::op::GetObject::model()}) {
    auto error = read(*operation);
    EXPECT_EQ(error.code, "SomeFault") << operation->name;
    EXPECT_EQ(error.message, "why");
    EXPECT_EQ(error.request_id, "r");
  }
  WireResponse named{400, {}, R"({"__type":"com.amazon.x#Thing:http://y","Message":"m"})"};
  EXPECT_EQ(decode_error(glue::op::GetTable::model(), named).code, "Thing");
  EXPECT_EQ(decode_error(s3::op::HeadObject::model(), {404, {}, ""}).code, "404");
  EXPECT_EQ(decode_error(glue::op::GetTable::model(), {502, {}, "<html>"}).code, "502");
}

}  // namespace
}  // namespace weir::wire
