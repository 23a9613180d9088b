#include "permissions/grant_change.h"

#include <gtest/gtest.h>

#include "permissions/scenario_words.h"

namespace weir::permissions {
namespace {

using scenario::kAccount;

GrantRequest request(const char* object, PrivilegeSet privileges, PrivilegeSet option = {}) {
  return {Principal::parse(scenario::principal("role/a")).value(), scenario::object(object).value(), privileges,
          option};
}
GrantFacts facts(std::vector<Grant> held = {}) {
  GrantFacts out;
  out.held = std::move(held);
  out.by = "someone";
  out.now = base::Instant(std::chrono::microseconds(5));
  return out;
}
Grant granted(const char* object, PrivilegeSet privileges, PrivilegeSet option = {}) {
  return plan_grant(request(object, privileges, option), facts()).value().put.at(0);
}
std::string refusal(const base::Result<GrantPlan>& plan) { return plan.ok() ? "accepted" : plan.error().says; }
bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST(Grant, RecordsReadBackAsWritten) {
  for (const char* object :
       {"catalog", "database d", "d.t", "d.*", "d.t(a,b)", "d.t(* - a)", "filter f on d.t", "location s3://b/a"}) {
    Grant grant;
    grant.principal = scenario::principal("role/a");
    grant.resource = scenario::object(object).value();
    grant.privileges = {Privilege::all, Privilege::select};
    grant.grant_option = {Privilege::select};
    grant.grantable = ColumnSet::only({"a"});
    grant.last_updated = base::Instant(std::chrono::microseconds(123456789));
    grant.last_updated_by = "x";
    EXPECT_EQ(base::decode_record<Grant>(base::encode_record(grant)).value(), grant) << object;
  }
}

TEST(Grant, GrantingAgainChangesNothingNotEvenTheDate) {
  auto once = granted("d.t", {Privilege::select});
  auto plan = plan_grant(request("d.t", {Privilege::select}), facts({once})).value();
  EXPECT_TRUE(plan.put.empty() && plan.erase.empty());
}

TEST(Grant, PrivilegesAddUpAndAllStaysAll) {
  auto plan = plan_grant(request("d.t", {Privilege::select}), facts({granted("d.t", {Privilege::all})})).value();
  EXPECT_EQ(plan.put.at(0).privileges, (PrivilegeSet{Privilege::all, Privilege::select}));
  EXPECT_EQ(plan.put.at(0).last_updated_by, "someone");
}

TEST(Grant, TheOptionIsASubset) {
  EXPECT_TRUE(has(refusal(plan_grant(request("d.t", {Privilege::select}, {Privilege::insert}), facts())), "subset"));
  EXPECT_FALSE(plan_grant(request("d.t", {}), facts()).ok());
}

TEST(Grant, WrongLevelsSayWhatIsAllowedThere) {
  auto says = refusal(plan_grant(request("database d", {Privilege::select}), facts()));
  EXPECT_TRUE(has(says, "Permissions modification is invalid."));
  EXPECT_TRUE(has(says, "allowed there: ALL, DESCRIBE, ALTER, DROP, CREATE_TABLE"));
}

TEST(Grant, LinksAndViewsTakeOnlyTheirOwn) {
  TableFacts link;
  link.is_link = true;
  TableFacts view;
  view.is_view = true;
  auto with = [&](const TableFacts& table) {
    auto f = facts();
    f.table = &table;
    return f;
  };
  EXPECT_TRUE(has(refusal(plan_grant(request("d.t", {Privilege::select}), with(link))), "resource link"));
  EXPECT_TRUE(plan_grant(request("d.t", {Privilege::describe}), with(link)).ok());
  EXPECT_TRUE(plan_grant(request("d.t", {Privilege::select}), with(view)).ok());
  EXPECT_FALSE(plan_grant(request("d.t", {Privilege::insert}), with(view)).ok());
  EXPECT_FALSE(plan_grant(request("d.t(a)", {Privilege::select}), with(view)).ok());
  EXPECT_FALSE(plan_grant(request("filter f on d.t", {Privilege::select}), with(view)).ok());
}

TEST(Grant, EveryColumnIsTheTable) {
  auto plan = plan_grant(request("d.t(*)", {Privilege::select}), facts()).value();
  EXPECT_EQ(plan.put.at(0).resource.kind, ResourceKind::table);
  EXPECT_FALSE(plan_grant(request("d.t(*)", {Privilege::insert}), facts()).ok());
}

TEST(Grant, NoticesTellWhatTheGrantorMayNotExpect) {
  auto notices = [](const char* object, std::vector<Grant> held) {
    return plan_grant(request(object, {Privilege::select}), facts(std::move(held))).value().notices;
  };
  auto table = granted("d.t", {Privilege::select});
  auto one = granted("filter one on d.t", {Privilege::select});
  EXPECT_TRUE(has(notices("filter two on d.t", {one}).at(0), "together"));
  EXPECT_TRUE(has(notices("d.t", {one}).at(0), "ineffective"));
  EXPECT_TRUE(has(notices("filter one on d.t", {table}).at(0), "no effect"));
  EXPECT_TRUE(has(notices("d.t(* - a)", {}).at(0), "added to the table later"));
  EXPECT_TRUE(notices("d.t", {}).empty());
}

TEST(Grant, AHundredFiltersAreTheMost) {
  std::vector<Grant> held;
  for (int i = 0; i < 100; ++i)
    held.push_back(granted(("filter f" + std::to_string(i) + " on d.t").c_str(), {Privilege::select}));
  EXPECT_EQ(plan_grant(request("filter more on d.t", {Privilege::select}), facts(held)).error().kind,
            base::Kind::limit_exceeded);
  EXPECT_TRUE(plan_grant(request("filter f7 on d.t", {Privilege::select}), facts(held)).ok());
}

TEST(Grant, KindsOfLaterVersionsAreRefusedByName) {
  auto later = request("d.t", {Privilege::select});
  later.resource.kind = ResourceKind::nested_catalog;
  EXPECT_EQ(plan_grant(later, facts()).error().kind, base::Kind::unsupported);
  EXPECT_EQ(plan_revoke(later, facts()).error().kind, base::Kind::unsupported);
}

TEST(Grant, PoliciesHoldWhatTheirTargetsCan) {
  auto ok = [](const char* object, PrivilegeSet set) { return plan_grant(request(object, set), facts()).ok(); };
  EXPECT_TRUE(ok("tables with a=b", {Privilege::select, Privilege::insert, Privilege::all}));
  EXPECT_TRUE(ok("databases of expression e", {Privilege::create_table, Privilege::describe}));
  EXPECT_FALSE(ok("tables with a=b", {Privilege::create_table}));
  EXPECT_FALSE(ok("databases with a=b", {Privilege::select}));
  EXPECT_TRUE(ok("expression e", {Privilege::alter, Privilege::grant_with_lf_tag_expression}));
  EXPECT_FALSE(ok("expression e", {Privilege::associate}));
}

TEST(Grant, AlterAndDropAreOfALfTagAsAWhole) {
  EXPECT_TRUE(plan_grant(request("tag a=*", {Privilege::alter, Privilege::drop, Privilege::associate}), facts()).ok());
  EXPECT_TRUE(plan_grant(request("tag a=b", {Privilege::associate, Privilege::describe}), facts()).ok());
  auto refused = plan_grant(request("tag a=b", {Privilege::alter}), facts());
  ASSERT_FALSE(refused.ok());
  EXPECT_TRUE(has(refused.error().says, "grant it with the value *")) << refused.error().says;
}

TEST(Grant, FiftyPoliciesAreTheMostUnderAnyConditions) {
  std::vector<Grant> held;
  for (int i = 0; i < 50; ++i) {
    held.push_back(granted(("tables with a=v" + std::to_string(i)).c_str(), {Privilege::select}));
    if (i % 2) held.back().condition = "true";
  }
  EXPECT_EQ(plan_grant(request("tables with a=more", {Privilege::select}), facts(held)).error().kind,
            base::Kind::limit_exceeded);
  EXPECT_EQ(plan_grant(request("tables with a=v1", {Privilege::select}), facts(held)).error().kind,
            base::Kind::limit_exceeded)
      << "without its condition it is another one";
  EXPECT_TRUE(plan_grant(request("tables with a=v0", {Privilege::insert}), facts(held)).ok());
  EXPECT_TRUE(plan_grant(request("tag a=b", {Privilege::describe}), facts(held)).ok());
}

TEST(Grant, AnInlineExpressionHas900BytesAtMost) {
  auto of_size = [](size_t bytes) {
    std::string text = "tables with k=";
    for (size_t left = bytes - 1; left > 0;) {
      auto n = std::min<size_t>(left, 100);
      auto tail = std::to_string(left);
      text += std::string(n - tail.size(), 'x') + tail + (left > n ? "," : "");
      left -= n;
    }
    return plan_grant(request(text.c_str(), {Privilege::select}), facts());
  };
  EXPECT_TRUE(of_size(897).ok());
  EXPECT_FALSE(of_size(950).ok());
  EXPECT_TRUE(has(of_size(950).error().says, "Save it"));
}

TEST(Grant, AConditionIsReadAndKeptTrimmed) {
  auto conditional = request("d.t", {Privilege::select});
  conditional.condition = " true || false ";
  auto plan = plan_grant(conditional, facts()).value();
  EXPECT_EQ(plan.put.at(0).condition, "true || false");
  conditional.condition = "true ||";
  EXPECT_TRUE(has(plan_grant(conditional, facts()).error().says, "cannot be read at character"));
  conditional.condition = "  ";
  EXPECT_EQ(plan_grant(conditional, facts()).value().put.at(0).condition, "");
}

TEST(Grant, AConditionNeedsAPrincipalThatHasTags) {
  for (const char* who : {"role/a", "user/a", "all-principals"})
    EXPECT_TRUE(checked_condition(Principal::parse(scenario::principal(who)).value(), "true").ok()) << who;
  for (const char* who : {"saml-user/a", "saml-group/a", "everybody"})
    EXPECT_FALSE(checked_condition(Principal::parse(scenario::principal(who)).value(), "true").ok()) << who;
}

TEST(Grant, GrantsThatDifferInTheirConditionStandBesideEachOther) {
  auto held = granted("d.t", {Privilege::select});
  auto conditional = request("d.t", {Privilege::select});
  conditional.condition = "true";
  ASSERT_EQ(plan_grant(conditional, facts({held})).value().put.size(), 1u) << "not the one that is there";
  EXPECT_FALSE(plan_revoke(conditional, facts({held})).ok());
  held.condition = "true";
  EXPECT_TRUE(plan_grant(conditional, facts({held})).value().put.empty());
  EXPECT_EQ(plan_revoke(conditional, facts({held})).value().erase.size(), 1u);
}

TEST(Grant, EverybodyHoldsNothingThroughTags) {
  auto open = request("tables with a=b", {Privilege::all});
  open.principal = Principal::parse("IAM_ALLOWED_PRINCIPALS").value();
  EXPECT_FALSE(plan_grant(open, facts()).ok());
  open.resource = scenario::object("tag a=b").value();
  EXPECT_FALSE(plan_grant(open, facts()).ok());
}

TEST(Revoke, TakesTheOptionAlongOrAlone) {
  auto held = granted("d.t", {Privilege::select, Privilege::insert}, {Privilege::select, Privilege::insert});
  auto both = plan_revoke(request("d.t", {Privilege::select}), facts({held})).value().put.at(0);
  EXPECT_EQ(both.privileges, PrivilegeSet{Privilege::insert});
  EXPECT_EQ(both.grant_option, PrivilegeSet{Privilege::insert});
  auto option = plan_revoke(request("d.t", {}, {Privilege::select}), facts({held})).value().put.at(0);
  EXPECT_EQ(option.privileges, held.privileges);
  EXPECT_EQ(option.grant_option, PrivilegeSet{Privilege::insert});
}

TEST(Revoke, TheLastPrivilegeErasesTheRecord) {
  auto plan = plan_revoke(request("d.t", {Privilege::select}), facts({granted("d.t", {Privilege::select})})).value();
  EXPECT_TRUE(plan.put.empty());
  EXPECT_EQ(plan.erase.size(), 1u);
}

TEST(Revoke, WhatIsNotHeldIsAnErrorThatListsWhatIs) {
  auto says = refusal(plan_revoke(request("d.t", {Privilege::insert}), facts({granted("d.t", {Privilege::select})})));
  EXPECT_TRUE(has(says, "No permissions revoked. Grantee "));
  EXPECT_TRUE(has(says, "SELECT on table d.t"));
  EXPECT_TRUE(has(refusal(plan_revoke(request("d.t", {Privilege::insert}), facts())), "nothing there"));
  EXPECT_TRUE(
      has(refusal(plan_revoke(request("d.t", {}, {Privilege::select}), facts({granted("d.t", {Privilege::select})}))),
          "No permissions revoked."));
}

TEST(Revoke, ColumnsThatNoLongerExistCanBeTakenBack) {
  TableFacts now{{{"id", "bigint", false}}};
  auto f = facts({granted("d.t(gone)", {Privilege::select})});
  f.table = &now;
  EXPECT_EQ(plan_revoke(request("d.t(gone)", {Privilege::select}), f).value().erase.size(), 1u);
}

TEST(Revoke, NeverWidens) {
  // Revoking columns from an exclusion hides more; revoking an exclusion leaves only what it excluded.
  auto but_a = granted("d.t(* - a)", {Privilege::select});
  auto less = plan_revoke(request("d.t(b)", {Privilege::select}), facts({but_a})).value().put.at(0);
  EXPECT_EQ(less.resource.columns, ColumnSet::all_except({"a", "b"}));
  auto rest = plan_revoke(request("d.t(* - a,c)", {Privilege::select}), facts({but_a})).value().put.at(0);
  EXPECT_EQ(rest.resource.columns, ColumnSet::only({"c"}));
}

}  // namespace
}  // namespace weir::permissions
