#include "permissions/resource.h"

#include <gtest/gtest.h>

namespace weir::permissions {
namespace {

const std::string kAccount = "111122223333";

TEST(Privilege, TheTableStandsInTheOrderOfTheEnum) {
  ASSERT_EQ(privilege_table().size(), static_cast<size_t>(kPrivilegeCount));
  for (int i = 0; i < kPrivilegeCount; ++i) {
    EXPECT_EQ(static_cast<int>(privilege_table()[i].privilege), i);
    EXPECT_EQ(parse_privilege(privilege_table()[i].name).value(), privilege_table()[i].privilege);
  }
  EXPECT_FALSE(parse_privilege("select").ok());
  EXPECT_FALSE(parse_privilege("").ok());
}

TEST(Privilege, AllAllowsWhatIsValidThereAndNothingElse) {
  EXPECT_TRUE(allows({Privilege::all}, Privilege::select, Level::table));
  EXPECT_FALSE(allows({Privilege::all}, Privilege::select, Level::database));
  EXPECT_TRUE(allows({Privilege::all}, Privilege::create_table, Level::database));
  EXPECT_FALSE(allows({Privilege::all}, Privilege::data_location_access, Level::table));
}

TEST(Privilege, AnythingImpliesDescribeAndNothingImpliesMore) {
  for (auto privilege : valid_at(Level::table).list())
    EXPECT_TRUE(allows({privilege}, Privilege::describe, Level::table));
  EXPECT_FALSE(allows({Privilege::describe}, Privilege::select, Level::table));
  EXPECT_FALSE(allows({Privilege::alter}, Privilege::drop, Level::table));
  EXPECT_FALSE(allows({}, Privilege::describe, Level::table));
}

TEST(Privilege, LevelsAreTheDocumentedOnes) {
  EXPECT_EQ(valid_at(Level::database).text(), "ALL, DESCRIBE, ALTER, DROP, CREATE_TABLE");
  EXPECT_EQ(valid_at(Level::table).text(), "ALL, SELECT, INSERT, DELETE, DESCRIBE, ALTER, DROP");
  EXPECT_EQ(valid_at(Level::columns).text(), "SELECT");
  EXPECT_EQ(valid_at(Level::data_cells_filter).text(), "SELECT, DESCRIBE, DROP");
  EXPECT_EQ(valid_at(Level::data_location).text(), "DATA_LOCATION_ACCESS");
  EXPECT_EQ(valid_at(Level::link).text(), "DESCRIBE, DROP");
  EXPECT_EQ(valid_at(Level::view).text(), "ALL, SELECT, DESCRIBE, DROP");
}

TEST(ColumnSet, UnionAndDifferenceFollowSetAlgebra) {
  auto ab = ColumnSet::only({"a", "b"}), but_b = ColumnSet::all_except({"b"}),
       but_bc = ColumnSet::all_except({"b", "c"});
  EXPECT_EQ(ab.united(but_bc), ColumnSet::all_except({"c"}));
  EXPECT_EQ(but_b.united(but_bc), but_b);
  EXPECT_EQ(ab.without(but_b), ColumnSet::only({"b"}));
  EXPECT_EQ(but_b.without(but_bc), ColumnSet::only({"c"}));
  EXPECT_EQ(but_b.without(ab), ColumnSet::all_except({"a", "b"}));
  EXPECT_TRUE(ColumnSet::all().without(ColumnSet::all()).is_empty());
  EXPECT_TRUE(ab.subset_of(ColumnSet::all()));
  EXPECT_FALSE(ColumnSet::all().subset_of(ab));
  EXPECT_FALSE(but_b.subset_of(ab));
}

TEST(ColumnSet, DefaultContainsNothingAndNamesIgnoreCase) {
  EXPECT_FALSE(ColumnSet().contains("a"));
  EXPECT_TRUE(ColumnSet::only({"Id", "ID"}).contains("id"));
  EXPECT_FALSE(ColumnSet::all_except({"SSN"}).contains("ssn"));
}

TEST(Resource, KeysReadBackWhateverTheNames) {
  for (const char* name : {"orders", "a/b", "a%2Fb", "über", "a b", "*", "..", "a'b\"c"}) {
    for (const auto& resource :
         {Resource::of_database(kAccount, name).value(), Resource::of_all_tables(kAccount, name).value(),
          Resource::of_table(kAccount, name, name).value(), Resource::of_filter(kAccount, name, name, name).value()}) {
      auto again = Resource::parse_key(resource.key());
      ASSERT_TRUE(again.ok()) << resource.key();
      EXPECT_EQ(*again, resource);
    }
  }
  for (const char* url : {"s3://b", "s3://b/a", "s3://b/a b/c*"}) {
    auto resource = Resource::of_location(kAccount, url).value();
    EXPECT_EQ(Resource::parse_key(resource.key()).value(), resource);
  }
}

TEST(Resource, DifferentResourcesHaveDifferentKeys) {
  EXPECT_NE(Resource::of_table(kAccount, "a/b", "c").value().key(),
            Resource::of_table(kAccount, "a", "b/c").value().key());
  EXPECT_NE(Resource::of_table(kAccount, "a", "b").value().key(),
            Resource::of_columns(kAccount, "a", "b", ColumnSet::all()).value().key());
}

TEST(Resource, BadNamesAreRefused) {
  EXPECT_FALSE(Resource::of_table(kAccount, "", "t").ok());
  EXPECT_FALSE(Resource::of_table(kAccount, "d", "").ok());
  EXPECT_FALSE(Resource::of_table(kAccount, "d", std::string(256, 'x')).ok());
  EXPECT_TRUE(Resource::of_table(kAccount, "d", std::string(255, 'x')).ok());
  EXPECT_FALSE(Resource::of_table(kAccount, "d", "a\nb").ok());
  EXPECT_FALSE(Resource::of_table(kAccount, "d",
                                  "a\x1f"
                                  "b")
                   .ok());
  EXPECT_FALSE(Resource::of_table(kAccount, "d", "\xff").ok());
  EXPECT_FALSE(Resource::of_location(kAccount, "https://b/a").ok());
  EXPECT_EQ(Resource::of_table("111122223333:other", "d", "t").error().kind, base::Kind::unsupported);
}

TEST(Resource, KeysOfUnknownKindsAreErrorsNotTables) {
  for (const char* key :
       {"", "table", "table/111122223333/d", "lf_tag/111122223333/x", "table/111122223333/d/t/x", "nonsense/1"})
    EXPECT_FALSE(Resource::parse_key(key).ok()) << key;
}

}  // namespace
}  // namespace weir::permissions
