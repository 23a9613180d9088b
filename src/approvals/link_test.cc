#include "approvals/link.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace weir::approvals {
namespace {

const LinkKey kKey{"0a1b2c3d", base::Secret(std::string(32, 'k'))};
const LinkKey kOther{"0a1b2c3d", base::Secret(std::string(32, 'o'))};
const LinkClaims kClaims{"abc", recipient_hash("abc", "anna@example.org"), base::from_epoch_seconds(1e9), "nonce"};

TEST(Link, WhatWasSignedReadsBackAndHolds) {
  auto token = sign_link(kKey, kClaims);
  auto link = parse_link(token.reveal()).value();
  EXPECT_EQ(link.claims.approval, "abc");
  EXPECT_EQ(link.claims.expires, kClaims.expires);
  EXPECT_TRUE(is_signed_with(link, kKey));
}

TEST(Link, AnotherKeyOrAnotherKeysNameDoesNotHold) {
  auto link = parse_link(sign_link(kKey, kClaims).reveal()).value();
  EXPECT_FALSE(is_signed_with(link, kOther));
  EXPECT_FALSE(is_signed_with(link, {"ffffffff", kKey.bytes}));
}

TEST(Link, NoBitOfATokenCanBeChanged) {
  auto token = sign_link(kKey, kClaims).reveal();
  for (size_t i = 0; i < token.size(); ++i)
    for (char other : {'A', '0', '.', '=', 'a'}) {
      if (token[i] == other) continue;
      auto changed = token;
      changed[i] = other;
      auto link = parse_link(changed);
      EXPECT_FALSE(link.ok() && is_signed_with(*link, kKey)) << i;
    }
}

TEST(Link, WhatIsNoTokenIsMalformed) {
  auto token = sign_link(kKey, kClaims).reveal();
  for (const auto& text : {std::string(), std::string("v1."), std::string("v1..."), token + ".x",
                           "v2" + token.substr(2), token + "=", token + "A", std::string(100'000, 'v')})
    EXPECT_FALSE(parse_link(text).ok()) << text.substr(0, 80);
}

TEST(Link, ClaimsHaveOneSpelling) {
  auto spaced = base::base64url(R"({ "a":"abc","r":"r","e":1,"n":"n"})");
  EXPECT_FALSE(parse_link("v1.00." + spaced + "." + base::base64url(std::string(32, 'x'))).ok());
}

TEST(Link, ARecipientIsNotReadFromItsToken) {
  auto token = sign_link(kKey, kClaims).reveal();
  auto payload = base::unbase64url(base::split(token, '.')[2]).value();
  EXPECT_EQ(payload.find("anna"), std::string::npos);
  EXPECT_NE(recipient_hash("abc", "anna@example.org"), recipient_hash("abd", "anna@example.org"));
}

}  // namespace
}  // namespace weir::approvals
