#include "notifications/topic.h"

#include <gtest/gtest.h>

#include "notifications/subscription.h"
#include "notifications/webhook_url.h"
#include "policy/document.h"

namespace weir::notifications {
namespace {

TEST(Topic, NamesAreShortPlainAndNotFifo) {
  EXPECT_TRUE(check_topic_name("Data-Lake_1").ok());
  EXPECT_TRUE(check_topic_name(std::string(256, 'a')).ok());
  for (const auto& bad : {std::string(), std::string(257, 'a'), std::string("a b"), std::string("a/b"),
                          std::string("a.fifo"), std::string("\xc3\xa4")})
    EXPECT_FALSE(check_topic_name(bad).ok()) << bad;
}

TEST(Topic, AnArnNamesARegionAnAccountAndATopic) {
  auto name = parse_topic_arn("arn:aws:sns:eu-west-1:111122223333:t");
  ASSERT_TRUE(name.ok());
  EXPECT_EQ(name->arn(), "arn:aws:sns:eu-west-1:111122223333:t");
  for (auto* bad : {"", "t", "arn:aws:sqs:eu-west-1:111122223333:t", "arn:aws:sns::111122223333:t",
                    "arn:aws:sns:eu-west-1:11112222333:t", "arn:aws:sns:eu-west-1:111122223333:t:x",
                    "arn:aws:sns:eu-west-1:111122223333:"})
    EXPECT_FALSE(parse_topic_arn(bad).ok()) << bad;
}

TEST(Topic, TheDefaultPolicyIsAPolicy) {
  auto text = default_topic_policy({"us-east-1", "111122223333", "t"});
  EXPECT_TRUE(policy::parse_policy(text, policy::PolicyKind::resource).ok()) << text;
}

TEST(Subscription, AnArnIsTheTopicsAndAUuid) {
  auto name = parse_subscription_arn("arn:aws:sns:us-east-1:111122223333:t:0bd9cf53-14d4-4a2d-8f41-000000000000");
  ASSERT_TRUE(name.ok());
  EXPECT_EQ(name->topic.name, "t");
  for (auto* bad : {"PendingConfirmation", "pending confirmation", "arn:aws:sns:us-east-1:111122223333:t",
                    "arn:aws:sns:us-east-1:111122223333:t:0bd9cf53-14d4-4a2d-8f41-00000000000G"})
    EXPECT_FALSE(parse_subscription_arn(bad).ok()) << bad;
}

TEST(Subscription, ProtocolsThatLeadElsewhereAreRefusedByName) {
  EXPECT_TRUE(parse_protocol("email-json").ok());
  EXPECT_NE(parse_protocol("sms").error().says.find("sms are not offered"), std::string::npos);
  EXPECT_EQ(parse_protocol("pigeon").error().says,
            "Invalid parameter: Amazon SNS does not support this protocol string: pigeon");
}

TEST(Subscription, AnEndpointIsOfItsProtocol) {
  EXPECT_TRUE(check_endpoint(Protocol::email, "a@b.de").ok());
  EXPECT_FALSE(check_endpoint(Protocol::email, "a@b.de\r\nRCPT TO:<x@y.de>").ok());
  EXPECT_TRUE(check_endpoint(Protocol::https, "https://u:p@h.example:8443/x?y=z").ok());
  EXPECT_FALSE(check_endpoint(Protocol::https, "http://h.example/").ok());
  EXPECT_FALSE(check_endpoint(Protocol::http, "a@b.de").ok());
}

TEST(Subscription, AUrlIsShownToItsOwnerWithoutItsPasswordAndToOthersWithoutWhatOpensDoors) {
  Subscription subscription;
  subscription.owner = "111122223333";
  subscription.protocol = Protocol::https;
  auto shown = [&](std::string url, std::string_view viewer) {
    subscription.endpoint = std::move(url);
    return shown_endpoint(subscription, viewer);
  };
  std::string_view owner = "111122223333", other = "444455556666";
  EXPECT_EQ(shown("https://ann:secret@h.example/in?key=k", owner), "https://ann:****@h.example/in?key=k");
  EXPECT_EQ(shown("https://ann:secret@h.example/in?key=k", other), "https://****@h.example/in?****");
  EXPECT_EQ(shown("https://token@h.example:8443?key=k", other), "https://****@h.example:8443?****");
  EXPECT_EQ(shown("https://h.example/in@x", other), "https://h.example/in@x");
  EXPECT_EQ(shown("https://h.example?a@b", other), "https://h.example?****");
  EXPECT_EQ(shown("https://h.example/", other), "https://h.example/");
  EXPECT_EQ(shown("https://a@b@h.example/", other), "https://****@h.example/");
}

TEST(WebhookUrl, IsTakenApartOnce) {
  auto url = parse_webhook_url("https://ann:p%40ss@h.example:8443?y=z");
  ASSERT_TRUE(url.ok());
  EXPECT_EQ(url->origin, "https://h.example:8443");
  EXPECT_EQ(url->target, "/?y=z");
  EXPECT_EQ(url->userinfo, "ann:p@ss");
  EXPECT_EQ(without_password("https://ann:p%40ss@h.example:8443?y=z"), "https://ann:****@h.example:8443?y=z");
  EXPECT_EQ(without_password("https://token@h.example/x"), "https://****@h.example/x");
  EXPECT_EQ(without_password("https://h.example/a:b@c"), "https://h.example/a:b@c");
}

TEST(WebhookUrl, WhatTwoParsersCouldReadDifferentlyIsRefused) {
  for (std::string_view bad : {"ftp://h/", "http://", "http:///x", "http://h h/", "http://h/\r\nX: y", "http://h#f",
                               "http://h\\@evil/", "http://h:0/", "http://h:99999/", "http://h:8a/", "http://[::1/",
                               "http://h/\xc3\xa4", "http://a@b@c\x01/", "file:///etc/passwd"})
    EXPECT_FALSE(parse_webhook_url(bad).ok()) << bad;
  EXPECT_TRUE(parse_webhook_url("http://[::1]:80/").ok());  // whether it is reached is the client's to say
}

}  // namespace
}  // namespace weir::notifications
