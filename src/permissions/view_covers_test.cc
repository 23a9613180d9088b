#include "permissions/view_covers.h"

#include <gtest/gtest.h>

namespace weir::permissions {
namespace {

const std::vector<catalog::SchemaColumn> kSchema = {
    {"id", "bigint", false}, {"region", "string", false}, {"address", "struct<zip:string,city:string>", false}};

catalog::PredicatePtr rows(std::string_view text) {
  return *catalog::parse_predicate(text, kSchema, catalog::Dialect::row_filter);
}

TableView view(const std::vector<std::string>& columns, catalog::PredicatePtr filter = catalog::always()) {
  TableView out;
  out.row_filter = filter;
  for (const auto& name : columns) out.columns.push_back({.name = name, .visible_when = filter});
  return out;
}

TEST(ViewCovers, AViewCoversItself) {
  EXPECT_TRUE(covers(view({"id"}), view({"id"})));
  EXPECT_TRUE(covers(view({"id"}, rows("region = 'EU'")), view({"id"}, rows("region = 'EU'"))));
}

TEST(ViewCovers, ALostColumnIsALoss) {
  EXPECT_FALSE(covers(view({"id"}), view({"id", "region"})));
  EXPECT_TRUE(covers(view({"id", "region"}), view({"ID"})));
}

TEST(ViewCovers, AllRowsCoverAnyRowsAndNothingElseDoesUnlessItIsTheSame) {
  auto eu = view({"id"}, rows("region = 'EU'"));
  EXPECT_TRUE(covers(view({"id"}), eu));
  EXPECT_FALSE(covers(eu, view({"id"})));
  EXPECT_FALSE(covers(view({"id"}, rows("region = 'EU' OR id = 1")), eu));
}

TEST(ViewCovers, ACellThatIsHiddenInMoreRowsIsALoss) {
  auto masked = view({"id", "region"});
  masked.columns[1].visible_when = rows("id > 10");
  EXPECT_TRUE(covers(view({"id", "region"}), masked));
  EXPECT_FALSE(covers(masked, view({"id", "region"})));
}

TEST(ViewCovers, AFieldOfAStructIsPartOfIt) {
  auto zip = view({"address"});
  zip.columns[0].fields = {{.name = "zip", .visible_when = catalog::always()}};
  EXPECT_TRUE(covers(view({"address"}), zip));
  EXPECT_FALSE(covers(zip, view({"address"})));
}

TEST(ViewCovers, NothingIsCoveredByAViewOfNothing) {
  EXPECT_FALSE(covers(TableView(), view({"id"})));
  EXPECT_TRUE(covers(TableView(), TableView()));
}

}  // namespace
}  // namespace weir::permissions
