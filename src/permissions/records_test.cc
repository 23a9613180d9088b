#include "permissions/records.h"

#include <gtest/gtest.h>

#include <set>

#include "base/text.h"
#include "permissions/scenario_words.h"
#include "permissions/snapshot.h"
#include "store/key.h"
#include "store/memory_store.h"

namespace weir::permissions {
namespace {

using scenario::kAccount;

Grant grant(const std::string& who, const std::string& object, PrivilegeSet privileges = {Privilege::select}) {
  Grant out;
  out.principal = scenario::principal(who);
  out.resource = scenario::object(object).value();
  out.privileges = privileges;
  return out;
}

class Records : public testing::Test {
 protected:
  void write(const std::function<base::Status(store::Transaction&)>& body) {
    auto status = store::write(store_, body);
    ASSERT_TRUE(status.ok()) << status.error().says << status.error().log;
  }
  void put(const Grant& grant) {
    write([&](auto& tx) { return put_grant(tx, grant); });
  }
  std::unique_ptr<store::Transaction> read() { return store_.begin(store::Mode::read).value(); }
  std::multiset<std::string> listed(const GrantScope& scope, size_t limit) {
    std::multiset<std::string> out;
    std::string token;
    auto tx = read();
    do {
      auto page = list_grants(*tx, kAccount, scope, token, limit).value();
      EXPECT_LE(page.items.size(), limit);
      for (const auto& item : page.items) out.insert(item.principal + " " + item.resource.key());
      token = page.next;
    } while (!token.empty());
    return out;
  }

