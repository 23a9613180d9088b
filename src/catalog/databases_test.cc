#include "catalog/databases.h"

#include "catalog/catalog_keys.h"
#include "catalog/functions.h"
#include "catalog/remains.h"
#include "catalog/statistics.h"
#include "catalog/test_catalog.h"

namespace weir::catalog {
namespace {

using base::Kind;
using ::testing::ElementsAre;
using DatabasesTest = TestCatalog;

TEST_F(DatabasesTest, NamesAreKeptInLowerCaseAndFoundInAny) {
  make_database("Sales");
  auto t = read();
  EXPECT_EQ(Databases(*t).get(kAccount, "SALES")->name, "sales");
  EXPECT_FALSE(Databases(*t).find("999999999999", "sales")->has_value()) << "catalogs are apart";
  auto again = write([&](auto& w) { return Databases(w).create(database("sALES")); });
  EXPECT_EQ(again.error().kind, Kind::already_exists);
}

TEST_F(DatabasesTest, NamesHaveTheirLimits) {
  auto create = [&](const std::string& name) {
    return write([&](auto& w) { return Databases(w).create(database(name)); });
  };
  EXPECT_TRUE(create(std::string(255, 'a')).ok());
  std::string accents;
  for (int i = 0; i < 255; ++i) accents += "é";
  EXPECT_TRUE(create(accents).ok()) << "characters, not bytes";
  using std::string_literals::operator""s;
  for (auto& name : {std::string(256, 'a'), ""s, "a\nb"s, "a\0b"s, "a\x7f"s, "\xff"s})
    EXPECT_EQ(create(name).error().kind, Kind::invalid) << name;
}

TEST_F(DatabasesTest, ALinkHasATargetAndNothingThatIsItsTargets) {
  auto link = database("link");
  link.target_database = DatabaseIdentifier{"999999999999", "elsewhere", std::nullopt};
  auto create = [&](const Database& one) { return write([&](auto& w) { return Databases(w).create(one); }); };
  EXPECT_TRUE(create(link).ok()) << "what it points to is not looked at";
  link.name = "located";
  link.location_uri = "s3://b/k";
  EXPECT_EQ(create(link).error().kind, Kind::invalid);
  link.location_uri.reset();
  link.target_database->database_name.reset();
  EXPECT_EQ(create(link).error().kind, Kind::invalid);
}

TEST_F(DatabasesTest, AnEmptyListOfDefaultPermissionsStaysAnEmptyList) {
  auto with = database("with"), without = database("without");
  with.create_table_default_permissions.emplace();
  ASSERT_TRUE(write([&](auto& t) -> base::Status {
                WEIR_CHECK_OK(Databases(t).create(with));
                return Databases(t).create(without);
              }).ok());
  auto t = read();
  auto back = Databases(*t).get(kAccount, "with");
  ASSERT_TRUE(back->create_table_default_permissions.has_value());
  EXPECT_TRUE(back->create_table_default_permissions->empty());
  EXPECT_FALSE(Databases(*t).get(kAccount, "without")->create_table_default_permissions.has_value());
}

TEST_F(DatabasesTest, UpdateReplacesButKeepsNameAndBirth) {
  auto first = database("d");
  first.create_time = base::from_epoch_seconds(100);
  first.description = "old";
  ASSERT_TRUE(write([&](auto& t) { return Databases(t).create(first); }).ok());
  auto second = database("D");
  second.parameters = Parameters{{"data_owner", "1"}};
  ASSERT_TRUE(write([&](auto& t) { return Databases(t).update("d", second); }).ok());
  auto t = read();
  auto now = Databases(*t).get(kAccount, "d");
  EXPECT_EQ(now->create_time, first.create_time);
  EXPECT_FALSE(now->description.has_value());
  EXPECT_EQ(now->parameters->at("data_owner"), "1");
  EXPECT_EQ(write([&](auto& w) { return Databases(w).update("d", database("e")); }).error().kind, Kind::invalid);
  EXPECT_EQ(write([&](auto& w) { return Databases(w).update("e", database("e")); }).error().kind, Kind::not_found);
}

TEST_F(DatabasesTest, PagesNeitherRepeatNorSkipWhenEntriesComeAndGo) {
  for (auto name : {"b", "d", "f", "h"}) make_database(name);
  auto page = [&](const std::string& token) {
    auto t = read();
    return Databases(*t).list(kAccount, {token, 2}).value();
  };
  auto first = page("");
  EXPECT_THAT(names(first), ElementsAre("b", "d"));
  make_database("a");
  make_database("e");
  ASSERT_TRUE(write([&](auto& t) { return Databases(t).erase(kAccount, "d"); }).ok());
  auto second = page(*first.next_token);
  EXPECT_THAT(names(second), ElementsAre("e", "f"));
  auto third = page(*second.next_token);
  EXPECT_THAT(names(third), ElementsAre("h"));
  EXPECT_FALSE(third.next_token.has_value()) << "the last page says so";
}

TEST_F(DatabasesTest, WhatTheFilterDropsIsInNeitherPageNorToken) {
  for (auto name : {"a", "hidden", "z"}) make_database(name);
  auto t = read();
  auto visible = [](const Database& d) { return d.name != "hidden"; };
  auto page = Databases(*t).list(kAccount, {"", 1}, visible).value();
  EXPECT_THAT(names(page), ElementsAre("a"));
  EXPECT_EQ(*page.next_token, page_token(databases_key(kAccount), database_key(kAccount, "a")));
  EXPECT_THAT(names(Databases(*t).list(kAccount, {*page.next_token, 9}, visible).value()), ElementsAre("z"));
}

TEST_F(DatabasesTest, ATokenOfAnotherListOrChangedIsRefused) {
  for (auto name : {"a", "b"}) make_database(name);
  auto t = read();
  auto token = *Databases(*t).list(kAccount, {"", 1})->next_token;
  EXPECT_EQ(Databases(*t).list(kAccount, {"", 0}).error().kind, Kind::invalid);
  EXPECT_EQ(Databases(*t).list("999999999999", {token, 1}).error().kind, Kind::invalid);
  EXPECT_EQ(Tables(*t).list(kAccount, "a", {token, 1}).error().kind, Kind::invalid);
  for (auto bad : {token + "A", token.substr(1), std::string("x"), std::string("!!!!")})
    EXPECT_EQ(Databases(*t).list(kAccount, {bad, 1}).error().kind, Kind::invalid) << bad;
}

TEST_F(DatabasesTest, DeletingTakesAllThatIsInside) {
  make_database("keep");
  make_table(table("keep", "t"));
  auto before = entries();
  make_database("d");
  make_table(table("d", "t", {column("year", "int")}));
  auto inside = stored("d", "t");
  for (int year = 0; year < 300; ++year) ASSERT_TRUE(add_partition(inside, {std::to_string(year)}).ok());
  ASSERT_TRUE(update(table("d", "t", {column("year", "int")})).ok());
  ASSERT_TRUE(write([&](auto& t) -> base::Status {
                UserDefinedFunction function;
                function.catalog_id = kAccount;
                function.database_name = "d";
                function.function_name = "f";
                WEIR_CHECK_OK(Functions(t).create(function));
                ColumnStatistics statistics{"a", "int", {}, base::Json().set("Type", "LONG")};
                WEIR_CHECK_OK(Statistics(t, inside).put(statistics));
                WEIR_TRY(auto of_partition, Statistics::of_partition(t, inside, {"7"}));
                return of_partition.put(statistics);
              }).ok());

  ASSERT_TRUE(write([&](auto& t) { return Databases(t).erase(kAccount, "d"); }).ok());
  auto t = read();
  EXPECT_EQ(Databases(*t).get(kAccount, "d").error().kind, Kind::not_found);
  EXPECT_EQ(Tables(*t).get(kAccount, "d", "t").error().kind, Kind::not_found);
  EXPECT_EQ(Functions(*t).get(kAccount, "d", "f").error().kind, Kind::not_found);
  t.reset();

  make_database("d");
  make_table(table("d", "t", {column("year", "int")}));
  auto reborn = stored("d", "t");
  t = read();
  EXPECT_TRUE(Partitions(*t, reborn).list(nullptr, {}, {})->items.empty()) << "a new table starts empty";
  EXPECT_FALSE(Statistics(*t, reborn).find("a")->has_value());
  t.reset();
  ASSERT_TRUE(write([&](auto& w) { return Databases(w).erase(kAccount, "d"); }).ok());

  bool more = true;
  for (int round = 0; more && round < 20; ++round)
    ASSERT_TRUE(write([&](auto& w) -> base::Status {
                  WEIR_TRY(more, clear_remains(w, 100));
                  return {};
                }).ok());
  EXPECT_FALSE(more);
  EXPECT_EQ(entries(), before) << "nothing is left behind";
}

}  // namespace
}  // namespace weir::catalog
