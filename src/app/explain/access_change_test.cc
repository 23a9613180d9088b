#include "app/explain/access_change.h"

#include <gtest/gtest.h>

namespace weir::app {
namespace {

using catalog::PredicatePtr;
using permissions::Privilege;

const std::vector<catalog::SchemaColumn> kSchema = {{"id", "bigint"}, {"area", "string"}, {"name", "string"}};

PredicatePtr rows(std::string_view text) {
  return catalog::parse_predicate(text, kSchema, catalog::Dialect::row_filter).value();
}

using Shown = std::pair<permissions::ColumnPath, PredicatePtr>;

Access seeing(const std::vector<Shown>& shown) {
  Access out;
  if (!shown.empty()) out.privileges = {Privilege::select, Privilege::describe};
  for (const auto& [path, when] : shown) {
    out.described.push_back(path.front());
    out.data.push_back({path, when});
  }
  return out;
}

AccessChanges between(const Access& before, const Access& after) {
  AccessChanges out;
  compare("p", "t", before, after, out);
  return out;
}

TEST(SurelyWithin, NothingIsInEverythingAndEverythingInNothingElse) {
  EXPECT_TRUE(surely_within(nullptr, nullptr));
  EXPECT_TRUE(surely_within(catalog::never(), rows("id = 1")));
  EXPECT_TRUE(surely_within(rows("id = 1"), catalog::always()));
  EXPECT_FALSE(surely_within(catalog::always(), rows("id = 1")));
  EXPECT_FALSE(surely_within(rows("id = 1"), nullptr));
}

TEST(SurelyWithin, AlternativesWidenAndConjunctionsNarrow) {
  EXPECT_TRUE(surely_within(rows("id = 1"), rows("area = 'eu' OR id = 1")));
  EXPECT_TRUE(surely_within(rows("id = 1 OR id = 2"), rows("id = 2 OR id = 1 OR id = 3")));
  EXPECT_TRUE(surely_within(rows("id = 1 AND area = 'eu'"), rows("area = 'eu'")));
  EXPECT_TRUE(surely_within(rows("id = 1 AND area = 'eu'"), rows("id = 1 OR id = 2")));
  EXPECT_FALSE(surely_within(rows("id = 1 OR id = 4"), rows("id = 2 OR id = 1")));
  EXPECT_FALSE(surely_within(rows("area = 'eu'"), rows("id = 1 AND area = 'eu'")));
}

// What "surely" promises, against the evaluator: a row admitted by one is admitted by the other.
TEST(SurelyWithin, NeverClaimsWhatSomeRowDisproves) {
  std::vector<PredicatePtr> some;
  for (const char* text : {"id = 1", "id = 2", "area = 'eu'", "NOT (area = 'eu')", "id = 1 OR area = 'eu'",
                           "id = 1 AND area = 'eu'", "(id = 1 OR id = 2) AND area = 'eu'", "id IS NULL", "id <> 1",
                           "NOT (id = 1 AND area = 'eu')", "NOT (id = 1 OR area = 'eu')"})
    some.push_back(rows(text));
  using Value = std::optional<std::string>;
  for (const auto& a : some)
    for (const auto& b : some)
      if (surely_within(a, b))
        for (const Value& id : {Value("1"), Value("2"), Value("3"), Value()})
          for (const Value& area : {Value("eu"), Value("us"), Value()}) {
            auto value_of = [&](const std::vector<std::string>& column) { return column[0] == "id" ? id : area; };
            bool outside = catalog::evaluate(*a, value_of) == catalog::Truth::yes &&
                           catalog::evaluate(*b, value_of) != catalog::Truth::yes;
            EXPECT_FALSE(outside) << catalog::to_text(*a) << " within " << catalog::to_text(*b);
          }
}

TEST(Compare, NothingChangedNothingSaid) {
  auto access = seeing({{{"id"}, rows("id = 1")}});
  auto changes = between(access, access);
  EXPECT_TRUE(changes.gains.empty());
  EXPECT_TRUE(changes.losses.empty());
}

TEST(Compare, ANewColumnIsAGainOfItsOwn) {
  auto changes = between(seeing({{{"id"}, catalog::always()}}),
                         seeing({{{"id"}, catalog::always()}, {{"name"}, catalog::always()}}));
  ASSERT_EQ(changes.gains.size(), 1U);
  EXPECT_EQ(changes.gains[0].columns, std::vector<std::string>{"name"});
  EXPECT_EQ(changes.gains[0].metadata_columns, std::vector<std::string>{"name"});
  EXPECT_EQ(changes.gains[0].rows_before, "none");
  EXPECT_EQ(changes.gains[0].rows_after, "all");
  EXPECT_TRUE(changes.losses.empty());
}

TEST(Compare, OtherRowsAreALossAndAGain) {
  auto changes = between(seeing({{{"id"}, rows("id = 1")}}), seeing({{{"id"}, rows("id = 2")}}));
  ASSERT_EQ(changes.gains.size(), 1U);
  ASSERT_EQ(changes.losses.size(), 1U);
  EXPECT_EQ(changes.losses[0].rows_before, changes.gains[0].rows_before);
  EXPECT_EQ(changes.losses[0].rows_after, changes.gains[0].rows_after);
}

TEST(Compare, AnAdditionalFilterLosesNothing) {
  auto changes = between(seeing({{{"id"}, rows("id = 1")}}), seeing({{{"id"}, rows("id = 1 OR area = 'eu'")}}));
  EXPECT_EQ(changes.gains.size(), 1U);
  EXPECT_TRUE(changes.losses.empty());
}

TEST(Compare, AStructShownInPartLosesTheRestAndGainsNothing) {
  auto whole = seeing({{{"address"}, catalog::always()}});
  auto part = seeing({{{"address", "zip"}, catalog::always()}});
  auto changes = between(whole, part);
  EXPECT_TRUE(changes.gains.empty());
  ASSERT_EQ(changes.losses.size(), 1U);
  EXPECT_EQ(changes.losses[0].columns, std::vector<std::string>{"address"});
  EXPECT_TRUE(between(part, whole).losses.empty());
}

TEST(Compare, ColumnsWithDifferentRowsStandApart) {
  auto changes = between(
      seeing({}), seeing({{{"id"}, catalog::always()}, {{"area"}, rows("id = 1")}, {{"name"}, catalog::always()}}));
  ASSERT_EQ(changes.gains.size(), 2U);
  EXPECT_EQ(changes.gains[0].columns, (std::vector<std::string>{"id", "name"}));
  EXPECT_EQ(changes.gains[1].columns, std::vector<std::string>{"area"});
  EXPECT_EQ(changes.gains[1].privileges, permissions::PrivilegeSet{Privilege::select});
}

}  // namespace
}  // namespace weir::app
