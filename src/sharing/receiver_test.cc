#include "sharing/receiver.h"

#include <gtest/gtest.h>

#include <set>

#include "sharing/lake_slot.h"
#include "sharing/managed_permissions.h"
#include "sharing/shareable.h"

namespace weir::sharing {
namespace {

TEST(Receiver, AccountsUsersRolesOrganizationsAndUnits) {
  EXPECT_EQ(Receiver::parse("123456789012")->kind, ReceiverKind::account);
  auto role = Receiver::parse("arn:aws:iam::123456789012:role/a/b");
  EXPECT_EQ(role->kind, ReceiverKind::iam_principal);
  EXPECT_EQ(role->account, "123456789012");
  auto unit = Receiver::parse("arn:aws:organizations::123456789012:ou/o-abc/ou-ab12-cd");
  EXPECT_EQ(unit->kind, ReceiverKind::unit);
  EXPECT_TRUE(unit->is_collective());
  EXPECT_EQ(unit->id, "ou-ab12-cd");
  EXPECT_EQ(Receiver::parse("arn:aws:organizations::123456789012:organization/o-abc")->kind,
            ReceiverKind::organization);
}

TEST(Receiver, TheRootOfAnAccountIsTheAccount) {
  EXPECT_EQ(Receiver::parse("arn:aws:iam::123456789012:root")->text, "123456789012");
}

TEST(Receiver, WhatCouldMatchSeveralOrNothingIsNone) {
  for (auto text : {"", "12345678901", "1234567890123", "*", "arn:aws:iam::123456789012:role/*",
                    "arn:aws:iam::123456789012:role/", "arn:aws:iam::*:role/a", "arn:aws:iam::123456789012:group/a",
                    "arn:aws:iam::12:role/a", "arn:aws-cn:iam::123456789012:role/a",
                    "arn:aws:iam:us-east-1:123456789012:role/a", "arn:aws:organizations::123456789012:ou/o-a",
                    "arn:aws:organizations::123456789012:account/o-a/123456789012", "service.amazonaws.com",
                    "arn:aws:organizations::123456789012:organization/o-a/b", "arn:aws:iam::123456789012:role/a\n"})
    EXPECT_FALSE(Receiver::parse(text).ok()) << text;
}

TEST(Shareable, CatalogsDatabasesAndTables) {
  EXPECT_EQ(Shareable::parse("arn:aws:glue:us-east-1:123456789012:catalog")->type, ResourceType::catalog);
  EXPECT_EQ(Shareable::parse("arn:aws:glue:us-east-1:123456789012:database/Sales")->database, "sales");
  auto table = Shareable::parse("arn:aws:glue:us-east-1:123456789012:table/Sales/Orders");
  EXPECT_EQ(table->table, "orders");
  EXPECT_EQ(table->text, "arn:aws:glue:us-east-1:123456789012:table/sales/orders");
}

TEST(Shareable, EverythingElseIsNone) {
  for (auto text :
       {"", "x", "arn:aws:glue:us-east-1:123456789012:table/a", "arn:aws:glue:us-east-1:123456789012:table/*/*",
        "arn:aws:glue:us-east-1:123456789012:database/*", "arn:aws:s3:::bucket", "arn:aws:glue::123456789012:catalog",
        "arn:aws:glue:us-east-1::catalog", "arn:aws:glue:us-east-1:123456789012:catalog/nested",
        "arn:aws:glue:us-east-1:123456789012:userDefinedFunction/a/b",
        "arn:aws:glue:us-east-1:123456789012:table/a/b/c", "arn:aws:ec2:us-east-1:123456789012:subnet/s"})
    EXPECT_FALSE(Shareable::parse(text).ok()) << text;
  EXPECT_EQ(type_name_of("arn:aws:s3:::bucket"), "");
}

TEST(LakeSlot, FromVersionTwoOnThereAreThreeForNamedResourcesAndTwoForTags) {
  auto account = *Receiver::parse("123456789012");
  std::set<std::string> slots;
  for (int version = 2; version <= 5; ++version)
    for (auto kind : {LakeKind::catalog, LakeKind::databases, LakeKind::tables, LakeKind::all_tables,
                      LakeKind::tag_databases, LakeKind::tag_tables})
      for (auto resource : {"a", "b"}) slots.insert(lake_slot(kind, account, resource, version));
  EXPECT_EQ(slots.size(), 5u);
}

TEST(LakeSlot, InVersionOneEveryObjectHasItsOwn) {
  auto account = *Receiver::parse("123456789012");
  EXPECT_NE(lake_slot(LakeKind::tables, account, "a", 1), lake_slot(LakeKind::tables, account, "b", 1));
}

TEST(LakeSlot, ARoleGoesWithItsAccountAndAnOrganizationByItself) {
  auto slot = [](std::string_view receiver) { return lake_slot(LakeKind::tables, *Receiver::parse(receiver), "a", 3); };
  EXPECT_EQ(slot("123456789012"), slot("arn:aws:iam::123456789012:role/a"));
  EXPECT_NE(slot("123456789012"), slot("arn:aws:organizations::123456789012:organization/o-a"));
}

TEST(LakeSlot, NamesAreWhatConsumersFilterBy) {
  base::SeededRandomness randomness(3);
  auto name = lake_share_name(4, randomness);
  EXPECT_EQ(name.size(), std::string("LakeFormation-V4-XXXXXXXXXX").size());
  EXPECT_TRUE(name.starts_with("LakeFormation-V4-"));
}

TEST(ManagedPermissions, EveryOneReadsUserDefinedFunctions) {
  for (const auto& permission : managed_permissions()) {
    EXPECT_NE(permission.document().find("glue:GetUserDefinedFunctions"), std::string::npos) << permission.name;
    EXPECT_EQ(permission_named(permission.arn()).value(), &permission);
  }
}

TEST(ManagedPermissions, EveryTypeHasOneDefaultAndEveryLakeKindHasAPermissionOfItsOwn) {
  for (auto type : resource_types()) EXPECT_EQ(default_permission(type).type, type);
  for (auto kind : {LakeKind::catalog, LakeKind::databases, LakeKind::tables, LakeKind::all_tables,
                    LakeKind::tag_databases, LakeKind::tag_tables})
    EXPECT_NE(find_permission(lake_permission(kind)), nullptr);
}

TEST(ManagedPermissions, OthersAreNone) {
  EXPECT_EQ(permission_named("arn:aws:ram::aws:permission/None").error().about, "permission");
  EXPECT_EQ(permission_named("arn:aws:ram::123456789012:permission/AWSRAMDefaultPermissionGlueTable").error().about,
            "permission");
  EXPECT_EQ(permission_named("AWSRAMDefaultPermissionGlueTable").error().about, "arn");
}

}  // namespace
}  // namespace weir::sharing
