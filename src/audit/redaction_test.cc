#include "audit/redaction.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace weir::audit {

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
  redact(json);
  EXPECT_EQ(json.dump().find("s3cr3t"), std::string::npos);
  EXPECT_NE(json.dump().find("AKIA"), std::string::npos);
  EXPECT_EQ(json.text("Password"), kHidden);
  EXPECT_TRUE(json.find("Authorization")->is_null());
}

TEST(Redaction, DuplicateMembersAreAllHidden) {
  auto json = *base::parse_json(R"({"Password":"one","Password":"two"})");
  redact(json);
  EXPECT_EQ(json.dump().find("one"), std::string::npos);
  EXPECT_EQ(json.dump().find("two"), std::string::npos);
}

TEST(Redaction, LongTextsAreCutBetweenCharacters) {
  base::Json json = std::string("\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac");
  redact(json, 4);
  EXPECT_TRUE(base::is_valid_utf8(*json.as_string()));
  EXPECT_TRUE(json.as_string()->starts_with("\xe2\x82\xac..."));
}

TEST(Redaction, ASecretValueIsHiddenWhateverItsName) {
  EXPECT_EQ(*redacted(base::Secret("s3cr3t")).as_string(), kHidden);
}

}  // namespace weir::audit