  store::MemoryStore store_;
};

TEST_F(Records, ListsPageWithoutLossOrRepeat) {
  for (int i = 0; i < 25; ++i) put(grant("role/r" + std::to_string(i % 5), "d.t" + std::to_string(i)));
  for (size_t limit : {1u, 3u, 5u, 24u, 25u, 26u}) {
    EXPECT_EQ(listed({}, limit).size(), 25u);
    EXPECT_EQ(listed({scenario::principal("role/r1"), {}, false}, limit).size(), 5u);
    EXPECT_EQ(listed({{}, scenario::object("d.t7").value(), false}, limit).size(), 1u);
  }
}

TEST_F(Records, ATableStandsForItsColumnGrantsAndOnRequestItsFilters) {
  for (const char* object :
       {"d.t", "d.t(a)", "filter f on d.t", "filter g on d.t", "d.*", "database d", "d.tt", "filter f on d.tt"})
    put(grant("role/a", object));
  auto table = scenario::object("d.t").value();
  for (size_t limit : {1u, 2u, 9u}) {
    EXPECT_EQ(listed({{}, table, false}, limit).size(), 2u);
    EXPECT_EQ(listed({{}, table, true}, limit).size(), 4u);
    EXPECT_EQ(listed({scenario::principal("role/a"), table, false}, limit).size(), 2u);
  }
}

TEST_F(Records, ATokenOutlivesTheRecordItNames) {
  for (int i = 0; i < 4; ++i) put(grant("role/a", "d.t" + std::to_string(i)));
  auto first = list_grants(*read(), kAccount, {}, "", 2).value();
  write([&](auto& tx) { return erase_grant(tx, first.items[1]); });
  EXPECT_EQ(list_grants(*read(), kAccount, {}, first.next, 9)->items.size(), 2u);
}

TEST_F(Records, ATokenOpensNoOtherList) {
  put(grant("role/a", "d.t"));
  write([&](auto& tx) { return put_settings(tx, kAccount, {}); });
  for (const auto& foreign : {settings_key(kAccount), store::key("id", "x"),
                              grant_key("999999999999", "p", scenario::object("d.t").value()), std::string("x")}) {
    auto page = list_grants(*read(), kAccount, {}, base::base64url(foreign), 10);
    ASSERT_FALSE(page.ok());
    EXPECT_EQ(page.error().kind, base::Kind::invalid);
  }
  EXPECT_FALSE(list_grants(*read(), kAccount, {}, "!!", 10).ok());
}

TEST_F(Records, HoldingsAroundATableAreItsParts) {
  for (const char* object : {"d.t", "d.t(a)", "filter f on d.t", "d.*", "filter f on d.t2", "database d"})
    put(grant("role/a", object));
  put(grant("role/b", "d.t"));
  auto who = scenario::principal("role/a");
  auto around = [&](const char* object) {
    return grants_around(*read(), who, scenario::object(object).value())->size();
  };
  EXPECT_EQ(around("d.t"), 3u);
  EXPECT_EQ(around("d.t(b)"), 3u);
  EXPECT_EQ(around("filter new on d.t"), 3u);
  EXPECT_EQ(around("d.*"), 1u);
  EXPECT_EQ(around("database d"), 1u);
  EXPECT_EQ(around("catalog"), 0u);
}

TEST_F(Records, ADroppedTableLeavesNothingForItsNamesake) {
  for (const char* object : {"d.t", "d.t(a)", "filter f on d.t", "d.t2", "filter f on d.t2", "d.*"})
    put(grant("role/a", object));
  DataCellsFilter filter{kAccount, "d", "t", "f", ColumnSet::all(), true, "", {}, "v"};
  write([&](auto& tx) { return put_filter(tx, filter); });
  write([&](auto& tx) { return forget(tx, scenario::object("d.t").value()); });
  EXPECT_EQ(listed({}, 100).size(), 3u);
  EXPECT_TRUE(list_filters(*read(), kAccount, {}, "", 10)->items.empty());
  EXPECT_TRUE(listed({{}, scenario::object("d.t").value(), true}, 100).empty());
}

TEST_F(Records, ADroppedDatabaseTakesAllThatIsInItAndNothingElse) {
  for (const char* object :
       {"database d", "d.*", "d.t", "d.t(a)", "filter f on d.t", "database dd", "dd.*", "dd.t", "catalog"})
    put(grant("role/a", object));
  write([&](auto& tx) { return forget(tx, scenario::object("database d").value()); });
  EXPECT_EQ(listed({}, 100).size(), 4u);
}

TEST_F(Records, EveryWriteBumpsTheRevision) {
  auto revision = [&] { return get_revision(*read(), kAccount).value(); };
  EXPECT_EQ(revision(), 0);
  put(grant("role/a", "d.t"));
  EXPECT_EQ(revision(), 1);
  write([&](auto& tx) { return erase_grant(tx, grant("role/a", "d.t")); });
  write([&](auto& tx) { return put_settings(tx, kAccount, {}); });
  write([&](auto& tx) { return forget(tx, scenario::object("d.t").value()); });
  EXPECT_EQ(revision(), 4);
  EXPECT_EQ(load_snapshot(*read(), kAccount)->revision(), 4);
}

TEST_F(Records, SettingsFiltersAndLocationsReadBack) {
  DataLakeSettings settings;
  settings.admins = {scenario::principal("role/a")};
  settings.create_table_default = {{"IAM_ALLOWED_PRINCIPALS", {Privilege::all}}};
  settings.parameters = {{"SET_CONTEXT", "TRUE"}};
  settings.allow_external_data_filtering = true;
  write([&](auto& tx) { return put_settings(tx, kAccount, settings); });
  auto again = get_settings(*read(), kAccount).value();
  EXPECT_TRUE(again.is_admin(scenario::principal("role/a")) && again.allow_external_data_filtering);
  EXPECT_EQ(again.create_table_default.at(0).privileges, PrivilegeSet{Privilege::all});

  Location location;
  location.resource_arn = "arn:aws:s3:::b/a/";
  location.role_arn = scenario::principal("role/lake");
  location.hybrid_access = true;
  location.verification = Verification::verified;
  write([&](auto& tx) { return put_location(tx, kAccount, location); });
  auto place = names::S3Path::parse("s3://b/a").value();
  auto found = get_location(*read(), kAccount, place).value();
  ASSERT_TRUE(found);
  EXPECT_EQ(found->resource_arn, "arn:aws:s3:::b/a/");
  EXPECT_EQ(found->verification, Verification::verified);
  EXPECT_EQ(list_locations(*read(), kAccount, "", 10)->items.size(), 1u);
  write([&](auto& tx) { return erase_location(tx, kAccount, place); });
  EXPECT_FALSE(get_location(*read(), kAccount, place).value());
}

}  // namespace
}  // namespace weir::permissions
