#include "permissions/view.h"

#include <gtest/gtest.h>

#include <random>

#include "permissions/encode_view.h"

namespace weir::permissions {
namespace {

TableFacts people() {
  return {{{"id", "bigint", false}, {"dept", "string", false}, {"pay", "int", false}, {"dt", "string", true}}};
}

catalog::PredicatePtr rows(std::string_view text) {
  return catalog::parse_predicate(text, people().columns, catalog::Dialect::row_filter).value();
}

TEST(View, DefaultShowsNothing) {
  TableView view;
  EXPECT_TRUE(view.columns.empty());
  EXPECT_FALSE(view.all_rows || view.all_columns);
  EXPECT_TRUE(view_of(people(), {}).columns.empty());
}

TEST(View, OneUnrestrictedSourceIsTheWholeTable) {
  auto view = view_of(people(), {{ColumnSet::only({"id"}), rows("dept = 'x'")}, {ColumnSet::all(), catalog::always()}});
  EXPECT_TRUE(view.all_rows && view.all_columns);
  EXPECT_EQ(view.level(), EnforcementLevel::none);
}

TEST(View, LevelSaysWhatAnEngineMustDo) {
  EXPECT_EQ(view_of(people(), {{ColumnSet::only({"id"}), catalog::always()}}).level(), EnforcementLevel::column);
  EXPECT_EQ(view_of(people(), {{ColumnSet::all(), rows("pay > 1")}}).level(), EnforcementLevel::cell_filter);
  auto mixed = view_of(people(), {{ColumnSet::all(), rows("pay > 1")}, {ColumnSet::only({"id"}), catalog::always()}});
  EXPECT_TRUE(mixed.all_rows && mixed.all_columns);
  EXPECT_EQ(mixed.level(), EnforcementLevel::cell_filter);
}

TEST(View, PartitionKeysAreVisibleButAloneTheyAreNoView) {
  auto view = view_of(people(), {{ColumnSet::only({"id"}), catalog::always()}});
  ASSERT_EQ(view.columns.size(), 2u);
  EXPECT_EQ(view.columns[1].name, "dt");
  EXPECT_TRUE(view_of(people(), {{ColumnSet::only({"gone"}), catalog::always()}}).columns.empty());
}

// The definition, word for word, against random sources and rows.
TEST(View, AgreesWithTheDefinitionCellByCell) {
  std::mt19937 random(7);
  const char* predicates[] = {"dept = 'a'",  "dept = 'b'",       "pay > 5",
                              "pay is null", "not (dept = 'a')", "dept in ('a','b') and pay < 9"};
  const std::vector<std::vector<std::string>> column_choices = {{"id"},        {"dept"},        {"pay"},
                                                                {"id", "pay"}, {"dept", "pay"}, {"id", "dept", "pay"}};
  auto table = people();
  for (int round = 0; round < 300; ++round) {
    std::vector<ViewSource> sources;
    for (auto n = random() % 5; n > 0; --n) {
      const auto& chosen = column_choices[random() % column_choices.size()];
      sources.push_back({random() % 2 ? ColumnSet::only(chosen) : ColumnSet::all_except({chosen[0]}),
                         random() % 4 ? rows(predicates[random() % 6]) : catalog::always()});
    }
    auto view = view_of(table, sources);
    if (view.columns.empty()) continue;
    for (int r = 0; r < 8; ++r) {
      std::optional<std::string> dept = r % 3 == 0 ? std::nullopt : std::optional<std::string>(r % 2 ? "a" : "b");
      std::optional<std::string> pay = r % 4 == 0 ? std::nullopt : std::optional(std::to_string(r * 2));
      auto holds = [&](const catalog::Predicate& p) {
        return catalog::evaluate(p, [&](const auto& path) {
                 return path[0] == "dept" ? dept : path[0] == "pay" ? pay : std::optional<std::string>("1");
               }) == catalog::Truth::yes;
      };
      bool row = false;
      for (const auto& s : sources) row |= holds(*s.rows);
      EXPECT_EQ(holds(*view.row_filter), row);
      for (const auto& column : table.columns) {
        bool cell = false;
        for (const auto& s : sources)
          cell |= (column.partition_key || s.columns.contains(column.name)) && holds(*s.rows);
        bool shown = false;
        for (const auto& c : view.columns) shown |= c.name == column.name && holds(*c.visible_when);
        EXPECT_EQ(shown, cell) << column.name;
        EXPECT_TRUE(!shown || row) << "a cell outside the visible rows";
      }
    }
  }
}

TEST(EncodeView, AllRowsHaveNoRowFilterAndNoCellFilters) {
  auto encoded = encode_view(whole_view(people())).value();
  EXPECT_EQ(encoded.authorized_columns.size(), 4u);
  EXPECT_FALSE(encoded.row_filter);
  EXPECT_TRUE(encoded.cell_filters.empty());
}

TEST(EncodeView, RowFilterIsADisjunctionAndEveryColumnCarriesItsOwn) {
  auto encoded =
      encode_view(view_of(people(), {{ColumnSet::all(), rows("dept = 'EU'")}, {ColumnSet::all(), rows("dept = 'US'")}}))
          .value();
  ASSERT_TRUE(encoded.row_filter);
  auto again = rows(*encoded.row_filter);
  EXPECT_EQ(again->op, catalog::Op::or_);
  EXPECT_EQ(encoded.cell_filters.size(), 4u);
  EXPECT_EQ(encoded.cell_filters[0].expression, *encoded.row_filter);
}

TEST(EncodeView, DifferentColumnsHaveDifferentCellFilters) {
  auto encoded = encode_view(view_of(people(), {{ColumnSet::all(), rows("dept = 'EU'")},
                                                {ColumnSet::only({"id"}), catalog::always()}}))
                     .value();
  EXPECT_FALSE(encoded.row_filter);
  for (const auto& cell : encoded.cell_filters) EXPECT_NE(cell.column, "id");
  EXPECT_EQ(encoded.cell_filters.size(), 2u);  // dept, pay; dt is visible with id in all rows
}

TEST(EncodeView, AMetadataOnlyViewAuthorisesNoColumn) {
  auto encoded = encode_view(TableView{}).value();
  EXPECT_TRUE(encoded.authorized_columns.empty());
}

TEST(EncodeView, TooLongATextIsRefusedNotCut) {
  std::vector<ViewSource> sources;
  for (int i = 0; i < 40; ++i)
    sources.push_back({ColumnSet::all(), rows("dept = '" + std::string(60, 'x') + std::to_string(i) + "'")});
  auto encoded = encode_view(view_of(people(), sources));
  ASSERT_FALSE(encoded.ok());
  EXPECT_EQ(encoded.error().kind, base::Kind::limit_exceeded);
}

TEST(EncodeView, AHalfMadeViewIsRefused) {
  TableView view;
  view.columns.push_back({"id", nullptr});
  EXPECT_FALSE(encode_view(view).ok());
}

TEST(Enforceable, AnEngineThatOffersTooLittleIsTurnedAway) {
  auto filtered = view_of(people(), {{ColumnSet::all(), rows("dept = 'EU'")}});
  auto refused = check_enforceable(filtered, {EnforcementLevel::column});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().kind, base::Kind::type_mismatch);
  EXPECT_NE(refused.error().says.find("CELL_FILTER_PERMISSION"), std::string::npos);
  EXPECT_FALSE(check_enforceable(filtered, {}).ok());
  EXPECT_TRUE(check_enforceable(filtered, {EnforcementLevel::nested}).ok());
  EXPECT_TRUE(check_enforceable(whole_view(people()), {}).ok());
}

TEST(Enforceable, ThePluralSpellingIsRefusedWithAHint) {
  EXPECT_EQ(parse_permission_type("CELL_FILTER_PERMISSION").value(), EnforcementLevel::cell_filter);
  auto plural = parse_permission_type("COLUMN_PERMISSIONS");
  ASSERT_FALSE(plural.ok());
  EXPECT_NE(plural.error().says.find("COLUMN_PERMISSION."), std::string::npos);
  EXPECT_FALSE(parse_permission_type("").ok());
}

}  // namespace
}  // namespace weir::permissions
