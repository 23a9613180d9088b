#include "events/pattern.h"

#include <gtest/gtest.h>

#include "events/event.h"

namespace weir::events {
namespace {

base::Json envelope() {
  Event event{.id = "e1",
              .account = "111122223333",
              .region = "us-east-1",
              .source = "app.orders",
              .detail_type = "order.placed",
              .resources = {"arn:aws:glue:us-east-1:111122223333:table/db/t"},
              .detail = *base::parse_json(R"({"total":12,"items":[{"sku":"a1"}],"note":null,"state":"OPEN"})")};
  return envelope_of(event);
}

bool picks(const std::string& pattern) {
  auto parsed = EventPattern::parse(pattern);
  EXPECT_TRUE(parsed.ok()) << pattern << ": " << (parsed.ok() ? "" : parsed.error().says);
  return parsed.ok() && parsed->matches(envelope());
}

std::string refusal(const std::string& pattern) {
  auto parsed = EventPattern::parse(pattern);
  return parsed.ok() ? "" : parsed.error().says;
}

TEST(EventPattern, EveryFieldMustFitAndOneOfItsValues) {
  EXPECT_TRUE(picks(R"({"source":["app.orders"]})"));
  EXPECT_TRUE(picks(R"({"source":["other","app.orders"],"detail-type":["order.placed"]})"));
  EXPECT_FALSE(picks(R"({"source":["app.orders"],"detail-type":["order.paid"]})"));
  EXPECT_FALSE(picks(R"({"nowhere":["x"]})"));
}

TEST(EventPattern, TestsReachIntoTheDetail) {
  EXPECT_TRUE(picks(R"({"detail":{"total":[{"numeric":[">",10,"<=",12]}]}})"));
  EXPECT_FALSE(picks(R"({"detail":{"total":[{"numeric":[">",12]}]}})"));
  EXPECT_TRUE(picks(R"({"detail":{"items":{"sku":["a1"]}}})"));
  EXPECT_TRUE(picks(R"({"detail":{"note":[null]}})"));
  EXPECT_TRUE(picks(R"({"detail":{"missing":[{"exists":false}]}})"));
  EXPECT_TRUE(picks(R"({"detail":{"state":[{"equals-ignore-case":"open"}]}})"));
  EXPECT_TRUE(picks(R"({"resources":[{"wildcard":"arn:aws:glue:*:table/db/*"}]})"));
  EXPECT_TRUE(picks(R"({"$or":[{"source":["no"]},{"detail":{"state":[{"anything-but":"CLOSED"}]}}]})"));
}

TEST(EventPattern, HasMoreThanFiveKeys) {
  EXPECT_TRUE(picks(R"({"version":["0"],"id":["e1"],"account":["111122223333"],"region":["us-east-1"],
                        "source":["app.orders"],"detail-type":["order.placed"],"detail":{"total":[12]}})"));
}

TEST(EventPattern, WhatDoesNotParseIsRefusedWithAReason) {
  for (auto* text : {"", "x", "[]", "{}", R"({"source":"app"})", R"({"source":[]})", R"({"source":[{"no":1}]})",
                     R"({"detail":{}})", R"({"a":[{"numeric":[">"]}]})"})
    EXPECT_TRUE(refusal(text).starts_with("Event pattern is not valid. Reason: ")) << text << refusal(text);
  EXPECT_FALSE(refusal(R"({"a":[")" + std::string(kPatternBytesMax, 'x') + "\"]}").empty());
}

TEST(EventPattern, OnlyTheProgramSpeaksInReservedNames) {
  for (auto* source : {"aws.glue", "AWS.s3", "weir.access", "Weir.x"}) EXPECT_TRUE(is_reserved_source(source));
  for (auto* source : {"app", "awsome", "weird.app", "my.aws.x"}) EXPECT_FALSE(is_reserved_source(source));
}

}  // namespace
}  // namespace weir::events
