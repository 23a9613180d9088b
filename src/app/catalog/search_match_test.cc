#include "app/catalog/search_match.h"

#include <gtest/gtest.h>

namespace weir::app {
namespace {

catalog::Table orders() {
  catalog::Table table;
  table.name = "orders";
  table.database_name = "sales";
  table.description = "customer-link of 2026";
  table.update_time = base::from_epoch_seconds(1000);
  table.parameters = catalog::Parameters{{"classification", "parquet"}};
  table.storage_descriptor.emplace().columns =
      std::vector<catalog::Column>{{"amount", "int", "in cents", std::nullopt}};
  return table;
}

bool fits(SearchQuery query) {
  auto match = SearchMatch::of(query);
  return match.ok() && match->fits(orders());
}
bool text_fits(std::string text) { return fits({.text = std::move(text)}); }
bool filter_fits(SearchFilter filter) { return fits({.filters = {std::move(filter)}}); }

TEST(SearchMatch, EachWordMustBeInSomeValue) {
  EXPECT_TRUE(text_fits(""));
  EXPECT_TRUE(text_fits("ORD cents"));
  EXPECT_FALSE(text_fits("orders absent"));
}

TEST(SearchMatch, QuotedTextIsAWholeValue) {
  EXPECT_TRUE(text_fits("\"customer-link of 2026\""));
  EXPECT_FALSE(text_fits("\"customer-link\""));
}

TEST(SearchMatch, FilterValuesAreWholeWordsBetweenPunctuation) {
  EXPECT_TRUE(filter_fits({"Description", "link", {}}));
  EXPECT_TRUE(filter_fits({"classification", "PARQUET", {}}));
  EXPECT_FALSE(filter_fits({"Description", "lin", {}}));
  EXPECT_FALSE(filter_fits({"absent", "x", {}}));
}

TEST(SearchMatch, TimesCompare) {
  EXPECT_TRUE(filter_fits({"UpdateTime", "999", Comparison::greater}));
  EXPECT_TRUE(filter_fits({"UpdateTime", "1970-01-01T00:16:40Z", Comparison::equals}));
  EXPECT_FALSE(filter_fits({"UpdateTime", "1000", Comparison::less}));
  EXPECT_FALSE(filter_fits({"CreateTime", "1000", Comparison::less_or_equal})) << "absent times match nothing";
}

TEST(SearchMatch, SenselessFiltersAreInvalid) {
  for (SearchFilter filter : {SearchFilter{"UpdateTime", "yesterday", {}},
                              SearchFilter{"Name", "x", Comparison::greater}, SearchFilter{"", "x", {}}}) {
    SearchQuery query{.filters = {filter}};
    EXPECT_FALSE(SearchMatch::of(query).ok()) << filter.key;
  }
}

TEST(SearchMatch, TimesSortAsTimes) {
  auto early = orders(), late = orders();
  early.update_time = base::from_epoch_seconds(9);
  late.update_time = base::from_epoch_seconds(10);
  auto match = SearchMatch::of({.sort = SearchSort{"UpdateTime"}});
  ASSERT_TRUE(match.ok());
  EXPECT_LT(match->sort_key(early), match->sort_key(late));
}

}  // namespace
}  // namespace weir::app
