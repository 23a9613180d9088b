#include "policy/condition.h"

#include <gtest/gtest.h>

#include "base/json.h"
#include "policy/scene.h"

namespace weir::policy {
namespace {

Context facts() {
  Context out;
  out.set("aws:username", "Ana").set("aws:userid", "ana*").set("k:empty", "");
  out.set("k:ten", "10").set("k:word", "ten").set("k:date", "2026-11-22T10:00:00Z").set("k:epoch", "1795341600");
  out.set("k:true", "True").set("k:bytes", std::string("\x01\x02\xff", 3));
  out.set("k:v4", "203.0.113.5").set("k:v6", "2001:db8::5").set("k:mapped", "::ffff:203.0.113.5");
  out.set("k:arn", "arn:aws:iam::111111111111:role/team/x:y");
  out.set_list("k:many", {"a", "b"}).set_list("k:one", {"a"}).set_list("k:none", {});
  return out;
}

struct Row {
  std::string_view block;
  bool expected;
};

bool holds(std::string_view block, Effect effect = Effect::allow) {
  auto json = base::parse_json(with_double_quotes(block));
  EXPECT_TRUE(json.ok()) << block;
  auto conditions = compile_conditions(*json, Variables::replaced, false);
  EXPECT_TRUE(conditions.ok()) << block << (conditions.ok() ? "" : conditions.error().says);
  if (!conditions.ok()) return false;
  auto context = facts();
  for (auto& condition : *conditions)
    if (!condition.holds(context, effect)) return false;
  return true;
}

void check(std::initializer_list<Row> rows) {
  for (auto& row : rows) EXPECT_EQ(holds(row.block), row.expected) << row.block;
}

}  // namespace

TEST(Condition, StringOperators) {
  check({
      {"{'StringEquals':{'AWS:UserName':'Ana'}}", true},
      {"{'StringEquals':{'aws:username':'ana'}}", false},
      {"{'StringEquals':{'aws:username':'A*'}}", false},
      {"{'StringEquals':{'aws:userid':'ana${*}'}}", true},
      {"{'StringEquals':{'aws:userid':'ana*'}}", true},
      {"{'StringEquals':{'aws:username':['x','Ana']}}", true},
      {"{'StringEquals':{'aws:username':[]}}", false},
      {"{'StringNotEquals':{'aws:username':[]}}", true},
      {"{'StringEquals':{'k:empty':''}}", true},
      {"{'StringEquals':{'k:ten':10}}", true},
      {"{'StringNotEquals':{'aws:username':['x','Ana']}}", false},
      {"{'StringNotEquals':{'aws:username':['x','y']}}", true},
      {"{'StringEqualsIgnoreCase':{'aws:username':'ANA'}}", true},
      {"{'StringNotEqualsIgnoreCase':{'aws:username':'ANA'}}", false},
      {"{'StringLike':{'aws:username':'A?a'}}", true},
      {"{'StringLike':{'aws:username':'a*'}}", false},
      {"{'StringLike':{'aws:userid':'ana${*}'}}", true},
      {"{'StringLike':{'aws:username':'An${*}'}}", false},
      {"{'StringNotLike':{'aws:username':'A*'}}", false},
      {"{'StringNotLike':{'aws:username':'B*'}}", true},
      {"{'StringEquals':{'aws:username':'${aws:username}'}}", true},
      {"{'StringLike':{'aws:username':'${aws:userid}'}}", false},
      {"{'StringEquals':{'aws:username':'${k:many}'}}", false},
      {"{'StringEquals':{'aws:username':'${k:absent, \\u0027Ana\\u0027}'}}", true},
  });
}

TEST(Condition, NumericOperators) {
  check({
      {"{'NumericEquals':{'k:ten':'10.0'}}", true},
      {"{'NumericEquals':{'k:ten':10}}", true},
      {"{'NumericEquals':{'k:ten':[9,10]}}", true},
      {"{'NumericNotEquals':{'k:ten':10}}", false},
      {"{'NumericNotEquals':{'k:ten':11}}", true},
      {"{'NumericLessThan':{'k:ten':10}}", false},
      {"{'NumericLessThan':{'k:ten':10.5}}", true},
      {"{'NumericLessThanEquals':{'k:ten':10}}", true},
      {"{'NumericGreaterThan':{'k:ten':9}}", true},
      {"{'NumericGreaterThan':{'k:ten':10}}", false},
      {"{'NumericGreaterThanEquals':{'k:ten':10}}", true},
      {"{'NumericEquals':{'k:word':10}}", false},
      {"{'NumericNotEquals':{'k:word':10}}", false},
  });
}

TEST(Condition, DateOperators) {
  check({
      {"{'DateEquals':{'k:date':'2026-11-22T10:00:00Z'}}", true},
      {"{'DateEquals':{'k:date':'2026-11-22T12:00:00+02:00'}}", true},
      {"{'DateEquals':{'k:date':'1795341600'}}", true},
      {"{'DateEquals':{'k:epoch':'2026-11-22T10:00:00Z'}}", true},
      {"{'DateNotEquals':{'k:date':'2026-11-22'}}", true},
      {"{'DateLessThan':{'k:date':'2026-11-22T10:00:01Z'}}", true},
      {"{'DateLessThan':{'k:date':'2026-11-22T10:00:00Z'}}", false},
      {"{'DateLessThanEquals':{'k:date':'2026-11-22T10:00:00Z'}}", true},
      {"{'DateGreaterThan':{'k:date':'2026-11'}}", true},
      {"{'DateGreaterThan':{'k:date':'2026'}}", true},
      {"{'DateGreaterThanEquals':{'k:date':'2027'}}", false},
      {"{'DateGreaterThan':{'k:word':'2020'}}", false},
  });
}

TEST(Condition, BoolBinaryAndNull) {
  check({
      {"{'Bool':{'k:true':'true'}}", true},
      {"{'Bool':{'k:true':true}}", true},
      {"{'Bool':{'k:true':'FALSE'}}", false},
      {"{'Bool':{'k:true':'${k:true}'}}", true},
      {"{'Bool':{'k:word':'true'}}", false},
      {"{'BinaryEquals':{'k:bytes':'AQL/'}}", true},
      {"{'BinaryEquals':{'k:bytes':'AQIA'}}", false},
      {"{'Null':{'k:absent':'true'}}", true},
      {"{'Null':{'k:absent':'false'}}", false},
      {"{'Null':{'k:ten':'false'}}", true},
      {"{'Null':{'k:ten':true}}", false},
      {"{'Null':{'k:none':'true'}}", true},
      {"{'Null':{'k:many':'false'}}", true},
  });
}

TEST(Condition, IpOperators) {
  check({
      {"{'IpAddress':{'k:v4':'203.0.113.0/24'}}", true},
      {"{'IpAddress':{'k:v4':'203.0.113.5'}}", true},
      {"{'IpAddress':{'k:v4':'203.0.113.77/24'}}", true},
      {"{'IpAddress':{'k:v4':'203.0.113.6/31'}}", false},
      {"{'IpAddress':{'k:v4':'203.0.113.4/31'}}", true},
      {"{'IpAddress':{'k:v4':'0.0.0.0/0'}}", true},
      {"{'IpAddress':{'k:v4':'::/0'}}", false},
      {"{'IpAddress':{'k:v6':'2001:db8::/32'}}", true},
      {"{'IpAddress':{'k:v6':'2001:db9::/32'}}", false},
      {"{'IpAddress':{'k:v6':['10.0.0.0/8','2001:db8::5']}}", true},
      {"{'IpAddress':{'k:mapped':'203.0.113.0/24'}}", true},
      {"{'IpAddress':{'k:v4':'::ffff:203.0.113.0/120'}}", true},
      {"{'NotIpAddress':{'k:v4':'203.0.113.0/24'}}", false},
      {"{'NotIpAddress':{'k:v4':'10.0.0.0/8'}}", true},
      {"{'NotIpAddress':{'k:word':'10.0.0.0/8'}}", false},
      {"{'IpAddress':{'k:word':'10.0.0.0/8'}}", false},
  });
}

TEST(Condition, ArnOperators) {
  check({
      {"{'ArnEquals':{'k:arn':'arn:aws:iam::111111111111:role/team/x:y'}}", true},
      {"{'ArnEquals':{'k:arn':'arn:aws:iam::*:role/team/*'}}", true},
      {"{'ArnLike':{'k:arn':'arn:aws:iam::*:role/*'}}", true},
      {"{'ArnLike':{'k:arn':'arn:aws:iam:*:*:role/x:y'}}", false},
      {"{'ArnLike':{'k:arn':'*'}}", true},
      {"{'ArnLike':{'k:arn':'${k:arn}'}}", true},
      {"{'ArnNotEquals':{'k:arn':'arn:aws:iam::*:role/*'}}", false},
      {"{'ArnNotLike':{'k:arn':'arn:aws:iam::*:user/*'}}", true},
      {"{'ArnLike':{'k:word':'arn:aws:iam::*:user/*'}}", false},
      {"{'ArnNotLike':{'k:word':'arn:aws:iam::*:user/*'}}", false},
  }  // An ArnLike pattern with fewer than six parts does not compile.
  );
  EXPECT_FALSE(Condition::compile("ArnLike", "k:arn", {"arn:aws:*"}, Variables::replaced).ok());
}

TEST(Condition, MissingKeysFailPositiveAndHoldNegatedOperators) {
  check({
      {"{'StringEquals':{'k:absent':'a'}}", false},
      {"{'StringLike':{'k:absent':'*'}}", false},
      {"{'StringNotEquals':{'k:absent':'a'}}", true},
      {"{'StringNotLike':{'k:absent':'*'}}", true},
      {"{'NumericEquals':{'k:absent':1}}", false},
      {"{'NumericNotEquals':{'k:absent':1}}", true},
      {"{'DateLessThan':{'k:absent':'2026'}}", false},
      {"{'DateNotEquals':{'k:absent':'2026'}}", true},
      {"{'Bool':{'k:absent':'false'}}", false},
      {"{'BinaryEquals':{'k:absent':''}}", false},
      {"{'IpAddress':{'k:absent':'0.0.0.0/0'}}", false},
      {"{'NotIpAddress':{'k:absent':'0.0.0.0/0'}}", true},
      {"{'ArnLike':{'k:absent':'*'}}", false},
      {"{'ArnNotLike':{'k:absent':'*'}}", true},
  });
}

TEST(Condition, IfExistsPardonsAbsenceOnly) {
  check({
      {"{'StringEqualsIfExists':{'k:absent':'a'}}", true},
      {"{'StringEqualsIfExists':{'aws:username':'a'}}", false},
      {"{'StringEqualsIfExists':{'aws:username':'Ana'}}", true},
      {"{'NumericLessThanIfExists':{'k:absent':1}}", true},
      {"{'BoolIfExists':{'k:absent':'true'}}", true},
      {"{'BoolIfExists':{'k:true':'false'}}", false},
      {"{'IpAddressIfExists':{'k:absent':'10.0.0.0/8'}}", true},
      {"{'ArnLikeIfExists':{'k:absent':'*'}}", true},
      {"{'ForAnyValue:StringEqualsIfExists':{'k:absent':'a'}}", true},
      {"{'ForAllValues:StringEqualsIfExists':{'k:many':'a'}}", false},
  });
}

TEST(Condition, SetOperators) {
  check({
      {"{'ForAllValues:StringEquals':{'k:many':['a','b','c']}}", true},
      {"{'ForAllValues:StringEquals':{'k:many':['a']}}", false},
      {"{'ForAllValues:StringEquals':{'k:absent':['a']}}", true},
      {"{'ForAllValues:StringEquals':{'k:none':['a']}}", true},
      {"{'ForAllValues:StringLike':{'k:many':'*'}}", true},
      {"{'ForAllValues:StringNotEquals':{'k:many':['c']}}", true},
      {"{'ForAllValues:StringNotEquals':{'k:many':['a']}}", false},
      {"{'ForAllValues:StringNotEquals':{'k:absent':['a']}}", true},
      {"{'ForAnyValue:StringEquals':{'k:many':['b','z']}}", true},
      {"{'ForAnyValue:StringEquals':{'k:many':['z']}}", false},
      {"{'ForAnyValue:StringEquals':{'k:absent':['a']}}", false},
      {"{'ForAnyValue:StringEquals':{'k:none':['a']}}", false},
      {"{'ForAnyValue:StringNotEquals':{'k:many':['a']}}", true},
      {"{'ForAnyValue:StringNotEquals':{'k:many':['a','b']}}", false},
      {"{'ForAnyValue:StringNotEquals':{'k:absent':['a']}}", false},
      {"{'ForAnyValue:StringEquals':{'aws:username':['Ana']}}", true},
      {"{'ForAllValues:StringEquals':{'aws:username':['Ana']}}", true},
  });
}

TEST(Condition, SingleValuedOperatorsDoNotLookIntoLists) {
  EXPECT_FALSE(holds("{'StringEquals':{'k:many':'a'}}"));
  EXPECT_FALSE(holds("{'StringEquals':{'k:one':'a'}}"));
  EXPECT_FALSE(holds("{'StringNotEquals':{'k:many':'z'}}"));
  EXPECT_TRUE(holds("{'StringNotEquals':{'k:many':'z'}}", Effect::deny));
  EXPECT_FALSE(holds("{'StringEqualsIfExists':{'k:many':'a'}}"));
}

TEST(Condition, AllKeysOfAllOperatorsMustHold) {
  EXPECT_TRUE(holds("{'StringEquals':{'aws:username':'Ana','k:ten':'10'},'Bool':{'k:true':'true'}}"));
  EXPECT_FALSE(holds("{'StringEquals':{'aws:username':'Ana','k:ten':'11'},'Bool':{'k:true':'true'}}"));
  EXPECT_FALSE(holds("{'StringEquals':{'aws:username':'Ana'},'Bool':{'k:true':'false'}}"));
  EXPECT_TRUE(holds("{}"));
}

TEST(Condition, WhatCannotBeComparedFallsToTheClosedSide) {
  for (std::string_view block :
       {"{'NumericNotEquals':{'k:word':1}}", "{'NotIpAddress':{'k:word':'10.0.0.0/8'}}",
        "{'DateNotEquals':{'k:word':'2026'}}", "{'StringNotEquals':{'aws:username':'${k:absent}'}}"}) {
    EXPECT_FALSE(holds(block, Effect::allow)) << block;
    EXPECT_TRUE(holds(block, Effect::deny)) << block;
  }
}

TEST(Condition, NonsenseDoesNotCompile) {
  for (std::string_view block : {"{'StringMatches':{'k:a':'x'}}",
                                 "{'NullIfExists':{'k:a':'true'}}",
                                 "{'ForAnyValue:Null':{'k:a':'true'}}",
                                 "{'ForSomeValue:StringEquals':{'k:a':'x'}}",
                                 "{'IfExists':{'k:a':'x'}}",
                                 "{'':{'k:a':'x'}}",
                                 "{'StringEquals':{'novendor':'x'}}",
                                 "{'StringEquals':{':x':'x'}}",
                                 "{'StringEquals':{'x:':'x'}}",
                                 "{'StringEquals':'x'}",
                                 "{'StringEquals':{'k:a':{}}}",
                                 "{'StringEquals':{'k:a':[['x']]}}",
                                 "{'StringEquals':{'k:a':null}}",
                                 "{'NumericEquals':{'k:a':'ten'}}",
                                 "{'NumericEquals':{'k:a':'inf'}}",
                                 "{'NumericEquals':{'k:a':'nan'}}",
                                 "{'NumericEquals':{'k:a':'${k:ten}'}}",
                                 "{'DateEquals':{'k:a':'soon'}}",
                                 "{'DateEquals':{'k:a':'1e30'}}",
                                 "{'Bool':{'k:a':'yes'}}",
                                 "{'Null':{'k:a':'maybe'}}",
                                 "{'Null':{'k:a':'${k:true}'}}",
                                 "{'BinaryEquals':{'k:a':'%%%'}}",
                                 "{'IpAddress':{'k:a':'10.0.0.0/33'}}",
                                 "{'IpAddress':{'k:a':'10.0.0/8'}}",
                                 "{'IpAddress':{'k:a':'::/129'}}",
                                 "{'IpAddress':{'k:a':'10.0.0.0/'}}",
                                 "{'IpAddress':{'k:a':'10.0.0.0/-1'}}",
                                 "{'IpAddress':{'k:a':'::ffff:10.0.0.0/8'}}",
                                 "{'Gibberish':{}}",
                                 "{'StringLike':{'k:a':'${'}}"}) {
    auto json = base::parse_json(with_double_quotes(block));
    ASSERT_TRUE(json.ok()) << block;
    EXPECT_FALSE(compile_conditions(*json, Variables::replaced, false).ok()) << block;
  }
}

TEST(Condition, LenientReadingKeepsUnknownOperatorsFailingClosed) {
  auto json = *base::parse_json(with_double_quotes("{'StringMatches':{'aws:username':'Ana'}}"));
  auto conditions = compile_conditions(json, Variables::replaced, true);
  ASSERT_TRUE(conditions.ok());
  ASSERT_EQ(conditions->size(), 1u);
  EXPECT_FALSE(conditions->front().understood());
  EXPECT_FALSE(conditions->front().holds(facts(), Effect::allow));
  EXPECT_TRUE(conditions->front().holds(facts(), Effect::deny));
}

TEST(Condition, OperatorNamesIgnoreCase) {
  EXPECT_TRUE(holds("{'stringequals':{'aws:username':'Ana'}}"));
  EXPECT_TRUE(holds("{'FORANYVALUE:stringlikeifexists':{'k:absent':'x'}}"));
}

}  // namespace weir::policy
