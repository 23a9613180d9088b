#include "app/iam/iam_targets.h"

#include <gtest/gtest.h>

namespace weir::app {
namespace {

identity::Role role() {
  identity::Role role;
  role.account = names::AccountId::parse("111122223333").value();
  role.name = "engine";
  role.path = "/svc/";
  role.id = "AROAAAAAAAAAAAAAAAAAA";
  role.tags = {{"team", "data"}};
  role.boundary = "arn:aws:iam::aws:policy/ReadOnlyAccess";
  return role;
}

TEST(IamTargets, AskIsAboutTheArnWithItsPathAndTheTagsOfTheRecord) {
  auto ask = ask_about({"iam:GetRole"}, role());
  EXPECT_EQ(ask.action, "iam:GetRole");
  EXPECT_EQ(ask.resource, "arn:aws:iam::111122223333:role/svc/engine");
  EXPECT_EQ(ask.owner, "111122223333");
  EXPECT_EQ(ask.extra.text("aws:ResourceTag/Team"), "data");
  EXPECT_EQ(ask.extra.text("iam:ResourceTag/team"), "data");
}

TEST(IamTargets, BoundaryIsAKeyOfTheActionsThatHaveOne) {
  EXPECT_EQ(ask_about({"iam:GetRole"}, role()).extra.find("iam:PermissionsBoundary"), nullptr);
  EXPECT_EQ(ask_about({"iam:PutRolePolicy", {}, true}, role()).extra.text("iam:PermissionsBoundary"),
            "arn:aws:iam::aws:policy/ReadOnlyAccess");
  auto free = role();
  free.boundary.reset();
  EXPECT_EQ(ask_about({"iam:PutRolePolicy", {}, true}, free).extra.find("iam:PermissionsBoundary"), nullptr);
}

TEST(IamTargets, ChangeHappensOnlyToWhatWasAskedAbout) {
  EXPECT_TRUE(check_unchanged(role(), role()).ok());
  auto again = role(), moved = role(), tagged = role(), freed = role();
  again.id = "AROABBBBBBBBBBBBBBBBB";
  moved.path = "/";
  tagged.tags[0].value = "ops";
  freed.boundary.reset();
  for (auto& other : {again, moved, tagged, freed})
    EXPECT_EQ(check_unchanged(role(), other).error().kind, base::Kind::precondition_failed);
}

TEST(IamTargets, PoliciesOfARoleMayChangeMeanwhile) {
  auto changed = role();
  changed.policies.attached.push_back("arn:aws:iam::aws:policy/ReadOnlyAccess");
  changed.description = "another";
  EXPECT_TRUE(check_unchanged(role(), changed).ok());
}

TEST(IamTargets, RequestTagsAreAListOfKeysEvenWhenThereIsOne) {
  policy::Context context;
  describe_request_tags({{"team", "data"}}, context);
  EXPECT_EQ(context.text("aws:RequestTag/team"), "data");
  EXPECT_TRUE(context.find("aws:TagKeys")->list);
  policy::Context none;
  describe_request_tags({}, none);
  EXPECT_EQ(none.find("aws:TagKeys"), nullptr);
}

TEST(IamTargets, ActionsAreNamedAfterTheirNoun) {
  EXPECT_EQ(iam_action<identity::User>("Put", "Policy"), "iam:PutUserPolicy");
  EXPECT_EQ(iam_action<identity::Group>("List", "Policies"), "iam:ListGroupPolicies");
  EXPECT_EQ(iam_action<identity::Role>("Tag"), "iam:TagRole");
}

}  // namespace
}  // namespace weir::app
