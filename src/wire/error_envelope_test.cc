#include "wire/error_envelope.h"

#include <gtest/gtest.h>

#include "wire/auth_errors.h"
#include "wire/glue_operations.h"
#include "wire/iam_operations.h"
#include "wire/lakeformation_operations.h"
#include "wire/s3_operations.h"

namespace weir::wire {
namespace {

TEST(ErrorEnvelope, AwsJsonNamesTheTypeInTheBody) {
  auto response = encode_error(Protocol::aws_json, &glue::model(), {"EntityNotFoundException", "no \"t\"", 0, "r"});
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(response.body, R"({"__type":"EntityNotFoundException","Message":"no \"t\""})");
  EXPECT_EQ(*find_header(response.headers, "content-type"), "application/x-amz-json-1.1");
  EXPECT_EQ(*find_header(response.headers, "x-amzn-requestid"), "r");
}

TEST(ErrorEnvelope, RestJsonNamesTheTypeInAHeaderToo) {
  auto response = encode_error(Protocol::rest_json, &lakeformation::model(), {"AccessDeniedException", "no", 0, "r"});
  EXPECT_EQ(response.status, 403);
  EXPECT_EQ(*find_header(response.headers, "x-amzn-errortype"), "AccessDeniedException");
  EXPECT_EQ(response.body, R"({"__type":"AccessDeniedException","Message":"no"})");
}

TEST(ErrorEnvelope, UnmodelledErrorsSpellTheMessageInLowerCase) {
  auto response = encode_error(Protocol::aws_json, &glue::model(), {"ExpiredTokenException", "late", 400, "r"});
  EXPECT_EQ(response.body, R"({"__type":"ExpiredTokenException","message":"late"})");
}

TEST(ErrorEnvelope, QueryErrorsSayWhoseFaultItIs) {
  auto response = encode_error(Protocol::query, &iam::model(), {"NoSuchEntity", "<u>", 0, "r"});
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.body,
            "<ErrorResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><Error><Type>Sender</Type>"
            "<Code>NoSuchEntity</Code><Message>&lt;u&gt;</Message></Error><RequestId>r</RequestId></ErrorResponse>");
  auto ours = encode_error(Protocol::query, &iam::model(), {"ServiceFailure", "", 0, "r"});
  EXPECT_EQ(ours.status, 500);
  EXPECT_NE(ours.body.find("<Type>Receiver</Type>"), std::string::npos);
}

TEST(ErrorEnvelope, WhatXmlCannotSayIsLeftOutOfMessages) {
  const ErrorAnswer answer{
      "ValidationError", std::string("a\0b\x1f\xef\xbf\xbf\xef\xbf\xbd\t\xc3\xbc", 13), 400, "r", "",
      {{"Key", "\x01"}}};
  for (auto protocol : {Protocol::query, Protocol::rest_xml}) {
    auto body = encode_error(protocol, &iam::model(), answer).body;
    EXPECT_NE(body.find("<Message>a?b??\xef\xbf\xbd\t\xc3\xbc</Message><Key>?</Key>"), std::string::npos) << body;
  }
}

TEST(ErrorEnvelope, S3ErrorsHaveNoWrapperAndTheirExtraElements) {
  ErrorAnswer answer{"NoSuchKey", "The specified key does not exist.", 404, "r", "/lake/k", {{"Key", "k"}}};
  auto response = encode_error(Protocol::rest_xml, &s3::model(), answer);
  EXPECT_EQ(response.body,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>NoSuchKey</Code><Message>The specified key does "
            "not exist.</Message><Key>k</Key><Resource>/lake/k</Resource><RequestId>r</RequestId><HostId>r</HostId>"
            "</Error>");
  EXPECT_EQ(*find_header(response.headers, "x-amz-request-id"), "r");
  answer.head = true;
  EXPECT_EQ(encode_error(Protocol::rest_xml, &s3::model(), answer).body, "");
}

TEST(AuthErrors, EveryFaultAnswersInEveryProtocolAndNeverWith5xx) {
  for (auto fault = 0; fault <= static_cast<int>(AuthFault::content_mismatch); ++fault)
    for (auto protocol : {Protocol::aws_json, Protocol::query, Protocol::rest_json, Protocol::rest_xml}) {
      auto error = auth_answer(protocol, static_cast<AuthFault>(fault));
      EXPECT_FALSE(error.code.empty());
      EXPECT_FALSE(error.message.empty());
      EXPECT_TRUE(error.status == 400 || error.status == 403);
    }
}

TEST(AuthErrors, SpeakEachProtocolsWords) {
  EXPECT_EQ(auth_answer(Protocol::query, AuthFault::missing).code, "MissingAuthenticationToken");
  EXPECT_EQ(auth_answer(Protocol::query, AuthFault::missing).message, "Request is missing Authentication Token");
  EXPECT_EQ(auth_answer(Protocol::rest_xml, AuthFault::unknown_key).code, "InvalidAccessKeyId");
  EXPECT_EQ(auth_answer(Protocol::aws_json, AuthFault::bad_signature).status, 400);
  EXPECT_EQ(auth_answer(Protocol::rest_json, AuthFault::bad_signature).status, 403);
  EXPECT_EQ(auth_answer(Protocol::rest_xml, AuthFault::skewed).code, "RequestTimeTooSkewed");
  EXPECT_EQ(auth_answer(Protocol::aws_json, AuthFault::wrong_service,
                        "Credential should be scoped to correct service: 'glue'.")
                .message,
            "Credential should be scoped to correct service: 'glue'.");
  EXPECT_EQ(auth_answer(Protocol::query, AuthFault::unknown_key, "AKIA is unknown").message,
            "The security token included in the request is invalid.");
}

}  // namespace
}  // namespace weir::wire
