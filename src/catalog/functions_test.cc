#include "catalog/functions.h"

#include "catalog/test_catalog.h"

namespace weir::catalog {
namespace {

using base::Kind;
using ::testing::ElementsAre;

class FunctionsTest : public TestCatalog {
 protected:
  void SetUp() override {
    make_database("d");
    make_database("e");
  }
  static UserDefinedFunction function(const std::string& database, const std::string& name) {
    UserDefinedFunction out;
    out.catalog_id = kAccount;
    out.database_name = database;
    out.function_name = name;
    return out;
  }
  base::Status create(const std::string& database, const std::string& name) {
    return write([&](auto& t) { return Functions(t).create(function(database, name)); });
  }
  std::vector<std::string> listed(const std::optional<std::string>& database, std::string_view pattern) {
    auto t = read();
    auto page = Functions(*t).list(kAccount, database, NamePattern::parse(pattern).value(), {}).value();
    std::vector<std::string> out;
    for (auto& item : page.items) out.push_back(item.database_name + "." + item.function_name);
    return out;
  }
};

TEST_F(FunctionsTest, LiveInTheirDatabase) {
  EXPECT_TRUE(create("d", "F").ok());
  EXPECT_EQ(create("d", "f").error().kind, Kind::already_exists);
  EXPECT_EQ(create("none", "f").error().kind, Kind::not_found);
  EXPECT_EQ(create("d", "a\nb").error().kind, Kind::invalid);
  EXPECT_EQ(create("d", std::string(256, 'f')).error().kind, Kind::invalid);
  auto changed = function("d", "f");
  changed.class_name = "C";
  EXPECT_TRUE(write([&](auto& t) { return Functions(t).update("F", changed); }).ok());
  EXPECT_EQ(Functions(*read()).get(kAccount, "D", "f")->class_name, "C");
  EXPECT_EQ(write([&](auto& t) { return Functions(t).update("f", function("d", "g")); }).error().kind, Kind::invalid);
  EXPECT_TRUE(write([&](auto& t) { return Functions(t).erase(kAccount, "d", "f"); }).ok());
  EXPECT_EQ(write([&](auto& t) { return Functions(t).erase(kAccount, "d", "f"); }).error().kind, Kind::not_found);
}

TEST_F(FunctionsTest, AreListedByPatternInOneDatabaseOrAll) {
  for (auto name : {"sum1", "sum2", "avg"}) ASSERT_TRUE(create("d", name).ok());
  ASSERT_TRUE(create("e", "sum3").ok());
  EXPECT_THAT(listed("d", "sum.*"), ElementsAre("d.sum1", "d.sum2"));
  EXPECT_THAT(listed(std::nullopt, "sum*"), ElementsAre("d.sum1", "d.sum2", "e.sum3"));
  EXPECT_EQ(listed(std::nullopt, "*").size(), 4U);
}

}  // namespace
}  // namespace weir::catalog
