#include "app/permissions/grant_rows.h"

#include <gtest/gtest.h>

namespace weir::app {
namespace {

using permissions::Grant;
using permissions::Privilege;
using permissions::PrivilegeSet;
using permissions::Resource;

constexpr std::string_view kAccount = "111122223333";

Grant grant(base::Result<Resource> resource, PrivilegeSet privileges, PrivilegeSet option = {}) {
  Grant out;
  out.principal = "arn:aws:iam::111122223333:role/a";
  out.resource = *resource;
  out.privileges = privileges;
  out.grant_option = option;
  return out;
}

Grant on_tag(std::string_view key, std::string_view value, PrivilegeSet privileges) {
  return grant(Resource::of_tag(kAccount, key, value), privileges);
}

TEST(GrantRows, SelectOnATableIsARowOfItsOwnOnAllColumns) {
  auto rows = rows_of({grant(Resource::of_table(kAccount, "d", "t"), {Privilege::select, Privilege::insert},
                             {Privilege::select, Privilege::insert})});
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].grant.privileges, PrivilegeSet{Privilege::insert});
  EXPECT_EQ(rows[0].grant.grant_option, PrivilegeSet{Privilege::insert});
  EXPECT_EQ(rows[1].grant.resource.kind, permissions::ResourceKind::columns);
  EXPECT_TRUE(rows[1].grant.resource.columns.is_all());
  EXPECT_EQ(rows[1].grant.grant_option, PrivilegeSet{Privilege::select});
}

TEST(GrantRows, AllIsNotSplit) {
  EXPECT_EQ(rows_of({grant(Resource::of_table(kAccount, "d", "t"), {Privilege::all})}).size(), 1u);
}

TEST(GrantRows, ValuesWithTheSamePrivilegesAreOneRowHoweverTheyStand) {
  auto rows = rows_of({on_tag("k", "a", {Privilege::associate}), on_tag("k", "b", {Privilege::describe}),
                       on_tag("k", "c", {Privilege::associate})});
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].tag_values, (std::vector<std::string>{"a", "c"}));
  EXPECT_EQ(rows[1].tag_values, std::vector<std::string>{"b"});
}

TEST(GrantRows, ConditionsAndGrantOptionsKeepValuesApart) {
  auto conditional = on_tag("k", "b", {Privilege::associate});
  conditional.condition = "true";
  auto passing = on_tag("k", "c", {Privilege::associate});
  passing.grant_option = {Privilege::associate};
  EXPECT_EQ(rows_of({on_tag("k", "a", {Privilege::associate}), conditional, passing}).size(), 3u);
}

TEST(GrantRows, AMergedRowHasTheDateOfItsLatestValue) {
  auto early = on_tag("k", "a", {Privilege::associate}), late = on_tag("k", "b", {Privilege::associate});
  early.last_updated_by = "early";
  late.last_updated = early.last_updated + base::Seconds(1);
  late.last_updated_by = "late";
  auto rows = rows_of({early, late});
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].grant.last_updated_by, "late");
}

TEST(GrantRows, OnlyValuesOfOneKeyAndPrincipalJoin) {
  auto a = on_tag("k", "a", {Privilege::associate});
  auto other_key = on_tag("l", "a", {Privilege::associate});
  auto other_principal = a;
  other_principal.principal += "b";
  EXPECT_TRUE(joins(a, on_tag("k", "b", {Privilege::describe})));
  EXPECT_FALSE(joins(a, other_key));
  EXPECT_FALSE(joins(a, other_principal));
  EXPECT_FALSE(joins(a, grant(Resource::of_catalog(kAccount), {Privilege::create_database})));
}

TEST(GrantRows, DifferentRowsHaveDifferentPlacesInTheOrder) {
  auto table = grant(Resource::of_table(kAccount, "d", "t"), {Privilege::select, Privilege::insert});
  auto part = grant(Resource::of_columns(kAccount, "d", "t", permissions::ColumnSet::only({"a"})), {Privilege::select});
  auto rows = rows_of({table, part});
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_NE(order_of(rows[0]), order_of(rows[1]));
  EXPECT_NE(order_of(rows[1]), order_of(rows[2]));
}

TEST(GrantRows, TypesChooseWhatTheyName) {
  auto database = *Resource::of_database(kAccount, "d");
  auto wildcard = *Resource::of_all_tables(kAccount, "d");
  auto policy = *Resource::of_named_policy(kAccount, permissions::PolicyTarget::databases, "e");
  EXPECT_TRUE(is_of(GrantType::database, database));
  EXPECT_FALSE(is_of(GrantType::table, database));
  EXPECT_TRUE(is_of(GrantType::table, wildcard));
  EXPECT_TRUE(is_of(GrantType::lf_tag_policy, policy));
  EXPECT_TRUE(is_of(GrantType::lf_tag_policy_database, policy));
  EXPECT_FALSE(is_of(GrantType::lf_tag_policy_table, policy));
}

}  // namespace
}  // namespace weir::app
