#include "audit/redaction.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace weir::audit {
namespace {

std::string written(const base::Json& json, size_t text_max = 2048) {
  std::string out;
  base::JsonWriter writer(out);
  write_redacted(writer, json, text_max);
  return out;
}

}  // namespace

TEST(Redaction, SensitiveMembersByAnySpelling) {
  for (auto name : {"SecretAccessKey", "secretKey", "sessionToken", "SessionToken", "x-amz-security-token", "Password",
                    "old_password", "SAMLAssertion", "samlAssertion", "WebIdentityToken", "PrivateKey", "Authorization",
                    "X-Amz-Signature", "ClientSecret", "SECRET", "TokenCode", "plaintext", "idToken", "refresh_token"})
    EXPECT_TRUE(is_sensitive(name)) << name;
  for (auto name : {"AccessKeyId", "NextToken", "ContinuationToken", "TableName", "ClientToken", "KeyId", "SecretArn"})
    EXPECT_FALSE(is_sensitive(name)) << name;
}

TEST(Redaction, ReachesEveryDepthAndKeepsTheRest) {
  auto json = *base::parse_json(
      R"({"a":[{"Credentials":{"AccessKeyId":"AKIA","SecretAccessKey":"s3cr3t","SessionToken":["s3cr3t"],"Expiration":1}}],)"
      R"("Password":{"deep":"s3cr3t"},"Authorization":null,"n":1})");
  auto shown = written(json);
  EXPECT_EQ(shown.find("s3cr3t"), std::string::npos);
  EXPECT_NE(shown.find("AKIA"), std::string::npos);
  auto read = *base::parse_json(shown);
  EXPECT_EQ(read.text("Password"), kHidden);
  EXPECT_TRUE(read.find("Authorization")->is_null());
  EXPECT_EQ(read.number("n"), 1);
}

TEST(Redaction, DuplicateMembersAreAllHidden) {
  auto json = *base::parse_json(R"({"Password":"one","Password":"two"})");
  EXPECT_EQ(written(json).find("one"), std::string::npos);
  EXPECT_EQ(written(json).find("two"), std::string::npos);
}

TEST(Redaction, LongTextsAreCutBetweenCharacters) {
  base::Json json = std::string("\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac");
  auto shown = written(json, 4);
  EXPECT_TRUE(base::is_valid_utf8(shown));
  EXPECT_TRUE(shown.starts_with("\"\xe2\x82\xac..."));
}

TEST(Redaction, ASecretValueIsHiddenWhateverItsName) {
  EXPECT_EQ(*redacted(base::Secret("s3cr3t")).as_string(), kHidden);
}

}  // namespace weir::audit
