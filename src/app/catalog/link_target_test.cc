#include "app/catalog/link_target.h"

#include <gtest/gtest.h>

namespace weir::app {
namespace {

constexpr const char* kHere = "111122223333";
constexpr const char* kThere = "444455556666";

catalog::Table link_to(std::optional<std::string> catalog, std::optional<std::string> region = {}) {
  catalog::Table out;
  out.catalog_id = kHere;
  out.database_name = "mine";
  out.name = "link";
  out.target_table = catalog::TableIdentifier{std::move(catalog), "Sales", "Orders", std::move(region)};
  return out;
}

catalog::Table orders() {
  catalog::Table out;
  out.catalog_id = kThere;
  out.database_name = "sales";
  out.name = "orders";
  out.description = "all of them";
  out.owner = "hive";
  out.created_by = "arn:aws:iam::444455556666:role/maker";
  out.table_type = "EXTERNAL_TABLE";
  out.parameters = catalog::Parameters{{"classification", "parquet"}};
  out.storage_descriptor.emplace().location = "s3://data/orders/";
  out.partition_keys = std::vector<catalog::Column>(1);
  out.partition_keys->front().name = "day";
  out.version_id = "7";
  out.serial = "theirs";
  return out;
}

TEST(LinkTarget, WhatIsNoLinkPointsNowhere) {
  EXPECT_FALSE(target_of(orders()));
  EXPECT_FALSE(target_of(catalog::Database()));
}

TEST(LinkTarget, NamesAreFoundInAnyCaseAndInTheCatalogThatIsSaid) {
  auto target = target_of(link_to(kThere));
  ASSERT_TRUE(target);
  EXPECT_EQ(target->name, (names::TableName{kThere, "sales", "orders"}));
  EXPECT_EQ(target->text(), "table sales.orders of account 444455556666");
}

TEST(LinkTarget, WithoutACatalogItPointsIntoItsOwn) {
  EXPECT_EQ(target_of(link_to(std::nullopt))->name.catalog, kHere);
  catalog::Database link;
  link.catalog_id = kHere;
  link.target_database = catalog::DatabaseIdentifier{std::nullopt, "Sales", std::nullopt};
  EXPECT_EQ(target_of(link)->text(), "database sales of account 111122223333");
}

TEST(LinkTarget, ARegionIsElsewhereUnlessItIsThisOneOrUnsaid) {
  EXPECT_FALSE(target_of(link_to(kThere))->is_elsewhere("us-east-1"));
  EXPECT_FALSE(target_of(link_to(kThere, ""))->is_elsewhere("us-east-1"));
  EXPECT_FALSE(target_of(link_to(kThere, "us-east-1"))->is_elsewhere("us-east-1"));
  EXPECT_TRUE(target_of(link_to(kThere, "eu-west-1"))->is_elsewhere("us-east-1"));
}

TEST(LinkTarget, ALinkKeepsItsIdentityAndShowsItsTargetsProperties) {
  auto link = link_to(kThere);
  link.description = "theirs, here";
  link.created_by = "arn:aws:iam::111122223333:role/linker";
  link.version_id = "0";
  link.serial = "ours";
  auto out = under_link(link, orders());
  EXPECT_EQ(out.catalog_id, kHere);
  EXPECT_EQ(out.database_name, "mine");
  EXPECT_EQ(out.name, "link");
  EXPECT_EQ(out.description, "theirs, here");
  EXPECT_EQ(out.owner, std::nullopt);
  EXPECT_EQ(out.created_by, link.created_by);
  EXPECT_EQ(out.version_id, "0");
  EXPECT_EQ(out.serial, "ours");
  EXPECT_TRUE(out.target_table);
  EXPECT_EQ(out.storage_descriptor->location, "s3://data/orders/");
  EXPECT_EQ(out.partition_keys->front().name, "day");
  EXPECT_EQ(out.table_type, "EXTERNAL_TABLE");
  EXPECT_EQ(out.parameters, orders().parameters);
}

TEST(LinkTarget, ADatabaseLinkShowsWhereItsTargetLies) {
  catalog::Database link, target;
  link.catalog_id = kHere;
  link.name = "link";
  link.target_database = catalog::DatabaseIdentifier{kThere, "sales", std::nullopt};
  target.catalog_id = kThere;
  target.name = "sales";
  target.location_uri = "s3://data/sales";
  auto out = under_link(link, target);
  EXPECT_EQ(out.catalog_id, kHere);
  EXPECT_EQ(out.name, "link");
  EXPECT_TRUE(out.target_database);
  EXPECT_EQ(out.location_uri, "s3://data/sales");
}

}  // namespace
}  // namespace weir::app
