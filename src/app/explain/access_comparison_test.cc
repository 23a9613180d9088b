#include "app/explain/access_comparison.h"

#include <gtest/gtest.h>

#include "catalog/databases.h"
#include "catalog/tables.h"
#include "permissions/records.h"
#include "store/memory_store.h"
#include "store/overlay_store.h"

namespace weir::app {
namespace {

using permissions::Privilege;
using permissions::Resource;

const std::string kAccount = "111122223333";
const std::string kAnn = "arn:aws:iam::111122223333:role/ann", kBen = "arn:aws:iam::111122223333:role/ben";

// An empty lake, and what an overlay over it holds.
struct Comparing : testing::Test {
  store::MemoryStore empty;
  std::unique_ptr<store::OverlayStore> overlay = store::OverlayStore::over(empty).value();

  void change(const std::function<base::Status(store::Transaction&)>& body) {
    ASSERT_TRUE(store::write(*overlay, body).ok());
  }
  void make_table() {
    change([](store::Transaction& tx) -> base::Status {
      catalog::Database database;
      database.catalog_id = kAccount;
      database.name = "sales";
      WEIR_CHECK_OK(catalog::Databases(tx).create(database));
      catalog::Table table;
      table.catalog_id = kAccount;
      table.database_name = "sales";
      table.name = "orders";
      table.storage_descriptor.emplace();
      catalog::Column id;
      id.name = "id";
      id.type = "bigint";
      table.storage_descriptor->columns = {id};
      return catalog::Tables(tx).create(table);
    });
  }
  void grant_select(const std::string& principal) {
    permissions::Grant grant;
    grant.principal = principal;
    grant.resource = Resource::of_table(kAccount, "sales", "orders").value();
    grant.privileges = {Privilege::select};
    change([&](store::Transaction& tx) { return permissions::put_grant(tx, grant); });
  }

  // From the empty lake to the overlay; whether it was all.
  bool compare(size_t pairs_max, AccessChanges& into) {
    Concern concern(kAccount);
    auto changes = overlay->changes().value();
    for (const auto& one : changes) EXPECT_TRUE(concern.hear(one, std::nullopt).ok());
    State nothing;
    auto state = fold(nothing, changes).value();
    auto before = overlay->before();
    auto after = overlay->begin(store::Mode::read).value();
    AccessComparison comparison({nothing, *before}, {*state, *after}, kAccount, pairs_max);
    EXPECT_TRUE(comparison.compare(concern, into).ok());
    return comparison.complete();
  }
};

TEST_F(Comparing, EverybodyWhoGainsIsListedWithEachThing) {
  make_table();
  grant_select(kAnn);
  grant_select(kBen);
  AccessChanges changes;
  EXPECT_TRUE(compare(1000, changes));
  std::set<std::pair<std::string, std::string>> gained;
  for (const auto& row : changes.gains) gained.emplace(row.principal, row.resource);
  EXPECT_EQ(gained, (std::set<std::pair<std::string, std::string>>{{kAnn, "table sales.orders"},
                                                                   {kAnn, "database sales"},
                                                                   {kBen, "table sales.orders"},
                                                                   {kBen, "database sales"}}));
  EXPECT_TRUE(changes.losses.empty());
}

TEST_F(Comparing, WhatIsCutIsSaid) {
  make_table();
  grant_select(kAnn);
  grant_select(kBen);
  for (size_t most : {0, 1, 2, 3}) {
    AccessChanges changes;
    EXPECT_FALSE(compare(most, changes)) << most;
    EXPECT_LE(changes.gains.size(), most);
  }
  AccessChanges changes;
  EXPECT_TRUE(compare(4, changes)) << "two principals, a database and a table";
}

TEST_F(Comparing, AGrantOnATableThatIsNotThereGivesNothing) {
  grant_select(kAnn);
  AccessChanges changes;
  EXPECT_TRUE(compare(1000, changes));
  EXPECT_TRUE(changes.gains.empty());
}

}  // namespace
}  // namespace weir::app
