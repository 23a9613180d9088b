#include "vending/scope.h"

#include <gtest/gtest.h>

#include "base/json.h"
#include "base/text.h"

namespace weir::vending {
namespace {

constexpr Wanted kSelect{.select = true};

names::S3Path path(std::string_view text) { return names::S3Path::parse(text).value(); }

// Undoes ${*} and friends: what the literal parts of a pattern stand for.
bool pattern_matches(std::string pattern, std::string_view text) {
  // Wildcards that stand for themselves are mapped, on both sides, to characters no test path has.
  auto swap = [](std::string s, std::string_view from, char to) {
    for (size_t at; (at = s.find(from)) != s.npos;) s.replace(at, from.size(), 1, to);
    return s;
  };
  std::string subject(text);
  subject = swap(swap(swap(subject, "*", '\x01'), "?", '\x02'), "$", '\x03');
  pattern = swap(swap(swap(pattern, "${*}", '\x01'), "${?}", '\x02'), "${$}", '\x03');
  return base::glob_match(pattern, subject);
}

struct Policy {
  base::Json json;
  explicit Policy(const Scope& scope) : json(base::parse_json(session_policy(scope)).value()) {}

  bool allows(std::string_view action, const std::string& resource, std::string_view prefix = {}) const {
    for (const auto& statement : *json.find("Statement")->as_array()) {
      if (statement.text("Effect") != "Allow" || !pattern_matches(statement.text("Resource"), resource)) continue;
      for (const auto& one : *statement.find("Action")->as_array())
        if (*one.as_string() == action && condition_holds(statement, prefix)) return true;
    }
    return false;
  }
  static bool condition_holds(const base::Json& statement, std::string_view prefix) {
    const auto* condition = statement.find("Condition");
    if (!condition) return true;
    for (const auto& pattern : *condition->find("StringLike")->find("s3:prefix")->as_array())
      if (pattern_matches(*pattern.as_string(), prefix)) return true;
    return false;
  }
};

Policy policy_for(std::string_view location, Wanted wanted) {
  return Policy(scope_for(path(location), std::nullopt, wanted, "arn").value());
}

TEST(Scope, SelectReadsTheTablesPrefixAndNothingElse) {
  auto policy = policy_for("s3://lake/sales/orders/", kSelect);
  EXPECT_TRUE(policy.allows("s3:GetObject", "arn:aws:s3:::lake/sales/orders/part-0.parquet"));
  EXPECT_TRUE(policy.allows("s3:GetObject", "arn:aws:s3:::lake/sales/orders/dt=1/part-0.parquet"));
  EXPECT_FALSE(policy.allows("s3:GetObject", "arn:aws:s3:::lake/sales/customers/part-0.parquet"));
  EXPECT_FALSE(policy.allows("s3:PutObject", "arn:aws:s3:::lake/sales/orders/part-0.parquet"));
  EXPECT_FALSE(policy.allows("s3:DeleteObject", "arn:aws:s3:::lake/sales/orders/part-0.parquet"));
}

TEST(Scope, SiblingsWithTheSameBeginningAreNotMatched) {
  auto policy = policy_for("s3://b/a", kSelect);
  EXPECT_TRUE(policy.allows("s3:GetObject", "arn:aws:s3:::b/a/x"));
  EXPECT_FALSE(policy.allows("s3:GetObject", "arn:aws:s3:::b/ab"));
  EXPECT_FALSE(policy.allows("s3:GetObject", "arn:aws:s3:::b/ab/x"));
  EXPECT_FALSE(policy.allows("s3:ListBucket", "arn:aws:s3:::b", "ab/"));
  EXPECT_FALSE(policy.allows("s3:ListBucket", "arn:aws:s3:::b", "ab"));
  EXPECT_FALSE(policy.allows("s3:GetObject", "arn:aws:s3:::ba/a/x"));
}

TEST(Scope, ListingNeedsThePrefix) {
  auto policy = policy_for("s3://b/a", kSelect);
  EXPECT_FALSE(policy.allows("s3:ListBucket", "arn:aws:s3:::b", "a")) << "it would show what lies under ab, too";
  EXPECT_TRUE(policy.allows("s3:ListBucket", "arn:aws:s3:::b", "a/"));
  EXPECT_TRUE(policy.allows("s3:ListBucket", "arn:aws:s3:::b", "a/dt=1"));
  EXPECT_FALSE(policy.allows("s3:ListBucket", "arn:aws:s3:::b", ""));
  EXPECT_FALSE(policy.allows("s3:ListBucket", "arn:aws:s3:::b", "other/"));
}

TEST(Scope, InsertAndDeleteWriteWithoutReading) {
  for (auto wanted : {Wanted{.insert = true}, Wanted{.delete_ = true}}) {
    auto policy = policy_for("s3://b/a", wanted);
    EXPECT_TRUE(policy.allows("s3:PutObject", "arn:aws:s3:::b/a/x"));
    EXPECT_TRUE(policy.allows("s3:DeleteObject", "arn:aws:s3:::b/a/x"));
    EXPECT_FALSE(policy.allows("s3:GetObject", "arn:aws:s3:::b/a/x"));
  }
}

TEST(Scope, AllReadsAndWrites) {
  auto policy = policy_for("s3://b/a", Wanted{.all = true});
  EXPECT_TRUE(policy.allows("s3:GetObject", "arn:aws:s3:::b/a/x"));
  EXPECT_TRUE(policy.allows("s3:PutObject", "arn:aws:s3:::b/a/x"));
  EXPECT_FALSE(policy.allows("s3:PutObject", "arn:aws:s3:::b/c/x"));
}

TEST(Scope, WildcardsInAPathStandForThemselves) {
  auto policy = policy_for("s3://b/a*", kSelect);
  EXPECT_TRUE(policy.allows("s3:GetObject", "arn:aws:s3:::b/a*/x"));
  EXPECT_FALSE(policy.allows("s3:GetObject", "arn:aws:s3:::b/abc/x"));
  auto variable = session_policy(scope_for(path("s3://b/${aws:username}"), std::nullopt, kSelect, "").value());
  EXPECT_EQ(variable.find("${aws:username}"), std::string::npos);
}

TEST(Scope, ATableThatIsAWholeBucketCoversTheBucketOnly) {
  auto policy = policy_for("s3://b", kSelect);
  EXPECT_TRUE(policy.allows("s3:GetObject", "arn:aws:s3:::b/x"));
  EXPECT_TRUE(policy.allows("s3:ListBucket", "arn:aws:s3:::b", ""));
  EXPECT_FALSE(policy.allows("s3:GetObject", "arn:aws:s3:::bb/x"));
}

TEST(Scope, APathInsideTheTableNarrowsAndAPathOutsideIsRefused) {
  auto table = path("s3://b/a");
  auto inside = scope_for(table, path("s3a://b/a/dt=1/"), kSelect, "").value();
  EXPECT_EQ(inside.place.url(), "s3://b/a/dt=1");
  EXPECT_FALSE(scope_for(table, path("s3://b/ab"), kSelect, "").ok());
  EXPECT_FALSE(scope_for(table, path("s3://c/a"), kSelect, "").ok());
  EXPECT_FALSE(scope_for(table, path("s3://b"), kSelect, "").ok());
  EXPECT_FALSE(scope_for(table, path("s3://b/a/../c"), kSelect, "").ok());
}

TEST(Scope, NothingWantedIsRefusedAndAnEmptyScopeAllowsNothing) {
  EXPECT_FALSE(scope_for(path("s3://b/a"), std::nullopt, Wanted{}, "").ok());
  Scope scope;
  scope.place = path("s3://b/a");
  Policy policy(scope);
  EXPECT_FALSE(policy.allows("s3:GetObject", "arn:aws:s3:::b/a/x"));
  EXPECT_EQ(policy.json.find("Statement")->as_array()->front().text("Effect"), "Deny");
}

TEST(Scope, QuotesInAPathStayInsideTheirString) {
  auto scope = scope_for(path("s3://b/a\",\"s3:*"), std::nullopt, kSelect, "").value();
  Policy policy(scope);
  EXPECT_FALSE(policy.allows("s3:GetObject", "arn:aws:s3:::b/other"));
  EXPECT_EQ(policy.json.find("Statement")->as_array()->size(), 2u);
}

TEST(Duration, IsAnHourUnlessAskedAndStaysWithinItsBounds) {
  using base::Seconds;
  Seconds role_max{43200};
  EXPECT_EQ(duration_of(VendingCall::table, std::nullopt, role_max).value(), Seconds(3600));
  EXPECT_EQ(duration_of(VendingCall::table, 900, role_max).value(), Seconds(900));
  EXPECT_FALSE(duration_of(VendingCall::table, 899, role_max).ok());
  EXPECT_FALSE(duration_of(VendingCall::saml, 43201, role_max).ok());
}

TEST(Duration, IsCappedByTheCallAndTheRole) {
  using base::Seconds;
  EXPECT_EQ(duration_of(VendingCall::partition, 43200, Seconds(43200)).value(), Seconds(21600));
  EXPECT_EQ(duration_of(VendingCall::data_location, 43200, Seconds(43200)).value(), Seconds(43200));
  EXPECT_EQ(duration_of(VendingCall::table, 7200, Seconds(3600)).value(), Seconds(3600));
}

}  // namespace
}  // namespace weir::vending
