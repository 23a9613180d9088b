#include "identity/saml/response.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "base/text.h"
#include "identity/saml/golden.h"

namespace weir::identity::saml {
namespace {

std::string golden_response() { return golden_text("response.xml"); }

TEST(Response, OneThatWasSignedLongAgoStillHoldsAtItsTime) {
  auto read = verify(base::base64(golden_response()), golden_expectation());
  ASSERT_TRUE(read.ok()) << read.error().log;
  EXPECT_EQ(read->subject.value, "alice@example.com");
  EXPECT_EQ(read->subject.short_format(), "persistent");
  EXPECT_TRUE(
      read->aws.allows({"arn:aws:iam::111122223333:role/analyst", "arn:aws:iam::111122223333:saml-provider/okta"}));
  EXPECT_FALSE(
      read->aws.allows({"arn:aws:iam::111122223333:role/admin", "arn:aws:iam::111122223333:saml-provider/okta"}));
  EXPECT_EQ(read->aws.lake_formation_groups, (std::vector<std::string>{"analysts", "emea"}));
}

TEST(Response, TheSameOneIsExpiredFiveMinutesLater) {
  auto expected = golden_expectation();
  expected.now += std::chrono::minutes(5);
  auto read = verify(base::base64(golden_response()), expected);
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().kind, base::Kind::expired);
  EXPECT_EQ(read.error().says, "Token must be redeemed within 5 minutes of issuance");
}

TEST(Response, ForNobodyWhenNothingIsExpected) {
  Metadata nobody;
  Expectation expected{.provider = nobody, .audiences = {}, .recipients = {}, .now = golden_expectation().now};
  EXPECT_FALSE(verify(base::base64(golden_response()), expected).ok());
}

TEST(Response, WithoutAudienceOrRecipientOfOursIsRefused) {
  auto nobody = golden_expectation(), nowhere = golden_expectation();
  nobody.audiences.clear();
  nowhere.recipients.clear();
  EXPECT_FALSE(verify(base::base64(golden_response()), nobody).ok());
  EXPECT_FALSE(verify(base::base64(golden_response()), nowhere).ok());
}

TEST(Response, ManyThreadsVerifyAtOnce) {
  const auto good = base::base64(golden_response()), bad = base::base64("<a/>");
  std::atomic<int> held = 0, refused = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i)
      threads.emplace_back([&] {
        for (int round = 0; round < 25; ++round) {
          held += verify(good, golden_expectation()).ok();
          refused += !verify(bad, golden_expectation()).ok();
        }
      });
  }
  EXPECT_EQ(held, 100);
  EXPECT_EQ(refused, 100);
}

TEST(Response, ARefusalSaysNothingOfTheMessage) {
  auto text = golden_response();
  text.replace(text.find("alice@"), 6, "admin@");
  auto read = verify(base::base64(text), golden_expectation());
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().about, "identity token");
  EXPECT_EQ(read.error().says.find("admin"), std::string::npos);
  EXPECT_EQ(read.error().log.find("admin"), std::string::npos);
}

// The value is of another SHA-1 than ours: printf https://example.com/saml123456789012/MySAMLIdP | sha1sum
TEST(NameQualifier, IsTheDigestOfIssuerAccountAndProvider) {
  EXPECT_EQ(name_qualifier("https://example.com/saml", "123456789012", "MySAMLIdP"), "1uAJanUnBc2XeUkHURMht+xam2c=");
}

TEST(NameId, OnlyFormatsOfSaml2LoseTheirPrefix) {
  NameId transient{"x", "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"};
  NameId mail{"x", "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"};
  EXPECT_EQ(transient.short_format(), "transient");
  EXPECT_EQ(mail.short_format(), mail.format);
}

}  // namespace
}  // namespace weir::identity::saml
