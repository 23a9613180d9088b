#include "notifications/notice.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "base/text.h"

namespace weir::notifications {
namespace {

Notice notification() {
  Notice notice;
  notice.message_id = "id-1";
  notice.topic_arn = "arn:aws:sns:us-east-1:111122223333:harvest";
  notice.message = "a \"quoted\"\nline";
  notice.unsubscribe_url = "https://lake/-/sns/unsubscribe?x=1&y=2";
  notice.time = *base::parse_iso8601("2026-11-22T01:02:03.5Z");
  return notice;
}

const Signer& signer() {
  static const Signer made = [] {
    base::SystemRandomness randomness;
    return Signer::load(*make_signer(base::SystemClock().now(), randomness)).value();
  }();
  return made;
}

// As a subscriber checks it, with nothing but the certificate.
bool verifies(const std::string& certificate, const EVP_MD* digest, const std::string& text,
              const std::string& base64) {
  auto signature = base::unbase64(base64).value();
  auto* bio = BIO_new_mem_buf(certificate.data(), static_cast<int>(certificate.size()));
  auto* x509 = PEM_read_bio_X509(bio, nullptr, nullptr, nullptr);
  auto* key = X509_get_pubkey(x509);
  auto* context = EVP_MD_CTX_new();
  bool good = EVP_DigestVerifyInit(context, nullptr, digest, nullptr, key) == 1 &&
              EVP_DigestVerify(context, reinterpret_cast<const unsigned char*>(signature.data()), signature.size(),
                               reinterpret_cast<const unsigned char*>(text.data()), text.size()) == 1;
  EVP_MD_CTX_free(context);
  EVP_PKEY_free(key);
  X509_free(x509);
  BIO_free(bio);
  return good;
}

TEST(Notice, OfANotificationTheNamedMembersAreSigned) {
  auto notice = notification();
  EXPECT_EQ(string_to_sign(notice),
            "Message\na \"quoted\"\nline\nMessageId\nid-1\nTimestamp\n2026-11-22T01:02:03.500Z\n"
            "TopicArn\narn:aws:sns:us-east-1:111122223333:harvest\nType\nNotification\n");
  notice.subject = "Harvest";
  EXPECT_NE(string_to_sign(notice).find("MessageId\nid-1\nSubject\nHarvest\nTimestamp\n"), std::string::npos);
}

TEST(Notice, OfAConfirmationTheTokenAndItsLinkAreSigned) {
  auto notice = notification();
  notice.type = NoticeType::subscription_confirmation;
  notice.token = "t0";
  notice.subscribe_url = "https://lake/?Action=ConfirmSubscription";
  EXPECT_EQ(string_to_sign(notice),
            "Message\na \"quoted\"\nline\nMessageId\nid-1\nSubscribeURL\nhttps://lake/?Action=ConfirmSubscription\n"
            "Timestamp\n2026-11-22T01:02:03.500Z\nToken\nt0\n"
            "TopicArn\narn:aws:sns:us-east-1:111122223333:harvest\nType\nSubscriptionConfirmation\n");
}

TEST(Notice, BothVersionsVerifyWithTheCertificate) {
  auto notice = notification();
  auto text = string_to_sign(notice);
  for (auto [version, digest] : {std::pair{"1", EVP_sha1()}, std::pair{"2", EVP_sha256()}}) {
    auto json = signed_json(notice, signer(), version, "https://lake/cert.pem");
    ASSERT_TRUE(json.ok());
    auto read = base::parse_json(*json);
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read->text("SignatureVersion"), version);
    EXPECT_TRUE(verifies(signer().certificate(), digest, text, read->text("Signature")));
    EXPECT_FALSE(verifies(signer().certificate(), digest, text + "x", read->text("Signature")));
  }
}

TEST(Notice, TheJsonHasTheMembersOfItsType) {
  auto notice = notification();
  notice.attributes["k"] = {"String", "v\"<"};
  auto json = base::parse_json(*signed_json(notice, signer(), "1", "https://lake/cert.pem"));
  ASSERT_TRUE(json.ok());
  std::vector<std::string> names;
  for (const auto& [name, value] : *json->as_object()) names.push_back(name);
  EXPECT_EQ(names,
            (std::vector<std::string>{"Type", "MessageId", "TopicArn", "Message", "Timestamp", "SignatureVersion",
                                      "Signature", "SigningCertURL", "UnsubscribeURL", "MessageAttributes"}));
  EXPECT_EQ(json->text("Message"), notice.message);
  EXPECT_EQ(json->find("MessageAttributes")->find("k")->text("Value"), "v\"<");
}

TEST(Signer, ALinkTokenIsOfOneThing) {
  EXPECT_EQ(signer().link_token("a"), signer().link_token("a"));
  EXPECT_NE(signer().link_token("a"), signer().link_token("b"));
  EXPECT_EQ(signer().link_token("a").size(), 43u);
}

TEST(Signer, AnotherDeploymentHasAnotherKeyAndAnotherName) {
  base::SystemRandomness randomness;
  auto other = Signer::load(*make_signer(base::SystemClock().now(), randomness)).value();
  EXPECT_NE(other.certificate_name(), signer().certificate_name());
  EXPECT_NE(other.link_token("a"), signer().link_token("a"));
}

}  // namespace
}  // namespace weir::notifications
