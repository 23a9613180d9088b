#include "permissions/data_cells_filter.h"

#include <gtest/gtest.h>

namespace weir::permissions {
namespace {

TableFacts orders() { return {{{"id", "bigint", false}, {"region", "string", false}, {"dt", "string", true}}}; }

FilterInput input() {
  return {"111122223333", "Sales", "Orders", "eu", {}, std::vector<std::string>{}, "region = 'EU'", false};
}

TEST(DataCellsFilter, KeepsWhatItsExpressionNames) {
  auto filter = make_filter(input(), orders(), "v1").value();
  EXPECT_EQ(filter.database, "sales");
  ASSERT_EQ(filter.row_columns.size(), 1u);
  EXPECT_EQ(filter.row_columns[0].name, "region");
  auto again = base::decode_record<DataCellsFilter>(base::encode_record(filter)).value();
  EXPECT_TRUE(bind(compile(again), orders()).ok());
}

TEST(DataCellsFilter, ColumnsAreAListOrAWildcard) {
  auto both = input();
  both.column_names = {"id"};
  EXPECT_NE(make_filter(both, orders(), "v")
                .error()
                .says.find("Data cells filter cannot have both column wildcard expression and column names."),
            std::string::npos);
  auto neither = input();
  neither.excluded_columns.reset();
  EXPECT_FALSE(make_filter(neither, orders(), "v").ok());
}

TEST(DataCellsFilter, RowsAreAnExpressionOrAll) {
  auto both = input();
  both.all_rows = true;
  EXPECT_FALSE(make_filter(both, orders(), "v").ok());
  auto neither = input();
  neither.row_expression.reset();
  EXPECT_FALSE(make_filter(neither, orders(), "v").ok());
  neither.row_expression = "  ";
  EXPECT_FALSE(make_filter(neither, orders(), "v").ok());
  auto too_long = input();
  too_long.row_expression = "region = '" + std::string(2048, 'x') + "'";
  EXPECT_FALSE(make_filter(too_long, orders(), "v").ok());
}

TEST(DataCellsFilter, UnknownNestedAndPartitionColumnsAreRefused) {
  auto bad = input();
  bad.excluded_columns = {"nosuch"};
  EXPECT_EQ(make_filter(bad, orders(), "v").error().kind, base::Kind::invalid);
  bad.excluded_columns = {"dt"};
  EXPECT_EQ(make_filter(bad, orders(), "v").error().kind, base::Kind::invalid);
  bad.excluded_columns = {"\"address\".\"zip\""};
  EXPECT_EQ(make_filter(bad, orders(), "v").error().kind, base::Kind::invalid);
}

TEST(DataCellsFilter, PartitionKeysMayAppearInTheExpression) {
  auto by_day = input();
  by_day.row_expression = "dt > '2026-01-01'";
  EXPECT_TRUE(make_filter(by_day, orders(), "v").ok());
}

TEST(DataCellsFilter, ViewsAndLinksHaveNone) {
  auto view = orders();
  view.is_view = true;
  EXPECT_FALSE(make_filter(input(), view, "v").ok());
}

TEST(DataCellsFilter, AnUnreadableStoredExpressionClosesIt) {
  auto filter = make_filter(input(), orders(), "v").value();
  filter.row_expression = "region = ";
  EXPECT_FALSE(bind(compile(filter), orders()).ok());
  filter.row_expression = "";
  EXPECT_FALSE(bind(compile(filter), orders()).ok());
}

TEST(DataCellsFilter, AColumnThatBecomesAPartitionKeyIsReadAgain) {
  auto filter = input();
  filter.row_expression = "region is null";
  auto compiled = compile(make_filter(filter, orders(), "v").value());
  TableFacts moved{{{"id", "bigint", false}, {"region", "string", true}}};
  EXPECT_FALSE(bind(compiled, moved).ok());  // IS NULL is not allowed on partition keys
}

}  // namespace
}  // namespace weir::permissions
