#include "app/explain/concern.h"

#include <gtest/gtest.h>

#include "permissions/records.h"
#include "store/key.h"

namespace weir::app {
namespace {

using permissions::Grant;
using permissions::Privilege;
using permissions::PrivilegeSet;
using permissions::Resource;

const std::string kAccount = "111122223333";
const std::string kRole = "arn:aws:iam::111122223333:role/a";

Concern hearing(const std::string& key, std::optional<std::string> after, std::optional<std::string> before = {}) {
  Concern concern(kAccount);
  auto heard = concern.hear({key, std::move(after)}, before);
  EXPECT_TRUE(heard.ok());
  return concern;
}

Concern hearing(const Grant& grant) {
  return hearing(permissions::grant_key(kAccount, grant.principal, grant.resource, grant.condition),
                 base::encode_record(grant));
}

Grant select_on(Resource resource) {
  Grant grant;
  grant.principal = kRole;
  grant.resource = std::move(resource);
  grant.privileges = PrivilegeSet{Privilege::select};
  return grant;
}

Resource table() { return Resource::of_table(kAccount, "sales", "orders").value(); }

bool silent(const Concern& concern) {
  return !concern.every_principal() && concern.principals().empty() && !concern.catalog() &&
         concern.databases().empty() && concern.contents_of().empty() && concern.tables().empty() &&
         concern.locations().empty();
}

TEST(Concern, AGrantIsItsPrincipalsAndItsResources) {
  auto concern = hearing(select_on(table()));
  EXPECT_EQ(concern.principals(), std::set<std::string>{kRole});
  EXPECT_FALSE(concern.every_principal());
  EXPECT_EQ(concern.tables(), (std::set<Concern::TableKey>{{"sales", "orders"}}));
  EXPECT_EQ(concern.databases(), std::set<std::string>{"sales"}) << "who reaches something in it sees it";
  EXPECT_TRUE(concern.told().gains.empty()) << "decide() will be asked";
}

TEST(Concern, AGrantToAGroupConcernsEverybody) {
  for (const auto& group : {std::string("IAM_ALLOWED_PRINCIPALS"), kAccount + ":IAMPrincipals"}) {
    auto grant = select_on(table());
    grant.principal = group;
    EXPECT_TRUE(hearing(grant).every_principal()) << group;
  }
}

TEST(Concern, AGrantOnAllTablesConcernsEachOfThem) {
  auto concern = hearing(select_on(Resource::of_all_tables(kAccount, "sales").value()));
  EXPECT_EQ(concern.contents_of(), std::set<std::string>{"sales"});
}

TEST(Concern, APolicyOverTagsMayReachAnything) {
  auto expression = permissions::TagExpression::of({{"area", {"eu"}}}).value();
  auto policy = Resource::of_policy(kAccount, permissions::PolicyTarget::tables, expression).value();
  EXPECT_TRUE(hearing(select_on(policy)).everything());
}

TEST(Concern, AConditionalGrantIsToldWithItsCondition) {
  auto grant = select_on(table());
  grant.condition = "true";
  auto concern = hearing(grant);
  ASSERT_EQ(concern.told().gains.size(), 1U);
  EXPECT_EQ(concern.told().gains[0].condition, "true");
  EXPECT_EQ(concern.told().gains[0].privileges, PrivilegeSet{Privilege::select});
}

TEST(Concern, ALostOptionIsToldAsALoss) {
  auto was = select_on(Resource::of_tag(kAccount, "area", "eu").value());
  was.privileges = was.grant_option = PrivilegeSet{Privilege::describe};
  auto is = was;
  is.grant_option = {};
  auto concern = hearing(permissions::grant_key(kAccount, was.principal, was.resource), base::encode_record(is),
                         base::encode_record(was));
  ASSERT_EQ(concern.told().losses.size(), 1U);
  EXPECT_EQ(concern.told().losses[0].grant_option, PrivilegeSet{Privilege::describe});
  EXPECT_TRUE(concern.told().gains.empty());
}

TEST(Concern, TagsOnADatabaseReachItsTables) {
  auto on_database = hearing(store::key("lf", kAccount, "tag_at", "sales", "", "", "area"), "{}");
  EXPECT_EQ(on_database.contents_of(), std::set<std::string>{"sales"});
  EXPECT_TRUE(on_database.every_principal());
  auto on_column = hearing(store::key("lf", kAccount, "tag_at", "sales", "orders", "id", "area"), "{}");
  EXPECT_EQ(on_column.tables(), (std::set<Concern::TableKey>{{"sales", "orders"}}));
  EXPECT_TRUE(on_column.contents_of().empty());
}

TEST(Concern, ATableChangedOrDroppedConcernsEverybody) {
  for (const auto& after : {std::optional<std::string>("{}"), std::optional<std::string>()}) {
    auto concern = hearing(store::key("tbl", kAccount, "sales", "orders"), after, "{}");
    EXPECT_TRUE(concern.every_principal());
    EXPECT_EQ(concern.tables(), (std::set<Concern::TableKey>{{"sales", "orders"}}));
  }
}

TEST(Concern, IndexesAndWhatBelongsToATableChangeNobodysAccess) {
  for (const auto& key :
       {store::key("lf", kAccount, "revision"), store::key("lf", kAccount, "grant_on", table().key(), kRole, ""),
        store::key("lf", kAccount, "tag_use", "area", "eu", "sales", "", ""),
        store::KeyBuilder(store::key("tblv", kAccount, "7")).integer(3).take(), store::key("part", kAccount, "7"),
        store::key("tbl", "999988887777", "sales", "orders")})
    EXPECT_TRUE(silent(hearing(key, "{}"))) << key;
}

TEST(Concern, WhatIsNotUnderstoodConcernsEverybodyAndEverything) {
  for (const auto& key : {store::key("lf", kAccount, "share", "x"), store::key("lf", kAccount, "filter", "sales"),
                          store::key("lf", "999988887777", "grant", "x")}) {
    auto concern = hearing(key, "{}");
    EXPECT_TRUE(concern.every_principal() && concern.everything()) << key;
  }
}

TEST(Concern, SettingsTellAdministratorsAndEveryOtherMember) {
  permissions::DataLakeSettings was, is;
  was.admins = {kRole};
  is.read_only_admins = {kRole};
  is.allow_external_data_filtering = true;
  auto concern = hearing(permissions::settings_key(kAccount), base::encode_record(is), base::encode_record(was));
  ASSERT_EQ(concern.told().losses.size(), 1U);
  EXPECT_EQ(concern.told().losses[0].administration, "data lake administrator");
  ASSERT_EQ(concern.told().gains.size(), 1U);
  EXPECT_EQ(concern.told().gains[0].administration, "read-only administrator");
  ASSERT_EQ(concern.notices().size(), 1U);
  EXPECT_NE(concern.notices()[0].find("AllowExternalDataFiltering"), std::string::npos);
}

}  // namespace
}  // namespace weir::app
