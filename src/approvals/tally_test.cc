#include "approvals/tally.h"

#include <gtest/gtest.h>

namespace weir::approvals {
namespace {

Decision by(const std::string& who, Verdict verdict) {
  Decision decision;
  decision.by = who;
  decision.person = {who};
  decision.verdict = verdict;
  return decision;
}

Approval of_quorum(int64_t quorum) {
  Approval approval;
  approval.quorum = quorum;
  return approval;
}

Terms columns(std::vector<std::string> names) {
  Terms terms;
  terms.columns = std::move(names);
  return terms;
}

Terms rows(std::string filter) {
  Terms terms;
  terms.row_filter = std::move(filter);
  return terms;
}

Terms duration(int64_t seconds) {
  Terms terms;
  terms.duration_s = seconds;
  return terms;
}

TEST(Count, AsManyDifferentPeopleAsTheQuorumApprove) {
  auto two = of_quorum(2);
  auto first = by("anna@example.org", Verdict::approve);
  EXPECT_EQ(count(two, {}, first).value(), ApprovalState::open);
  EXPECT_EQ(count(two, {first}, by("bert@example.org", Verdict::approve)).value(), ApprovalState::approved);
}

TEST(Count, OnePersonDecidesOnceHoweverTheAddressIsSpelled) {
  auto again =
      count(of_quorum(2), {by("anna@example.org", Verdict::approve)}, by("Anna@Example.ORG", Verdict::approve));
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error().kind, base::Kind::conflict);
}

TEST(Count, WhatFollowsAPlusSignMakesNobodyElse) {
  auto first = by("anna@example.org", Verdict::approve);
  for (const auto* alias : {"anna+2@example.org", "ANNA+work@example.org", "anna+a+b@EXAMPLE.org"})
    EXPECT_FALSE(count(of_quorum(2), {first}, by(alias, Verdict::approve)).ok()) << alias;
  for (const auto* other : {"anna@example.com", "ann+a@example.org", "+anna@example.org", "bert+anna@example.org"})
    EXPECT_TRUE(count(of_quorum(2), {first}, by(other, Verdict::approve)).ok()) << other;
}

TEST(Count, WhoAbstainsDoesItOnce) {
  auto first = by("anna@example.org", Verdict::abstain);
  EXPECT_FALSE(count(of_quorum(1), {first}, by("anna@example.org", Verdict::abstain)).ok());
}

TEST(Count, ThePersonBehindAnAddressAndAPrincipalIsOne) {
  auto as_user = by("arn:aws:iam::111122223333:user/anna", Verdict::approve);
  as_user.person.emplace_back("anna@example.org");
  EXPECT_FALSE(count(of_quorum(2), {as_user}, by("anna@example.org", Verdict::approve)).ok());
}

TEST(Count, OneWhoDeniesOrWantsChangesEndsIt) {
  auto before = by("anna@example.org", Verdict::approve);
  EXPECT_EQ(count(of_quorum(3), {before}, by("b@example.org", Verdict::deny)).value(), ApprovalState::denied);
  EXPECT_EQ(count(of_quorum(3), {before}, by("b@example.org", Verdict::request_changes)).value(),
            ApprovalState::changes_requested);
}

TEST(Count, WhoAbstainedMayStillDecideAndDoesNotCount) {
  auto abstained = by("anna@example.org", Verdict::abstain);
  EXPECT_EQ(count(of_quorum(1), {}, abstained).value(), ApprovalState::open);
  EXPECT_EQ(count(of_quorum(2), {abstained}, by("b@example.org", Verdict::approve)).value(), ApprovalState::open);
  EXPECT_EQ(count(of_quorum(1), {abstained}, by("anna@example.org", Verdict::approve)).value(),
            ApprovalState::approved);
}

TEST(Narrowed, GivesWhatAllAgreeTo) {
  auto given = narrowed(columns({"a", "b", "c"}), {columns({"a", "b"}), columns({"b", "c"})}).value();
  EXPECT_EQ(given.columns, std::vector<std::string>{"b"});
  EXPECT_EQ(narrowed(rows("x = 1"), {rows("y = 2")}).value().row_filter, "(x = 1) AND (y = 2)");
  EXPECT_EQ(narrowed(duration(100), {duration(50), duration(70)}).value().duration_s, 50);
  EXPECT_EQ(narrowed({}, {duration(50)}).value().duration_s, 50);
}

TEST(Narrowed, NeverGivesMoreThanWasAskedOrNothing) {
  EXPECT_FALSE(narrowed(columns({"a"}), {columns({"a", "b"})}).ok());
  EXPECT_FALSE(narrowed(columns({"a", "b"}), {columns({"a"}), columns({"b"})}).ok());
  EXPECT_FALSE(narrowed({}, {columns({})}).ok());
  EXPECT_FALSE(narrowed(duration(10), {duration(11)}).ok());
  EXPECT_FALSE(narrowed({}, {duration(0)}).ok());
}

TEST(Narrowed, ARowFilterCannotLeaveItsBrackets) {
  for (const char* filter :
       {"a = 1) OR (1 = 1", "a = 1 -- ", "a = 'x", "a = 1 /* ", "a = 1; drop", ")(", "a = '\\' OR 1=1"})
    EXPECT_FALSE(narrowed(rows("x = 1"), {rows(filter)}).ok()) << filter;
  EXPECT_TRUE(narrowed(rows("x = 1"), {rows("a = 'it''s (fine' AND b IN (1, 2)")}).ok());
}

}  // namespace
}  // namespace weir::approvals
