#include "identity/oidc/token.h"

#include <gtest/gtest.h>

#include "identity/oidc/golden.h"

namespace weir::identity::oidc {
namespace {

TEST(Token, OneThatWasSignedLongAgoStillHoldsAtItsTime) {
  auto claims = verify(golden_text("token.jwt"), golden_expectation());
  ASSERT_TRUE(claims.ok()) << claims.error().log;
  EXPECT_EQ(claims->subject, "repo:octo/lake:ref:refs/heads/main");
  EXPECT_EQ(claims->audience, "sts.amazonaws.com");
  EXPECT_EQ(claims->session.tags, (Tags{{"team", "sales"}}));
  EXPECT_EQ(claims->session.transitive_keys, (std::vector<std::string>{"team"}));
  EXPECT_EQ(claims->all.text("actor"), "octocat");
}

TEST(Token, AnAlgorithmThatTheProviderDoesNotUseIsRefused) {
  auto expected = golden_expectation();
  expected.algorithms = {Algorithm::es256};
  EXPECT_FALSE(verify(golden_text("token.jwt"), expected).ok());
  expected.algorithms.clear();
  EXPECT_FALSE(verify(golden_text("token.jwt"), expected).ok());
}

TEST(Token, ItsAddressIsReadBeforeAnythingIsProved) {
  auto token = golden_text("token.jwt");
  auto address = read_address(token);
  ASSERT_TRUE(address.ok());
  EXPECT_EQ(address->issuer, golden_expectation().issuer);
  EXPECT_EQ(address->kid, "k1");
  EXPECT_EQ(address->algorithm, Algorithm::rs256);
  EXPECT_FALSE(read_address(token.substr(0, token.rfind('.'))).ok());
}

TEST(Token, NobodyIsLetInWithoutKeysOrAudiences) {
  KeySet none;
  Expectation expected{.issuer = golden_expectation().issuer, .audiences = {}, .keys = none, .now = {}};
  EXPECT_FALSE(verify(golden_text("token.jwt"), expected).ok());
  auto nobody = golden_expectation();
  nobody.audiences.clear();
  EXPECT_FALSE(verify(golden_text("token.jwt"), nobody).ok());
}

TEST(Token, ARefusalSaysNothingOfTheToken) {
  auto expected = golden_expectation();
  expected.issuer = "https://other.example.com";
  auto claims = verify(golden_text("token.jwt"), expected);
  ASSERT_FALSE(claims.ok());
  EXPECT_EQ(claims.error().about, "identity token");
  EXPECT_EQ(claims.error().says.find("octo"), std::string::npos);
}

TEST(Algorithm, NamesAreExact) {
  EXPECT_EQ(parse_algorithm("ES512"), Algorithm::es512);
  for (auto name : {"none", "HS256", "rs256", "RS256 ", "", "PS256"}) EXPECT_FALSE(parse_algorithm(name)) << name;
}

}  // namespace
}  // namespace weir::identity::oidc
