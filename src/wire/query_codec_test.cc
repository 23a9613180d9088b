#include "wire/query_codec.h"

#include <gtest/gtest.h>

#include "wire/codec.h"
#include "wire/faults.h"
#include "wire/form.h"
#include "wire/iam_operations.h"
#include "wire/sts_operations.h"

namespace weir::wire {
namespace {

template <class Op>
base::Result<typename Op::Input> read(std::string_view form) {
  return decode<Op>(WireRequest{.method = "POST", .path = "/", .body = form});
}

template <class Op>
std::string refusal(std::string_view form) {
  auto input = read<Op>(form);
  if (input.ok()) return "(accepted)";
  EXPECT_EQ(input.error().about, kSerialization);
  return input.error().says;
}

TEST(QueryCodec, ReadsScalarsListsAndStructures) {
  auto input = read<sts::op::AssumeRole>(
      "Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fr&RoleSessionName=a+b"
      "&DurationSeconds=900&Tags.member.1.Key=team&Tags.member.1.Value=blue&Tags.member.2.Key=x&Tags.member.2.Value="
      "&TransitiveTagKeys.member.1=team&PolicyArns.member.1.arn=p");
  ASSERT_TRUE(input.ok()) << input.error().says;
  EXPECT_EQ(input->RoleArn, "arn:aws:iam::1:role/r");
  EXPECT_EQ(input->RoleSessionName, "a b");
  EXPECT_EQ(input->DurationSeconds, 900);
  ASSERT_EQ(input->Tags.size(), 2u);
  EXPECT_EQ(input->Tags[1].Key, "x");
  EXPECT_EQ(input->Tags[1].Value, "");
  EXPECT_EQ(input->TransitiveTagKeys.at(0), "team");
  EXPECT_EQ(input->PolicyArns.at(0).arn, "p");
  EXPECT_FALSE(input->Policy);
}

TEST(QueryCodec, ListsAreOrderedByNumberNotByText) {
  std::string form;
  for (int i = 12; i >= 1; --i) form += "&TagKeys.member." + std::to_string(i) + "=k" + std::to_string(i);
  auto input = read<iam::op::UntagRole>(form);
  ASSERT_TRUE(input.ok());
  ASSERT_EQ(input->TagKeys.size(), 12u);
  EXPECT_EQ(input->TagKeys[1], "k2");
  EXPECT_EQ(input->TagKeys[11], "k12");
}

TEST(QueryCodec, ABareListNameIsAnEmptyList) {
  auto input = read<sts::op::AssumeRole>("Tags=");
  EXPECT_TRUE(input->Tags.given());
  EXPECT_FALSE(read<sts::op::AssumeRole>("")->Tags.given());
}

TEST(QueryCodec, WhatHasPartsHasNoTextOfItsOwn) {
  EXPECT_EQ(refusal<sts::op::AssumeRole>("Tags=garbage"), "The value can not be converted to List at 'Tags'");
  EXPECT_EQ(refusal<sts::op::AssumeRole>("Tags.member.1=x&Tags.member.1.Key=k"),
            "The value can not be converted to Structure at 'Tags[0]'");
}

TEST(QueryCodec, AnEmptyStructureKeepsItsPlaceInAList) {
  sts::AssumeRoleRequest request;
  request.Tags.resize(2);
  request.Tags[1].Key = "k";
  std::string form;
  encode_query_request(sts::op::AssumeRole::model(), &request, form);
  auto input = read<sts::op::AssumeRole>(form);
  ASSERT_TRUE(input.ok()) << input.error().says;
  ASSERT_EQ(input->Tags.size(), 2u);
  EXPECT_FALSE(input->Tags[0].Key);
  EXPECT_EQ(input->Tags[1].Key, "k");
}

TEST(QueryCodec, NamesThatShareAPrefixDoNotMix) {
  auto input = read<iam::op::CreateUser>("Path=/a/&PathX=no&Path-Y=no&UserName=u&UserName.x=no");
  ASSERT_TRUE(input.ok()) << input.error().says;
  EXPECT_EQ(input->Path, "/a/");
  EXPECT_EQ(input->UserName, "u");
}

TEST(QueryCodec, RefusesAParameterTwiceAlsoAcrossQueryAndBody) {
  EXPECT_NE(refusal<iam::op::GetUser>("UserName=a&UserName=b"), "(accepted)");
  EXPECT_NE(refusal<iam::op::GetUser>("UserName=a&User%4Eame=b"), "(accepted)");
  WireRequest request{.method = "POST", .path = "/", .query = "UserName=a", .body = "UserName=b"};
  EXPECT_FALSE(decode<iam::op::GetUser>(request).ok());
}

TEST(QueryCodec, RefusesListsThatAreNotNumbered) {
  EXPECT_NE(refusal<iam::op::UntagRole>("TagKeys.member.x=a"), "(accepted)");
  EXPECT_NE(refusal<iam::op::UntagRole>("TagKeys.member.0=a"), "(accepted)");
  EXPECT_NE(refusal<iam::op::UntagRole>("TagKeys.member.1=a&TagKeys.member.01=b"), "(accepted)");
  EXPECT_NE(refusal<iam::op::UntagRole>("TagKeys.member.99999999999999999999=a"), "(accepted)");
}

TEST(QueryCodec, RefusesWrongTypesAndBadUtf8) {
  EXPECT_EQ(refusal<sts::op::AssumeRole>("DurationSeconds=soon"),
            "The value can not be converted to Integer at 'DurationSeconds'");
  EXPECT_NE(refusal<sts::op::AssumeRole>("DurationSeconds=99999999999"), "(accepted)");
  EXPECT_NE(refusal<sts::op::AssumeRole>("DurationSeconds="), "(accepted)");
  EXPECT_NE(refusal<iam::op::GetUser>("UserName=%ff%fe"), "(accepted)");
  EXPECT_NE(refusal<iam::op::GetUser>("UserName.Nested=a"), "(accepted)");
}

TEST(QueryCodec, ALongHostileFormIsRefusedOrReadInTime) {
  std::string form;
  for (int i = 1; i <= 19'000; ++i) form += "&TagKeys.member." + std::to_string(i) + "=k";
  EXPECT_EQ(read<iam::op::UntagRole>(form)->TagKeys.size(), 19'000u);
  for (int i = 0; i < 2'000; ++i) form += "&x" + std::to_string(i) + "=";
  EXPECT_EQ(refusal<iam::op::UntagRole>(form), "The request has too many parameters.");
}

TEST(QueryCodec, WritesTheResponseDocumentWithNamespaceAndRequestId) {
  sts::GetCallerIdentityResponse output;
  output.Account = "123456789012";
  output.Arn = "arn:aws:iam::123456789012:user/a&b";
  auto response = encode<sts::op::GetCallerIdentity>(output, "req-1");
  EXPECT_EQ(response.body,
            "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult>"
            "<Account>123456789012</Account><Arn>arn:aws:iam::123456789012:user/a&amp;b</Arn>"
            "</GetCallerIdentityResult><ResponseMetadata><RequestId>req-1</RequestId></ResponseMetadata>"
            "</GetCallerIdentityResponse>");
  EXPECT_EQ(*find_header(response.headers, "content-type"), "text/xml");
  EXPECT_EQ(*find_header(response.headers, "x-amzn-requestid"), "req-1");
}

TEST(QueryCodec, ARequiredListIsWrittenEvenWhenEmptyAndListsUseMember) {
  auto empty = encode<iam::op::ListUsers>(iam::ListUsersResponse{}, "r").body;
  EXPECT_NE(empty.find("<ListUsersResult><Users></Users></ListUsersResult>"), std::string::npos);
  iam::ListUsersResponse output;
  iam::User user;
  user.UserName = "ann";
  user.CreateDate = base::from_epoch_seconds(1714521600);
  output.Users.push_back(user);
  auto body = encode<iam::op::ListUsers>(output, "r").body;
  EXPECT_NE(
      body.find(
          "<Users><member><UserName>ann</UserName><CreateDate>2024-05-01T00:00:00Z</CreateDate></member></Users>"),
      std::string::npos)
      << body;
}

TEST(QueryCodec, AnOperationWithoutOutputHasOnlyMetadata) {
  auto response = encode<iam::op::DeleteUser>(Nothing{}, "r");
  EXPECT_EQ(response.body,
            "<DeleteUserResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">"
            "<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></DeleteUserResponse>");
}

TEST(Form, AValueIsFoundWithoutParsingTheRest) {
  EXPECT_EQ(form_value("a=1&Action=Get%20It&b=2", "Action"), "Get It");
  EXPECT_EQ(form_value("%41ction=X", "Action"), "X");
  EXPECT_EQ(form_value("Actions=X&xAction=Y", "Action"), "");
}

}  // namespace
}  // namespace weir::wire
