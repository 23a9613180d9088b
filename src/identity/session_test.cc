#include "identity/session.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "identity/session_payload.h"

namespace weir::identity {
namespace {

const base::Instant kNow{std::chrono::seconds(1'800'000'000)};

struct Sealing : testing::Test {
  base::SeededRandomness randomness{5};
  KeyRing ring = KeyRing::fresh(kNow, randomness);

  static Session full() {
    Session session;
    session.kind = SessionKind::vended;
    session.access_key_id = "ASIAQAAAAAAAAAAAAAAA";
    session.account = names::AccountId::parse("111122223333").value();
    session.principal_id = "AROAABCDEFGHIJKLMNOPQ";
    session.principal_arn = "arn:aws:iam::111122223333:role/lake/reader";
    session.name = "query-1";
    session.issued = kNow;
    session.expires = kNow + std::chrono::hours(1);
    session.tags = {{"LakeFormationAuthorizedCaller", "hello_world"}, {"empty", ""}};
    session.transitive_keys = {"empty"};
    session.source_identity = "ann";
    session.chained = true;
    session.policy = R"({"Version":"2012-10-17"})";
    session.policy_arns = {"arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"};
    session.lake_formation_user = LakeFormationUser{"arn:aws:iam::111122223333:saml-provider/idp", "ann", {"hr", "it"}};
    session.scope = VendingScope{"arn:aws:glue:eu-west-1:111122223333:table/d/t", {"SELECT"}, {"s3://b/a", "s3://b/c"}};
    session.sign_in = SignIn{.provider = "arn:aws:iam::111122223333:oidc-provider/idp.example.com",
                             .subject = "ann",
                             .subject_type = "persistent",
                             .name_qualifier = "q",
                             .audience = "weir",
                             .methods = {"pwd", "otp"},
                             .addresses = {"ana@example.org", "a.lind@example.org"},
                             .provider_id = "5e0c0cf5-7a3b-4a0a-9f2e-2f7a3f6f3c11"};
    session.maker = Maker{"arn:aws:iam::111122223333:saml-provider/idp",
                          "ann",
                          "arn:aws:iam::111122223333:saml-provider/idp:user/ann",
                          {"ann@example.org", "a@example.org"}};
    return session;
  }
};

TEST_F(Sealing, EveryFieldComesBack) {
  auto sealed = seal_session(full(), ring, randomness).value();
  auto opened = open_session(sealed.token, ring).value();
  EXPECT_EQ(opened.session, full());
  EXPECT_EQ(opened.secret.reveal(), sealed.secret.reveal());
  EXPECT_EQ(sealed.secret.reveal().size(), 40u);
}

TEST_F(Sealing, TheSmallestSessionComesBack) {
  Session session;
  session.issued = session.expires = kNow;
  auto opened = open_session(seal_session(session, ring, randomness).value().token, ring).value();
  EXPECT_EQ(opened.session, session);
}

TEST_F(Sealing, TwoTokensOfOneSessionHaveDifferentSecrets) {
  auto a = seal_session(full(), ring, randomness).value(), b = seal_session(full(), ring, randomness).value();
  EXPECT_NE(a.token, b.token);
  EXPECT_NE(a.secret.reveal(), b.secret.reveal());
}

TEST_F(Sealing, NoFlippedBitOfATokenOpens) {
  auto token = seal_session(full(), ring, randomness).value().token;
  for (size_t i = 0; i < token.size(); ++i)
    for (int bit = 0; bit < 8; ++bit) {
      auto bent = token;
      bent[i] = static_cast<char>(bent[i] ^ (1 << bit));
      ASSERT_FALSE(open_session(bent, ring).ok()) << i << "/" << bit;
    }
}

TEST_F(Sealing, NoCutOrLengthenedTokenOpens) {
  auto token = seal_session(full(), ring, randomness).value().token;
  for (size_t n = 0; n < token.size(); ++n) ASSERT_FALSE(open_session(token.substr(0, n), ring).ok()) << n;
  for (auto* more : {"A", "AA", "AAAA", "=", " ", "\n"}) EXPECT_FALSE(open_session(token + more, ring).ok());
  EXPECT_FALSE(open_session(std::string(100'000, 'A'), ring).ok());
}

TEST_F(Sealing, TokenOfAnotherDeploymentDoesNotOpenEvenWithTheSameKey) {
  auto token = seal_session(full(), ring, randomness).value().token;
  auto text = ring.text().reveal();
  auto at = text.find(ring.deployment());
  text[at] = text[at] == '0' ? '1' : '0';
  auto other = KeyRing::parse(text).value();
  EXPECT_EQ(open_session(token, other).error().kind, base::Kind::unauthenticated);
}

TEST_F(Sealing, TokenOfAnUnknownKeyIsExpired) {
  auto token = seal_session(full(), ring, randomness).value().token;
  auto other = KeyRing::fresh(kNow, randomness);
  EXPECT_EQ(open_session(token, other).error().kind, base::Kind::expired);
}

TEST_F(Sealing, RotatedKeyStillOpensUntilItRetires) {
  auto token = seal_session(full(), ring, randomness).value().token;
  auto later = ring.rotated(KeyUse::session, kNow, randomness);
  EXPECT_TRUE(open_session(token, later).ok());
  EXPECT_NE(seal_session(full(), later, randomness).value().token.substr(0, 9), token.substr(0, 9));
  later = later.rotated(KeyUse::session, kNow + kVerifyOnlyKept, randomness);
  EXPECT_TRUE(open_session(token, later).ok());
  later = later.rotated(KeyUse::session, kNow + kVerifyOnlyKept + std::chrono::seconds(1), randomness);
  EXPECT_EQ(open_session(token, later).error().kind, base::Kind::expired);
}

TEST_F(Sealing, TooLargeASessionSaysHowMuchTooLarge) {
  Session session = full();
  for (int i = 0; i < 48; ++i)
    session.tags.push_back({std::string(120, 'k') + std::to_string(i), std::string(256, 'v')});
  auto sealed = seal_session(session, ring, randomness);
  ASSERT_FALSE(sealed.ok());
  EXPECT_EQ(sealed.error().kind, base::Kind::limit_exceeded);
  EXPECT_EQ(sealed.error().about, "packed policy");
  EXPECT_NE(sealed.error().says.find('%'), std::string::npos);
}

TEST_F(Sealing, LargestTokenIsExactlyWithinTheCap) {
  Session session;
  session.issued = session.expires = kNow;
  size_t largest = 0;
  for (size_t n = 4000; n < 5000; ++n) {
    session.policy = std::string(n, 'p');
    auto sealed = seal_session(session, ring, randomness);
    if (!sealed.ok()) break;
    largest = sealed->token.size();
    EXPECT_LE(sealed->packed_percent, 100);
    ASSERT_TRUE(open_session(sealed->token, ring).ok());
  }
  EXPECT_LE(largest, kTokenBytesMax);
  EXPECT_GE(largest, kTokenBytesMax - 3);
}

TEST_F(Sealing, AnOrdinaryTokenIsShort) {
  Session session;
  session.access_key_id = "ASIAQAAAAAAAAAAAAAAA";
  session.account = names::AccountId::parse("111122223333").value();
  session.principal_id = "AROAABCDEFGHIJKLMNOPQ";
  session.principal_arn = "arn:aws:iam::111122223333:role/integration";
  session.name = "query-1";
  session.issued = kNow, session.expires = kNow + std::chrono::hours(1);
  session.tags = {{"LakeFormationAuthorizedCaller", "hello_world"}};
  EXPECT_LT(seal_session(session, ring, randomness).value().token.size(), 320u);
}

TEST(SessionPayload, OnlyTheCanonicalFormIsRead) {
  auto session = Sealing::full();
  auto payload = encode_session(session);
  EXPECT_EQ(encode_session(decode_session(payload).value()), payload);
  EXPECT_FALSE(decode_session("").ok());
  EXPECT_FALSE(decode_session(payload + '\x22' + '\0').ok()) << "an unknown field";
  EXPECT_FALSE(decode_session(payload + payload).ok()) << "fields out of order";
  std::string long_length = payload;
  long_length.replace(1, 1, std::string("\x81\x00", 2));
  EXPECT_FALSE(decode_session(long_length).ok()) << "a length in more bytes than needed";
  for (size_t n = 0; n < payload.size(); ++n) {
    auto cut = decode_session(std::string_view(payload).substr(0, n));
    if (cut.ok()) {
      EXPECT_EQ(encode_session(*cut), payload.substr(0, n));
    }
  }
}

// What was sealed before sessions said by whom they were made, byte for byte.
TEST(SessionPayload, WhatTheEarlierCodeWroteIsRead) {
  auto field = [](char number, const std::string& bytes) {
    return std::string{number, static_cast<char>(bytes.size())} + bytes;
  };
  std::string at("\x80\xa4\xa7\xda\x06", 5);  // 1800000000
  auto written = field(1, "\x01") + field(2, "ASIAQAAAAAAAAAAAAAAA") + field(3, "111122223333") +
                 field(4, "AROAABCDEFGHIJKLMNOPQ") + field(5, "arn:aws:iam::111122223333:role/reader") + field(6, "q") +
                 field(7, at) + field(8, at) + field(12, "") +
                 field(22, "arn:aws:iam::111122223333:saml-provider/idp") + field(23, "ann") +
                 field(28, "ann@example.org");
  auto session = decode_session(written);
  ASSERT_TRUE(session.ok());
  EXPECT_EQ(session->issued, kNow);
  EXPECT_EQ(session->sign_in->addresses, std::vector<std::string>{"ann@example.org"});
  EXPECT_FALSE(session->maker.has_value());
  EXPECT_EQ(encode_session(*session), written);
}

TEST(SessionPayload, FieldsOfAPartNeedThePart) {
  Session session;
  session.issued = session.expires = kNow;
  auto start = encode_session(session);
  EXPECT_FALSE(decode_session(start + std::string("\x10\x01"
                                                  "a",
                                                  3))
                   .ok());
  EXPECT_FALSE(decode_session(start + std::string("\x13\x01"
                                                  "a",
                                                  3))
                   .ok());
  EXPECT_FALSE(decode_session(start + "\x1e\x01" + "a").ok()) << "an id of no maker";
}

}  // namespace
}  // namespace weir::identity
