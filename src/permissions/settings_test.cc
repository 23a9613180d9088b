#include "permissions/settings.h"

#include <gtest/gtest.h>

#include "permissions/location.h"

namespace weir::permissions {
namespace {

base::Result<DataLakeSettings> judged(DataLakeSettings settings) { return checked(std::move(settings), {}); }

TEST(Settings, AFreshAccountGivesEverybodyNothing) {
  DataLakeSettings fresh;
  EXPECT_TRUE(fresh.create_database_default.empty() && fresh.create_table_default.empty());
  EXPECT_FALSE(fresh.allow_external_data_filtering || fresh.allow_full_table_external_data_access);
  EXPECT_TRUE(judged(fresh).ok());
}

TEST(Settings, FilteringNeedsAnAllowList) {
  DataLakeSettings settings;
  settings.allow_external_data_filtering = true;
  EXPECT_FALSE(judged(settings).ok());
  settings.external_data_filtering_allow_list = {"111122223333"};
  EXPECT_TRUE(judged(settings).ok());
  settings.external_data_filtering_allow_list = {"not-an-account"};
  EXPECT_FALSE(judged(settings).ok());
  settings.external_data_filtering_allow_list.assign(31, "111122223333");
  EXPECT_FALSE(judged(settings).ok());
}

TEST(Settings, DefaultsAreEmptyOrExactlyEverybodyWithAll) {
  DataLakeSettings settings;
  settings.create_table_default = {{"iam_allowed_principals", {Privilege::all}}};
  EXPECT_EQ(judged(settings)->create_table_default[0].principal, "IAM_ALLOWED_PRINCIPALS");
  settings.create_table_default[0].privileges = {Privilege::select};
  EXPECT_FALSE(judged(settings).ok());
  settings.create_table_default = {{"arn:aws:iam::111122223333:role/a", {Privilege::all}}};
  EXPECT_FALSE(judged(settings).ok());
}

TEST(Settings, AdministratorsAreIamUsersOrRolesAndAtMostThirty) {
  DataLakeSettings settings;
  settings.admins = {"arn:aws:iam::111122223333:role/a", "arn:aws:iam::111122223333:role/a"};
  EXPECT_EQ(judged(settings)->admins.size(), 1u);
  for (const char* wrong :
       {"111122223333", "IAM_ALLOWED_PRINCIPALS", "arn:aws:iam::111122223333:saml-provider/i:user/u", "*"}) {
    settings.admins = {wrong};
    EXPECT_FALSE(judged(settings).ok()) << wrong;
  }
  settings.admins.clear();
  for (int i = 0; i < 31; ++i) settings.admins.push_back("arn:aws:iam::111122223333:role/a" + std::to_string(i));
  EXPECT_FALSE(judged(settings).ok());
}

TEST(Settings, AnAdministratorThatWasThereIsNotJudgedAgain) {
  DataLakeSettings before;
  before.admins = {"AROASTALE"};
  EXPECT_TRUE(checked(before, before).ok());
  EXPECT_FALSE(checked(before, {}).ok());
}

TEST(Settings, ParametersAreTheDocumentedOnes) {
  DataLakeSettings settings;
  settings.parameters = {{"CROSS_ACCOUNT_VERSION", "4"}, {"SET_SOURCE_IDENTITY", "TRUE"}};
  EXPECT_TRUE(judged(settings).ok());
  settings.parameters = {{"CROSS_ACCOUNT_VERSION", "9"}};
  EXPECT_FALSE(judged(settings).ok());
  settings.parameters = {{"OTHER", "x"}};
  EXPECT_FALSE(judged(settings).ok());
}

TEST(Location, ARegistrationHasOneKindOfRole) {
  Location location;
  location.resource_arn = "arn:aws:s3:::b/a/";
  EXPECT_FALSE(check(location).ok());
  location.role_arn = "arn:aws:iam::111122223333:role/lake";
  EXPECT_TRUE(check(location).ok());
  location.use_service_linked_role = true;
  EXPECT_FALSE(check(location).ok());
  location.use_service_linked_role = false;
  location.role_arn = "arn:aws:iam::111122223333:user/lake";
  EXPECT_FALSE(check(location).ok());
  location.role_arn = "arn:aws:iam::111122223333:role/lake";
  location.resource_arn = "s3://b/a";
  EXPECT_FALSE(check(location).ok());
}

TEST(Location, CreatingNeedsLocationAccessAsInTheTable) {
  auto path = [](const char* url) { return names::S3Path::parse(url).value(); };
  PlacementFacts facts;
  EXPECT_FALSE(needs_location_access(facts));  // no location
  facts.place = path("s3://b/a");
  EXPECT_FALSE(needs_location_access(facts));  // not registered
  facts.place_registered = true;
  EXPECT_TRUE(needs_location_access(facts));  // a database on a registered location
  facts.is_table = true;
  EXPECT_TRUE(needs_location_access(facts));  // its database has no location
  facts.database_place = path("s3://b/other");
  facts.database_place_registered = true;
  EXPECT_TRUE(needs_location_access(facts));  // or one that is no prefix
  facts.database_place = path("s3://b");
  EXPECT_FALSE(needs_location_access(facts));  // below the registered location of its database
  facts.database_place_registered = false;
  EXPECT_TRUE(needs_location_access(facts));
  facts.database_place = path("s3://b/a");
  facts.database_place_registered = true;
  facts.place = path("s3://b/ab");
  EXPECT_TRUE(needs_location_access(facts));  // a sibling is not below
}

}  // namespace
}  // namespace weir::permissions
