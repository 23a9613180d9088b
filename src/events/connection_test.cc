#include "events/connection.h"

#include <gtest/gtest.h>

namespace weir::events {
namespace {

AuthParameters read(const std::string& text) {
  AuthParameters out;
  auto status = base::from_json(*base::parse_json(text), out);
  EXPECT_TRUE(status.ok()) << status.error().log;
  return out;
}

constexpr auto kOAuth = R"({"OAuthParameters":{"ClientParameters":{"ClientID":"me","ClientSecret":"hush-1"},
  "AuthorizationEndpoint":"https://id.example.org/token","HttpMethod":"POST",
  "OAuthHttpParameters":{"BodyParameters":[{"Key":"scope","Value":"all"},{"Key":"pin","Value":"hush-2","IsValueSecret":true}]}},
  "InvocationHttpParameters":{"HeaderParameters":[{"Key":"X-Trace","Value":"hush-3","IsValueSecret":true}]}})";

TEST(Connection, WhatIsShownHasNoSecret) {
  auto shown = shown_of(read(kOAuth)).dump();
  EXPECT_EQ(shown.find("hush"), std::string::npos) << shown;
  EXPECT_NE(shown.find(R"("ClientID":"me")"), std::string::npos);
  EXPECT_NE(shown.find(R"({"Key":"scope","Value":"all"})"), std::string::npos) << shown;
  EXPECT_NE(shown.find(R"({"Key":"pin","IsValueSecret":true})"), std::string::npos) << shown;
  auto basic = shown_of(read(R"({"BasicAuthParameters":{"Username":"ann","Password":"hush"}})")).dump();
  EXPECT_EQ(basic, R"({"BasicAuthParameters":{"Username":"ann"}})");
}

TEST(Connection, ParametersAreThoseOfItsTypeAndWhole) {
  EXPECT_TRUE(check_parameters(AuthorizationType::oauth, read(kOAuth)).ok());
  EXPECT_FALSE(check_parameters(AuthorizationType::basic, read(kOAuth)).ok());
  EXPECT_FALSE(check_parameters(AuthorizationType::api_key, read("{}")).ok());
  auto key = [](const std::string& name, const std::string& value) {
    AuthParameters out;
    out.api_key = ApiKeyAuth{name, base::Secret(value)};
    return check_parameters(AuthorizationType::api_key, out).ok();
  };
  EXPECT_TRUE(key("X-Key", "secret"));
  EXPECT_FALSE(key("X-Key", "a\r\nHost: b"));
  EXPECT_FALSE(key("Host", "a"));
  AuthParameters basic;
  basic.basic = BasicAuth{"a:b", base::Secret("c")};
  EXPECT_FALSE(check_parameters(AuthorizationType::basic, basic).ok());
}

TEST(Connection, AnEndpointOfTokensNamesNobody) {
  auto oauth = read(kOAuth);
  ASSERT_TRUE(check_parameters(AuthorizationType::oauth, oauth).ok());
  oauth.oauth->endpoint = "https://user:hush@id.example.org/token";  // it is shown
  EXPECT_FALSE(check_parameters(AuthorizationType::oauth, oauth).ok());
}

TEST(Connection, AChangeReplacesMembersAndKeepsTheOthers) {
  auto before = *base::parse_json(R"({"A":{"x":1,"y":2},"L":[1,2]})");
  auto change = *base::parse_json(R"({"A":{"y":3},"L":[9]})");
  EXPECT_EQ(merged(before, change).dump(), R"({"A":{"x":1,"y":3},"L":[9]})");
}

TEST(Connection, AKeptRecordReadsBackWithItsSecrets) {
  auto again = base::decode_record<AuthParameters>(base::encode_record(read(kOAuth)));
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->oauth->client.secret.reveal(), "hush-1");
  EXPECT_EQ(again->invocation->headers[0].value.reveal(), "hush-3");
}

TEST(Names, AnArnOfSomethingElseIsNone) {
  EXPECT_TRUE(parse_connection_arn("arn:aws:events:us-east-1:111122223333:connection/c/id-1").ok());
  for (auto* text :
       {"", "c", "arn:aws:events:us-east-1:111122223333:connection/c", "arn:aws:events:us-east-1:1111:connection/c/i",
        "arn:aws:sns:us-east-1:111122223333:connection/c/i",
        "arn:aws:events:us-east-1:111122223333:api-destination/c/i",
        "arn:aws:events:us-east-1:111122223333:connection/c/i/j"})
    EXPECT_FALSE(parse_connection_arn(text).ok()) << text;
  auto target = parse_target_name(text_of(TargetName{"111122223333", "r.1", "t-1"}));
  ASSERT_TRUE(target.ok());
  EXPECT_EQ(*target, (TargetName{"111122223333", "r.1", "t-1"}));
}

}  // namespace
}  // namespace weir::events
