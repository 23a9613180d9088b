#include "notifications/filter_policy.h"

#include <gtest/gtest.h>

namespace weir::notifications {
namespace {

using Attributes = std::map<std::string, MessageAttribute>;

Message with(Attributes attributes) {
  Message message;
  message.text = "text";
  message.attributes = std::move(attributes);
  return message;
}

bool attributes_match(std::string_view policy, Attributes attributes) {
  auto read = FilterPolicy::parse(policy, FilterScope::attributes);
  EXPECT_TRUE(read.ok()) << policy << ": " << (read.ok() ? "" : read.error().says);
  return read.ok() && wants(*read, FilterScope::attributes, with(std::move(attributes)), "text");
}

bool body_matches(std::string_view policy, const std::string& body) {
  auto read = FilterPolicy::parse(policy, FilterScope::body);
  EXPECT_TRUE(read.ok()) << policy << ": " << (read.ok() ? "" : read.error().says);
  return read.ok() && wants(*read, FilterScope::body, with({}), body);
}

std::string why_refused(std::string_view policy, FilterScope scope = FilterScope::attributes) {
  auto read = FilterPolicy::parse(policy, scope);
  EXPECT_FALSE(read.ok()) << policy;
  return read.ok() ? "" : read.error().says;
}

Attributes text(const std::string& value) { return {{"k", {"String", value}}}; }
Attributes number(const std::string& value) { return {{"k", {"Number", value}}}; }
Attributes list(const std::string& value) { return {{"k", {"String.Array", value}}}; }

TEST(FilterPolicy, AValueOfTheListIsEnough) {
  EXPECT_TRUE(attributes_match(R"({"k":["rugby","tennis"]})", text("tennis")));
  EXPECT_FALSE(attributes_match(R"({"k":["rugby","tennis"]})", text("baseball")));
  EXPECT_FALSE(attributes_match(R"({"k":["rugby"]})", text("Rugby")));
  EXPECT_TRUE(attributes_match(R"({"k":["rugby"]})", list(R"(["golf","rugby"])")));
}

TEST(FilterPolicy, EveryKeyMustFit) {
  constexpr auto kPolicy = R"({"k":["a"],"n":[{"numeric":[">",1]}]})";
  EXPECT_TRUE(attributes_match(kPolicy, {{"k", {"String", "a"}}, {"n", {"Number", "2"}}}));
  EXPECT_FALSE(attributes_match(kPolicy, {{"k", {"String", "a"}}, {"n", {"Number", "1"}}}));
  EXPECT_FALSE(attributes_match(kPolicy, text("a")));
}

TEST(FilterPolicy, TextIsComparedByPrefixSuffixWildcardAndCase) {
  EXPECT_TRUE(attributes_match(R"({"k":[{"prefix":"bas"}]})", text("baseball")));
  EXPECT_FALSE(attributes_match(R"({"k":[{"prefix":"bas"}]})", text("a bas")));
  EXPECT_TRUE(attributes_match(R"({"k":[{"suffix":"ball"}]})", text("baseball")));
  EXPECT_TRUE(attributes_match(R"({"k":[{"wildcard":"b*l*l"}]})", text("baseball")));
  EXPECT_FALSE(attributes_match(R"({"k":[{"wildcard":"b*x*l"}]})", text("baseball")));
  EXPECT_FALSE(attributes_match(R"({"k":[{"wildcard":"b?"}]})", text("bx")));  // a question mark is itself
  EXPECT_FALSE(attributes_match(R"({"k":[{"wildcard":"aba*ba"}]})", text("aba")));
  EXPECT_TRUE(attributes_match(R"({"k":[{"equals-ignore-case":"TENNIS"}]})", text("tennis")));
}

TEST(FilterPolicy, AnythingButMatchesWhatIsThereAndNotListed) {
  constexpr auto kPolicy = R"({"k":[{"anything-but":["rugby","tennis"]}]})";
  EXPECT_TRUE(attributes_match(kPolicy, text("golf")));
  EXPECT_FALSE(attributes_match(kPolicy, text("rugby")));
  EXPECT_FALSE(attributes_match(kPolicy, list(R"(["rugby","golf"])")));  // one that is listed is one too many
  EXPECT_TRUE(attributes_match(kPolicy, list(R"(["golf"])")));
  EXPECT_FALSE(attributes_match(kPolicy, {{"other", {"String", "golf"}}}));
  EXPECT_FALSE(attributes_match(R"({"k":[{"anything-but":{"prefix":"bas"}}]})", text("baseball")));
  EXPECT_TRUE(attributes_match(R"({"k":[{"anything-but":{"suffix":["ball","golf"]}}]})", text("rugby")));
}

TEST(FilterPolicy, NumbersAreComparedAsNumbers) {
  EXPECT_TRUE(attributes_match(R"({"k":[100]})", number("1e2")));
  EXPECT_TRUE(attributes_match(R"({"k":[{"numeric":[">=",-1.5,"<",2]}]})", number("-1.5")));
  EXPECT_FALSE(attributes_match(R"({"k":[{"numeric":[">",0,"<=",150]}]})", number("150.00001")));
  EXPECT_TRUE(attributes_match(R"({"k":[{"numeric":["=",0.3]}]})", number("0.300001")));  // five digits count
  EXPECT_FALSE(attributes_match(R"({"k":[100]})", text("100")));
  EXPECT_FALSE(attributes_match(R"({"k":["100"]})", number("100")));
}

TEST(FilterPolicy, PresenceIsAboutTheKey) {
  EXPECT_TRUE(attributes_match(R"({"k":[{"exists":true}]})", text("x")));
  EXPECT_FALSE(attributes_match(R"({"k":[{"exists":true}]})", {{"o", {"String", "x"}}}));
  EXPECT_TRUE(attributes_match(R"({"k":[{"exists":false}]})", {{"o", {"String", "x"}}}));
  EXPECT_FALSE(attributes_match(R"({"k":[{"exists":false}]})", text("x")));
  EXPECT_FALSE(attributes_match(R"({"k":[{"exists":false}]})", {}));  // AWS: not without any attribute
  EXPECT_TRUE(attributes_match("{}", {}));
}

TEST(FilterPolicy, AddressesAreComparedWithRanges) {
  EXPECT_TRUE(attributes_match(R"({"k":[{"cidr":"10.1.0.0/16"}]})", text("10.1.255.3")));
  EXPECT_FALSE(attributes_match(R"({"k":[{"cidr":"10.1.0.0/16"}]})", text("10.2.0.1")));
  EXPECT_TRUE(attributes_match(R"({"k":[{"cidr":"2001:db8::/32"}]})", text("2001:db8::7")));
}

TEST(FilterPolicy, AlternativesOfKeys) {
  constexpr auto kPolicy = R"({"source":["shop"],"$or":[{"metric":["cpu"]},{"space":["ec2","es"]}]})";
  EXPECT_TRUE(attributes_match(kPolicy, {{"source", {"String", "shop"}}, {"space", {"String", "es"}}}));
  EXPECT_FALSE(attributes_match(kPolicy, {{"source", {"String", "shop"}}, {"space", {"String", "x"}}}));
  EXPECT_FALSE(attributes_match(kPolicy, {{"space", {"String", "es"}}}));
}

TEST(FilterPolicy, BinaryAttributesAreNotLookedAt) {
  EXPECT_FALSE(attributes_match(R"({"k":[{"exists":true}]})", {{"k", {"Binary", "AA=="}}, {"o", {"String", "x"}}}));
}

TEST(FilterPolicy, ABodyIsMatchedAtEveryDepth) {
  constexpr auto kPolicy = R"({"order":{"price":[{"numeric":[">",10]}],"items":{"kind":["tea"]}}})";
  EXPECT_TRUE(body_matches(kPolicy, R"({"order":{"price":11,"items":{"kind":"tea"}}})"));
  EXPECT_FALSE(body_matches(kPolicy, R"({"order":{"price":11,"items":{"kind":"rum"}}})"));
  EXPECT_TRUE(body_matches(kPolicy, R"({"order":{"price":11,"items":[{"kind":"rum"},{"kind":"tea"}]}})"));
  EXPECT_FALSE(body_matches(kPolicy, R"({"order":"price"})"));
  EXPECT_FALSE(body_matches(kPolicy, "no json"));
  EXPECT_FALSE(body_matches("{}", "[1]"));
}

TEST(FilterPolicy, OneElementOfAnArrayMustFitAsAWhole) {
  constexpr auto kPolicy = R"({"i":{"kind":["tea"],"size":["big"]}})";
  EXPECT_FALSE(body_matches(kPolicy, R"({"i":[{"kind":"tea","size":"small"},{"kind":"rum","size":"big"}]})"));
  EXPECT_TRUE(body_matches(kPolicy, R"({"i":[{"kind":"tea","size":"big"}]})"));
}

TEST(FilterPolicy, NullTrueAndFalseAreValues) {
  EXPECT_TRUE(body_matches(R"({"k":[null]})", R"({"k":null})"));
  EXPECT_FALSE(body_matches(R"({"k":[null]})", R"({})"));
  EXPECT_TRUE(body_matches(R"({"k":[true]})", R"({"k":true})"));
  EXPECT_FALSE(body_matches(R"({"k":[true]})", R"({"k":"true"})"));
}

TEST(FilterPolicy, WhatAwsRefusesIsRefused) {
  EXPECT_NE(why_refused("[1").find("failed to parse JSON"), std::string::npos);
  EXPECT_NE(why_refused(R"({"k":"v"})").find("must be an object or an array"), std::string::npos);
  EXPECT_NE(why_refused(R"({"k":[]})").find("Empty arrays"), std::string::npos);
  EXPECT_NE(why_refused(R"({"k":[["v"]]})").find("Match value must be"), std::string::npos);
  EXPECT_NE(why_refused(R"({"k":[{"sounds-like":"v"}]})").find("Unrecognized match type"), std::string::npos);
  EXPECT_NE(why_refused(R"({"k":[{"numeric":["<"]}]})").find("must be numeric"), std::string::npos);
  EXPECT_NE(why_refused(R"({"k":[{"numeric":["=",2000000000]}]})").find("between"), std::string::npos);
  EXPECT_NE(why_refused(R"({"k":[{"exists":"yes"}]})").find("true or false"), std::string::npos);
  EXPECT_NE(why_refused(R"({"k":[{"cidr":"10.0.0.0"}]})").find("CIDR"), std::string::npos);
  EXPECT_NE(why_refused(R"({"k":{"l":["v"]}})").find("does not support nested"), std::string::npos);
  EXPECT_NE(why_refused(R"({"a":[1],"b":[1],"c":[1],"d":[1],"e":[1],"f":[1]})").find("5 keys"), std::string::npos);
}

TEST(FilterPolicy, CombinationsAreBounded) {
  std::string many = R"({"a":[0)";
  for (int i = 1; i < 150; ++i) many += "," + std::to_string(i);
  EXPECT_TRUE(FilterPolicy::parse(many + "]}", FilterScope::attributes).ok());
  EXPECT_NE(why_refused(many + R"(],"b":[1,2]})").find("too complex"), std::string::npos);
}

TEST(FilterPolicy, DepthIsBounded) {
  std::string deep, end;
  for (int i = 0; i < 40; ++i) deep += R"({"k":)", end += "}";
  EXPECT_NE(why_refused(deep + "[1]" + end, FilterScope::body).find("too deep"), std::string::npos);
}

}  // namespace
}  // namespace weir::notifications
