#include "catalog/tables.h"

#include "catalog/partition_indexes.h"
#include "catalog/statistics.h"
#include "catalog/test_catalog.h"

namespace weir::catalog {
namespace {

using base::Kind;
using ::testing::ElementsAre;

class TablesTest : public TestCatalog {
 protected:
  void SetUp() override { make_database("d"); }
};

TEST_F(TablesTest, NeedTheirDatabaseAndAreThereOnce) {
  EXPECT_EQ(write([&](auto& t) { return Tables(t).create(table("none", "t")); }).error().about, "database");
  make_table(table("D", "T"));
  EXPECT_EQ(stored("d", "t").name, "t");
  EXPECT_EQ(stored("d", "t").database_name, "d");
  EXPECT_EQ(write([&](auto& t) { return Tables(t).create(table("d", "t")); }).error().kind, Kind::already_exists);
}

TEST_F(TablesTest, EveryMemberRoundTrips) {
  auto t = table("d", "t", {column("year", "int")});
  t.description = "text";
  t.last_access_time = base::from_epoch_seconds(12.5);
  t.retention = 3;
  t.parameters = Parameters{{"EXTERNAL", "TRUE"}};
  t.view_definition = base::Json().set("IsProtected", true);
  auto& storage = *t.storage_descriptor;
  storage.columns->front().parameters = {{"pii_flag", "Y"}, {" spaced ", "ü\n\"quoted\""}};
  storage.columns->front().comment = "";
  storage.columns->back().parameters.emplace();
  storage.serde_info = SerDe{{}, "lib", Parameters{{"a", "b"}}};
  storage.sort_columns = std::vector<SortColumn>{{"a", 1}};
  storage.skewed_info = SkewedInfo{std::vector<std::string>{"a"}, {}, Parameters{{"k", "v"}}};
  storage.schema_reference = SchemaReference{SchemaId{"arn", {}, {}}, {}, 7};
  make_table(t);
  auto back = stored("d", "t");
  t.version_id = "0";
  t.serial = back.serial;
  t.partition_layout = {"int"};
  EXPECT_EQ(base::encode_record(back), base::encode_record(t));
  EXPECT_TRUE(columns_of(back)[1].parameters.has_value()) << "an empty map stays one";
}

TEST_F(TablesTest, ALinkHasATargetAndNothingThatIsItsTargets) {
  Table link;
  link.catalog_id = kAccount;
  link.database_name = "d";
  link.name = "link";
  link.target_table = TableIdentifier{"999999999999", "elsewhere", "nothing", "eu-west-1"};
  make_table(link);
  EXPECT_EQ(base::encode_record(*stored("d", "link").target_table), base::encode_record(*link.target_table))
      << "what it points to is not looked at";
  auto refused = [&](auto change) {
    auto other = link;
    other.name = "other";
    change(other);
    return write([&](auto& t) { return Tables(t).create(other); }).error().kind == Kind::invalid &&
           (other.name = "link", !update(other).ok());
  };
  EXPECT_TRUE(refused([](Table& t) { t.storage_descriptor.emplace(); }));
  EXPECT_TRUE(refused([](Table& t) { t.partition_keys = std::vector<Column>{column("day", "string")}; }));
  EXPECT_TRUE(refused([](Table& t) { t.view_original_text = "SELECT 1"; }));
  EXPECT_TRUE(refused([](Table& t) { t.target_table->name.reset(); }));
  EXPECT_TRUE(refused([](Table& t) { t.target_table->database_name = ""; }));
  EXPECT_TRUE(refused([](Table& t) { t.target_table->catalog_id = std::string(256, '1'); }));
}

TEST_F(TablesTest, ColumnNamesMustDifferWhateverTheirCase) {
  auto twice = table("d", "t", {column("A", "int")});
  EXPECT_EQ(write([&](auto& t) { return Tables(t).create(twice); }).error().kind, Kind::invalid);
}

TEST_F(TablesTest, UpdatesCountVersionsAndArchiveThem) {
  make_table(table("d", "t"));
  auto second = table("d", "t");
  second.description = "second";
  ASSERT_TRUE(update(second).ok());
  auto third = table("d", "t");
  third.description = "third";
  ASSERT_TRUE(update(third, {true, std::nullopt}).ok());
  auto fourth = table("d", "t");
  ASSERT_TRUE(update(fourth, {false, "2"}).ok());
  EXPECT_EQ(update(fourth, {false, "2"}).error().kind, Kind::precondition_failed);

  auto now = stored("d", "t");
  EXPECT_EQ(now.version_id, "3");
  auto t = read();
  Tables tables(*t);
  std::vector<std::string> seen;
  PageRequest request{"", 2};
  for (;;) {
    auto page = tables.list_versions(now, request).value();
    for (auto& version : page.items) seen.push_back(version.version_id);
    if (!page.next_token) break;
    request.token = *page.next_token;
  }
  EXPECT_THAT(seen, ElementsAre("3", "2", "0")) << "version 1 was replaced with SkipArchive";
  EXPECT_EQ(tables.get_version(now, "2")->table.description, "third");
  EXPECT_EQ(tables.get_version(now, std::nullopt)->version_id, "3");
  EXPECT_EQ(tables.get_version(now, "1").error().kind, Kind::not_found);
  EXPECT_EQ(tables.get_version(now, "x").error().kind, Kind::invalid);
  t.reset();
  EXPECT_EQ(write([&](auto& w) { return Tables(w).erase_version(now, "3"); }).error().kind, Kind::invalid);
  EXPECT_TRUE(write([&](auto& w) { return Tables(w).erase_version(now, "0"); }).ok());
  EXPECT_EQ(write([&](auto& w) { return Tables(w).erase_version(now, "0"); }).error().kind, Kind::not_found);
}

TEST_F(TablesTest, OnePageOfVersionsHoldsOne) {
  make_table(table("d", "t"));
  ASSERT_TRUE(update(table("d", "t")).ok());
  auto now = stored("d", "t");
  auto t = read();
  auto page = Tables(*t).list_versions(now, {"", 1}).value();
  ASSERT_EQ(page.items.size(), 1U);
  ASSERT_TRUE(page.next_token.has_value());
  auto rest = Tables(*t).list_versions(now, {*page.next_token, 1}).value();
  ASSERT_EQ(rest.items.size(), 1U);
  EXPECT_EQ(rest.items[0].version_id, "0");
  EXPECT_FALSE(rest.next_token.has_value());
}

TEST_F(TablesTest, ATableCannotBeRenamed) {
  make_table(table("d", "t"));
  auto renamed = table("d", "u");
  EXPECT_EQ(write([&](auto& t) { return Tables(t).update("t", renamed); }).error().kind, Kind::invalid);
}

TEST_F(TablesTest, ListsByRegularExpressionAndByGlob) {
  for (auto name : {"orders", "orders_eu", "people", "orders_us"}) make_table(table("d", name));
  auto t = read();
  auto listed = [&](std::string_view pattern) {
    return names(Tables(*t).list(kAccount, "d", {}, NamePattern::parse(pattern).value()).value());
  };
  EXPECT_THAT(listed("orders_.*"), ElementsAre("orders_eu", "orders_us"));
  EXPECT_THAT(listed("orders"), ElementsAre("orders")) << "the whole name";
  EXPECT_THAT(listed("ORD*"), ElementsAre("orders", "orders_eu", "orders_us"));
  EXPECT_THAT(listed("people|orders_u*"), ElementsAre("orders_us", "people"));
  EXPECT_EQ(listed("*").size(), 4U);
  EXPECT_FALSE(NamePattern::parse("(").ok());
  EXPECT_FALSE(NamePattern::parse(std::string(3000, 'a')).ok());
  EXPECT_FALSE(NamePattern::parse("(a{1000}){1000}").ok()) << "bounded memory";
  auto hard = NamePattern::parse("(a+)+b").value();
  EXPECT_FALSE(hard.matches(std::string(255, 'a'))) << "linear time";
}

TEST_F(TablesTest, ListingOneDatabaseShowsNoneOfAnother) {
  make_database("d2");
  make_table(table("d", "t"));
  make_table(table("d2", "u"));
  auto t = read();
  EXPECT_THAT(names(Tables(*t).list(kAccount, "d", {}).value()), ElementsAre("t"));
}

TEST_F(TablesTest, SchemaIsColumnsThenPartitionKeys) {
  auto schema = schema_of(table("d", "t", {column("year", "int")}));
  ASSERT_EQ(schema.size(), 3U);
  EXPECT_EQ(schema[2].name, "year");
  EXPECT_TRUE(schema[2].partition_key);
  EXPECT_FALSE(schema[0].partition_key);
}

TEST_F(TablesTest, PartitionIndexesNamePartitionKeys) {
  make_table(table("d", "t", {column("year", "int"), column("month", "int")}));
  auto of = stored("d", "t");
  auto create = [&](const std::string& name, std::vector<std::string> keys) {
    return write([&](auto& t) { return PartitionIndexes(t, of).create({name, keys}); });
  };
  EXPECT_TRUE(create("one", {"year"}).ok());
  EXPECT_EQ(create("ONE", {"month"}).error().kind, Kind::already_exists);
  EXPECT_EQ(create("two", {"a"}).error().kind, Kind::invalid);
  EXPECT_EQ(create("two", {"year", "YEAR"}).error().kind, Kind::invalid);
  EXPECT_EQ(create("two", {}).error().kind, Kind::invalid);
  EXPECT_TRUE(create("two", {"month", "year"}).ok());
  EXPECT_TRUE(create("three", {"month"}).ok());
  EXPECT_EQ(create("four", {"month"}).error().kind, Kind::limit_exceeded);
  EXPECT_TRUE(write([&](auto& t) { return PartitionIndexes(t, of).erase("two"); }).ok());
  auto t = read();
  EXPECT_EQ(PartitionIndexes(*t, of).list({})->items.size(), 2U);
}

TEST_F(TablesTest, StatisticsAreKeptPerColumn) {
  make_table(table("d", "t"));
  auto of = stored("d", "t");
  ColumnStatistics good{
      "A", "int", {}, base::Json().set("Type", "LONG").set("LongColumnStatisticsData", base::Json::object())};
  auto put = [&](const ColumnStatistics& s) { return write([&](auto& t) { return Statistics(t, of).put(s); }); };
  ASSERT_TRUE(put(good).ok());
  EXPECT_EQ(put({"none", "int", {}, good.data}).error().kind, Kind::not_found);
  EXPECT_EQ(put({"a", "int", {}, base::Json().set("Type", "ODD")}).error().kind, Kind::invalid);
  EXPECT_EQ((*Statistics(*read(), of).find("a"))->data, good.data);
  EXPECT_TRUE(write([&](auto& t) { return Statistics(t, of).erase("a"); }).ok());
  EXPECT_EQ(write([&](auto& t) { return Statistics(t, of).erase("a"); }).error().kind, Kind::not_found);
}

}  // namespace
}  // namespace weir::catalog
