#include "wire/rest_codec.h"

#include <gtest/gtest.h>

#include "wire/lakeformation_operations.h"
#include "wire/s3_operations.h"

namespace weir::wire {
namespace {

TEST(RestCodec, S3InputsComeFromAddressQueryAndHeaders) {
  const std::vector<HeaderField> headers = {{"X-Amz-Meta-Colour", "red"},
                                            {"x-amz-meta-SIZE", "xl"},
                                            {"content-type", "text/plain"},
                                            {"Content-Length", "12"}};
  WireRequest request{.method = "PUT",
                      .path = "/lake/a%20b",
                      .query = "x-id=PutObject",
                      .headers = headers,
                      .body = "not looked at",
                      .bucket = "lake",
                      .key = "a b"};
  auto input = decode<s3::op::PutObject>(request);
  ASSERT_TRUE(input.ok()) << input.error().says;
  EXPECT_EQ(input->Bucket, "lake");
  EXPECT_EQ(input->Key, "a b");
  EXPECT_EQ(input->ContentType, "text/plain");
  EXPECT_EQ(input->ContentLength, 12);
  EXPECT_EQ(input->Metadata.items(), (std::map<std::string, std::string>{{"colour", "red"}, {"size", "xl"}}));
}

TEST(RestCodec, RefusesAParameterTwiceAndWrongTypes) {
  auto read = [](std::string_view query) {
    return decode<s3::op::ListObjectsV2>(WireRequest{.method = "GET", .query = query, .bucket = "b"});
  };
  EXPECT_EQ(read("list-type=2&max-keys=7&prefix=a%2Fb+c")->Prefix, "a/b c");
  EXPECT_FALSE(read("max-keys=7&max-keys=8").ok());
  EXPECT_FALSE(read("max-keys=many").ok());
  EXPECT_FALSE(read("prefix=%ff").ok());
}

TEST(RestCodec, S3FaultsOutsideTheBodyAreOfTheAddressOrAnArgument) {
  WireRequest request{.method = "GET", .query = "max-keys=many", .bucket = "b"};
  EXPECT_EQ(decode<s3::op::ListObjectsV2>(request).error().about, "argument");
  EXPECT_EQ(decode<s3::op::GetObject>(WireRequest{.method = "GET", .bucket = "b", .key = "\xff"}).error().about, "uri");
}

TEST(RestCodec, MetadataNamesThatDifferOnlyInCaseAreRefused) {
  const std::vector<HeaderField> headers = {{"x-amz-meta-a", "1"}, {"X-AMZ-META-A", "2"}};
  EXPECT_FALSE(
      decode<s3::op::PutObject>(WireRequest{.method = "PUT", .headers = headers, .bucket = "b", .key = "k"}).ok());
}

TEST(RestCodec, AHeaderDateThatIsNoDateIsAbsent) {
  const std::vector<HeaderField> bad = {{"If-Modified-Since", "yesterday"}};
  const std::vector<HeaderField> good = {{"If-Modified-Since", "Wed, 01 May 2024 00:00:00 GMT"}};
  auto read = [](auto& headers) {
    return decode<s3::op::GetObject>(WireRequest{.method = "GET", .headers = headers, .bucket = "b", .key = "k"});
  };
  EXPECT_FALSE(read(bad)->IfModifiedSince);
  EXPECT_EQ(read(good)->IfModifiedSince, base::from_epoch_seconds(1714521600));
}

TEST(RestCodec, StructuredAndTextPayloadsAreTheBody) {
  auto location = decode<s3::op::CreateBucket>(WireRequest{
      .method = "PUT",
      .body =
          "<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>",
      .bucket = "b"});
  EXPECT_EQ(location->CreateBucketConfiguration->LocationConstraint, "eu-west-1");
  EXPECT_FALSE(decode<s3::op::CreateBucket>(WireRequest{.method = "PUT", .bucket = "b"})->CreateBucketConfiguration);
  auto policy = decode<s3::op::PutBucketPolicy>(WireRequest{.method = "PUT", .body = "{\"a\":1}", .bucket = "b"});
  EXPECT_EQ(policy->Policy, "{\"a\":1}");
  s3::GetBucketPolicyOutput output;
  output.Policy = "{}";
  EXPECT_EQ(encode<s3::op::GetBucketPolicy>(output, "r").body, "{}");
}

TEST(RestCodec, S3AnswersCarryTheirRootElementAndNamespace) {
  s3::GetBucketLocationOutput location;
  location.LocationConstraint = "eu-west-1";
  EXPECT_EQ(encode<s3::op::GetBucketLocation>(location, "r").body,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<LocationConstraint xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">eu-west-1</LocationConstraint>");
  auto buckets = encode<s3::op::ListBuckets>(s3::ListBucketsOutput{}, "r").body;
  EXPECT_NE(buckets.find("<ListAllMyBucketsResult xmlns="), std::string::npos);
  s3::CopyObjectOutput copy;
  copy.CopyObjectResult.emplace().ETag = "\"e\"";
  copy.VersionId = "v1";
  auto response = encode<s3::op::CopyObject>(copy, "r");
  EXPECT_NE(response.body.find(
                "<CopyObjectResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><ETag>&quot;e&quot;</ETag>"),
            std::string::npos);
  EXPECT_EQ(*find_header(response.headers, "x-amz-version-id"), "v1");
}

TEST(RestCodec, HeadAndDeleteAnswersHaveHeadersAndNoBody) {
  s3::HeadObjectOutput head;
  head.ContentLength = 5;
  head.ETag = "\"e\"";
  head.LastModified = base::from_epoch_seconds(1714521600);
  head.Metadata["colour"] = "red";
  auto response = encode<s3::op::HeadObject>(head, "r");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, "");
  EXPECT_EQ(*find_header(response.headers, "Last-Modified"), "Wed, 01 May 2024 00:00:00 GMT");
  EXPECT_EQ(*find_header(response.headers, "x-amz-meta-colour"), "red");
  EXPECT_EQ(*find_header(response.headers, "x-amz-request-id"), "r");
  EXPECT_EQ(encode<s3::op::DeleteObject>(s3::DeleteObjectOutput{}, "r").status, 204);
}

TEST(RestCodec, LakeFormationBodiesAreJson) {
  auto input = decode<lakeformation::op::GrantPermissions>(WireRequest{
      .method = "POST",
      .path = "/GrantPermissions",
      .body = R"({"Principal":{"DataLakePrincipalIdentifier":"p"},"Resource":{"Catalog":{}},"Permissions":["ALL"]})"});
  ASSERT_TRUE(input.ok()) << input.error().says;
  EXPECT_TRUE(input->Resource->Catalog);
  EXPECT_EQ(input->Permissions.at(0), "ALL");
  auto response = encode<lakeformation::op::GrantPermissions>({}, "r");
  EXPECT_EQ(response.body, "{}");
  EXPECT_EQ(*find_header(response.headers, "content-type"), "application/json");
}

}  // namespace
}  // namespace weir::wire
