#include "wire/router.h"

#include <gtest/gtest.h>

namespace weir::wire {
namespace {

struct Asked {
  std::string method = "GET";
  std::string target = "/";
  std::vector<HeaderField> headers{};
  std::string scope{};
  std::string body{};
};

Route route(const Asked& asked) {
  static const Router router({"s3.localhost", "localhost", "lake.example.org"});
  return router.route({asked.method, asked.target, asked.headers, asked.scope, asked.body});
}

std::string name(const Route& route) {
  return route.operation ? std::string(route.operation->name) : route.refusal->code;
}

const HeaderField kForm = {"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"};

TEST(Router, TargetNamesServiceAndOperation) {
  auto found = route({"POST", "/", {{"x-amz-target", "AWSGlue.GetTable"}}});
  EXPECT_EQ(found.named, "glue:GetTable");
  EXPECT_EQ(name(found), "GetTable");
  EXPECT_EQ(found.protocol, Protocol::aws_json);
}

TEST(Router, TargetWithAnotherPrefixGoesToTheSignedService) {
  EXPECT_EQ(name(route({"POST", "/", {{"X-Amz-Target", "Glue_2020.GetTable"}}, "glue"})), "GetTable");
  EXPECT_EQ(name(route({"POST", "/", {{"X-Amz-Target", "Glue_2020.GetTable"}, {"Host", "glue.localhost:8080"}}})),
            "GetTable");
}

TEST(Router, AnOperationWeDoNotServeNamesItself) {
  auto refused = route({"POST", "/", {{"X-Amz-Target", "AWSGlue.StartCrawler"}}});
  EXPECT_EQ(refused.refusal->code, "UnknownOperationException");
  EXPECT_EQ(refused.refusal->status, 400);
  EXPECT_EQ(refused.named, "glue:StartCrawler");
  EXPECT_EQ(refused.service->name, "glue");
  auto hostile = route({"POST", "/", {{"X-Amz-Target", "AWSGlue.\r\nSet-Cookie: " + std::string(500, 'x')}}});
  EXPECT_EQ(hostile.named.find('\n'), std::string::npos);
  EXPECT_LT(hostile.named.size(), 100u);
}

TEST(Router, FormActionPicksTheQueryService) {
  EXPECT_EQ(route({"POST", "/", {kForm}, "sts", "Action=AssumeRole&Version=2011-06-15"}).named, "sts:AssumeRole");
  EXPECT_EQ(route({"POST", "/", {kForm}, "", "Version=2010-05-08&Action=ListUsers"}).named, "iam:ListUsers");
  EXPECT_EQ(route({"GET", "/?Action=GetCallerIdentity&Version=2011-06-15", {}, "sts"}).named, "sts:GetCallerIdentity");
}

TEST(Router, UnknownActionsAndVersionsAreInvalidAction) {
  auto refused = route({"POST", "/", {kForm}, "sts", "Action=AssumeRoot&Version=2011-06-15"});
  EXPECT_EQ(refused.refusal->code, "InvalidAction");
  EXPECT_EQ(refused.refusal->message, "Could not find operation AssumeRoot for version 2011-06-15");
  EXPECT_EQ(name(route({"POST", "/", {kForm}, "sts", "Action=AssumeRole&Version=1999-01-01"})), "InvalidAction");
  EXPECT_EQ(name(route({"POST", "/", {kForm}, "sts", "Action=ListUsers"})), "InvalidAction");
  EXPECT_EQ(name(route({"POST", "/", {kForm}, "sts", ""})), "MissingAction");
}

TEST(Router, RestJsonIsFoundByPath) {
  EXPECT_EQ(name(route({"POST", "/GetDataLakeSettings", {}, "lakeformation"})), "GetDataLakeSettings");
  EXPECT_EQ(name(route({"POST", "/GetDataLakeSettings"})), "GetDataLakeSettings");
  auto refused = route({"POST", "/StartQueryPlanning", {}, "lakeformation"});
  EXPECT_EQ(refused.refusal->status, 404);
  EXPECT_EQ(refused.refusal->code, "UnknownOperationException");
  EXPECT_EQ(name(route({"GET", "/GetDataLakeSettings", {}, "lakeformation"})), "UnknownOperationException");
  EXPECT_EQ(name(route({"POST", "/GetDataLakeSettings/x", {}, "lakeformation"})), "UnknownOperationException");
}

TEST(Router, AServiceWeDoNotHaveIsNotReadAsS3) {
  EXPECT_EQ(name(route({"PUT", "/lake/key", {}, "dynamodb"})), "UnknownOperationException");
}

struct S3Case {
  std::string method;
  std::string target;
  std::string operation;
  std::vector<HeaderField> headers{};
};

TEST(Router, S3OperationsAreToldApartByAddress) {
  const S3Case cases[] = {
      {"GET", "/", "ListBuckets"},
      {"GET", "/?x-id=ListBuckets", "ListBuckets"},
      {"PUT", "/lake", "CreateBucket"},
      {"PUT", "/lake/", "CreateBucket"},
      {"HEAD", "/lake", "HeadBucket"},
      {"DELETE", "/lake", "DeleteBucket"},
      {"GET", "/lake", "ListObjects"},
      {"GET", "/lake?list-type=2&prefix=a", "ListObjectsV2"},
      {"GET", "/lake?list-type=1", "ListObjects"},
      {"GET", "/lake?location", "GetBucketLocation"},
      {"GET", "/lake?location=", "GetBucketLocation"},
      {"GET", "/lake?policy", "GetBucketPolicy"},
      {"PUT", "/lake?policy", "PutBucketPolicy"},
      {"DELETE", "/lake?policy", "DeleteBucketPolicy"},
      {"GET", "/lake?uploads", "ListMultipartUploads"},
      {"POST", "/lake?delete", "DeleteObjects"},
      {"GET", "/lake/k", "GetObject"},
      {"HEAD", "/lake/k", "HeadObject"},
      {"PUT", "/lake/k", "PutObject"},
      {"DELETE", "/lake/k", "DeleteObject"},
      {"PUT", "/lake/k", "CopyObject", {{"x-amz-copy-source", "a/b"}}},
      {"POST", "/lake/k?uploads", "CreateMultipartUpload"},
      {"PUT", "/lake/k?partNumber=1&uploadId=u", "UploadPart"},
      {"PUT", "/lake/k?partNumber=1&uploadId=u", "UploadPartCopy", {{"X-Amz-Copy-Source", "a/b"}}},
      {"GET", "/lake/k?uploadId=u", "ListParts"},
      {"POST", "/lake/k?uploadId=u", "CompleteMultipartUpload"},
      {"DELETE", "/lake/k?uploadId=u", "AbortMultipartUpload"},
      {"GET", "/lake?acl", "NotImplemented"},
      {"PUT", "/lake/k?tagging", "NotImplemented"},
      {"GET", "/lake?versions", "NotImplemented"},
      {"POST", "/lake/k?select&select-type=2", "NotImplemented"},
      {"POST", "/lake/k", "MethodNotAllowed"},
      {"POST", "/lake", "MethodNotAllowed"},
      {"PATCH", "/lake/k", "MethodNotAllowed"},
      {"DELETE", "/", "MethodNotAllowed"},
  };
  for (auto& each : cases)
    EXPECT_EQ(name(route({each.method, each.target, each.headers, "s3"})), each.operation)
        << each.method << each.target;
}

TEST(Router, BucketsAreFoundInTheHostOrThePath) {
  auto address = [](std::string host, std::string target) {
    auto found = route({"GET", target, {{"Host", host}}, "s3"});
    return found.bucket + "|" + found.key;
  };
  EXPECT_EQ(address("localhost:8080", "/lake/a/b"), "lake|a/b");
  EXPECT_EQ(address("s3.localhost", "/lake/a"), "lake|a");
  EXPECT_EQ(address("s3.eu-west-1.amazonaws.com", "/lake/a"), "lake|a");
  EXPECT_EQ(address("lake.s3.localhost:8080", "/a/b"), "lake|a/b");
  EXPECT_EQ(address("my.lake.s3.localhost", "/a"), "my.lake|a");
  EXPECT_EQ(address("lake.localhost", "/a"), "lake|a");
  EXPECT_EQ(address("lake.s3.eu-west-1.amazonaws.com", "/a"), "lake|a");
  EXPECT_EQ(address("LAKE.S3.localhost", "/a"), "lake|a");
  EXPECT_EQ(address("127.0.0.1:9000", "/lake/a"), "lake|a");
  EXPECT_EQ(address("[::1]:9000", "/lake/a"), "lake|a");
}

TEST(Router, KeysAreDecodedAndNeverNormalised) {
  auto key = [](std::string target) { return route({"GET", target, {}, "s3"}).key; };
  EXPECT_EQ(key("/lake/a%20b%2Fc+d"), "a b/c+d");
  EXPECT_EQ(key("/lake/../x"), "../x");
  EXPECT_EQ(key("/lake//a/./b/"), "/a/./b/");
  EXPECT_EQ(key("/lake/%2e%2e%2f"), "../");
}

TEST(Router, AnObjectRequestCannotBecomeAnotherServicesCall) {
  EXPECT_EQ(name(route({"PUT", "/lake/k", {{"X-Amz-Target", "AWSGlue.DeleteTable"}}, "s3"})), "PutObject");
  EXPECT_EQ(name(route({"GET", "/?Action=DeleteUser", {}, "s3"})), "ListBuckets");
  EXPECT_EQ(name(route({"GET", "/?Action=DeleteUser", {{"Host", "lake.s3.localhost"}}})), "ListObjects");
}

TEST(Router, HostsNameServicesForUnsignedRequests) {
  EXPECT_EQ(name(route({"POST", "/", {kForm, {"Host", "sts.localhost"}}, "", "Action=AssumeRole"})), "AssumeRole");
  EXPECT_EQ(route({"POST", "/Nope", {{"Host", "query-lakeformation.localhost"}}}).service->name, "lakeformation");
}

}  // namespace
}  // namespace weir::wire
