// Fields of structs in views: the definition of lakeformation.md 3.4 with fields as columns, word for word.
#include <gtest/gtest.h>

#include <random>

#include "permissions/data_cells_filter.h"
#include "permissions/encode_view.h"
#include "permissions/intersect.h"
#include "permissions/view.h"

namespace weir::permissions {
namespace {

TableFacts people() {
  return {{{"id", "bigint", false},
           {"address", "struct<Street:string,zip:int,geo:struct<lat:double,lon:double>>", false},
           {"tags", "array<struct<zip:int>>", false},
           {"dt", "string", true}}};
}

catalog::PredicatePtr rows(std::string_view text) {
  return catalog::parse_predicate(text, people().columns, catalog::Dialect::row_filter).value();
}

FilterInput input() { return {"111122223333", "d", "people", "f", {}, {}, {}, true}; }

FilterInput only(std::vector<std::string> columns, std::optional<std::string> expression = {}) {
  auto out = input();
  out.column_names = std::move(columns);
  out.all_rows = !expression;
  out.row_expression = std::move(expression);
  return out;
}

FilterInput all_but(std::vector<std::string> columns, std::optional<std::string> expression = {}) {
  auto out = only({}, std::move(expression));
  out.column_names.reset();
  out.excluded_columns = std::move(columns);
  return out;
}

ViewSource source(const FilterInput& input) {
  auto filter = compile(make_filter(input, people(), "v").value());
  return {filter.record.columns, filter.rows};
}

std::string shown(const TableView& view) {
  std::string out;
  for (const auto& leaf : leaves_of(view)) {
    out += (out.empty() ? "" : " ") + spelled(leaf.path);
    if (!catalog::is_always(leaf.visible_when)) out += "{" + catalog::to_text(*leaf.visible_when) + "}";
  }
  return out;
}

std::string shown(const std::vector<FilterInput>& filters) {
  std::vector<ViewSource> sources;
  for (const auto& one : filters) sources.push_back(source(one));
  return shown(view_of(people(), sources));
}

TEST(NestedColumns, AnIncludedFieldIsShownAlone) {
  EXPECT_EQ(shown({only({"\"address\".\"zip\""})}), "\"address\".\"zip\" dt");
  EXPECT_EQ(shown({only({"\"ADDRESS\".\"GEO\".\"Lat\"", "id"})}), "id \"address\".\"geo\".\"lat\" dt");
  EXPECT_EQ(shown({only({"\"address\".\"geo\""})}), "\"address\".\"geo\" dt");
}

TEST(NestedColumns, AnExcludedFieldIsAllThatIsHidden) {
  EXPECT_EQ(shown({all_but({"\"address\".\"zip\""})}), "id \"address\".\"Street\" \"address\".\"geo\" tags dt");
  EXPECT_EQ(shown({all_but({"\"address\".\"geo\".\"lon\"", "id", "tags"})}),
            "\"address\".\"Street\" \"address\".\"zip\" \"address\".\"geo\".\"lat\" dt");
}

TEST(NestedColumns, SourcesAreUnitedFieldByField) {
  EXPECT_EQ(shown({only({"\"address\".\"zip\""}), only({"\"address\".\"street\""})}),
            "\"address\".\"Street\" \"address\".\"zip\" dt");
  EXPECT_EQ(shown({all_but({"\"address\".\"zip\""}), only({"\"address\".\"zip\""})}), "id address tags dt");
  EXPECT_EQ(shown({only({"address"}), only({"\"address\".\"zip\""})}), "address dt");
}

TEST(NestedColumns, EachFieldIsVisibleInTheRowsOfItsOwnSources) {
  EXPECT_EQ(shown({only({"\"address\".\"zip\""}, "id = 1"), only({"\"address\".\"street\""}, "address.zip = 7")}),
            "\"address\".\"Street\"{\"address\".\"zip\" = 7} \"address\".\"zip\"{\"id\" = 1} "
            "dt{\"id\" = 1 OR \"address\".\"zip\" = 7}");
}

TEST(NestedColumns, AllRowsPrevailPerField) {
  EXPECT_EQ(shown({only({"\"address\".\"zip\""}), all_but({}, "id = 1")}),
            "id{\"id\" = 1} \"address\".\"Street\"{\"id\" = 1} \"address\".\"zip\" \"address\".\"geo\"{\"id\" = 1} "
            "tags{\"id\" = 1} dt");
}

TEST(NestedColumns, TheColumnIsVisibleWhereAnyPartOfItIs) {
  auto view = view_of(
      people(), {source(only({"\"address\".\"zip\""}, "id = 1")), source(only({"\"address\".\"street\""}, "id = 2"))});
  EXPECT_EQ(catalog::to_text(*view.columns[0].visible_when), "\"id\" = 1 OR \"id\" = 2");
}

TEST(NestedColumns, LevelsFollowTheRules) {
  auto level = [](const std::vector<FilterInput>& filters) {
    std::vector<ViewSource> sources;
    for (const auto& one : filters) sources.push_back(source(one));
    return view_of(people(), sources).level();
  };
  EXPECT_EQ(level({only({"\"address\".\"zip\""})}), EnforcementLevel::nested);
  EXPECT_EQ(level({all_but({"\"address\".\"zip\""}, "id = 1")}), EnforcementLevel::nested);
  EXPECT_EQ(level({only({"id"}, "id = 1"), only({"\"address\".\"zip\""})}), EnforcementLevel::nested);
  EXPECT_EQ(level({only({"\"address\".\"zip\""}), only({"\"address\".\"street\""}, "id = 1")}),
            EnforcementLevel::nested_cell);
  EXPECT_EQ(level({all_but({"\"address\".\"zip\""}), only({"\"address\".\"zip\""})}), EnforcementLevel::none);
}

TEST(NestedColumns, AnEngineThatCannotCutStructsIsTurnedAway) {
  auto view = view_of(people(), {source(only({"\"address\".\"zip\""}))});
  auto refused = check_enforceable(view, {EnforcementLevel::cell_filter});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().kind, base::Kind::type_mismatch);
  EXPECT_NE(refused.error().says.find("NESTED_PERMISSION"), std::string::npos);
  EXPECT_TRUE(check_enforceable(view, {EnforcementLevel::nested}).ok());
}

TEST(NestedColumns, OnlyFieldsThatAreThereCanBeNamed) {
  auto kind = [](const FilterInput& input) { return make_filter(input, people(), "v").error().kind; };
  for (auto text :
       {"\"address\".\"city\"", "\"address\".\"zip\".\"x\"", "\"id\".\"x\"", "\"dt\".\"x\"", "\"gone\".\"x\"",
        "\"tags\".\"zip\"", "address.zip", "\"address\".\"zip", "\"a\".\"b\".\"c\".\"d\".\"e\".\"f\""}) {
    EXPECT_EQ(kind(only({text})), base::Kind::invalid) << text;
    EXPECT_EQ(kind(all_but({text})), base::Kind::invalid) << text;
  }
}

TEST(NestedColumns, AColumnWithAPointInItsNameIsNoPath) {
  TableFacts table{{{"a.b", "int", false}, {"a", "struct<b:int,c:int>", false}}};
  auto view = [&](const char* text) {
    auto record = make_filter(only({text}), table, "v").value();
    return shown(view_of(table, {{record.columns, catalog::always()}}));
  };
  EXPECT_EQ(view("a.b"), "a.b");
  EXPECT_EQ(view("\"a.b\""), "a.b");
  EXPECT_EQ(view("\"a\".\"b\""), "\"a\".\"b\"");
  EXPECT_EQ(view("\"a\""), "a");
}

TEST(NestedColumns, ANameThatMeansTwoFieldsIsRefusedAndCloses) {
  TableFacts table{{{"s", "struct<A:int,a:string>", false}, {"id", "int", false}}};
  EXPECT_FALSE(make_filter(only({"\"s\".\"a\""}), table, "v").ok());
  TableFacts before{{{"s", "struct<a:string,b:int>", false}, {"id", "int", false}}};
  for (const auto& input : {only({"\"s\".\"a\""}), all_but({"\"s\".\"a\""})}) {
    auto filter = compile(make_filter(input, before, "v").value());
    EXPECT_TRUE(bind(filter, before).ok());
    EXPECT_FALSE(bind(filter, table).ok());
  }
}

TEST(NestedColumns, TheRecordKeepsThem) {
  for (const auto& input : {only({"\"address\".\"zip\"", "id"}), all_but({"\"address\".\"geo\".\"lat\""})}) {
    auto filter = make_filter(input, people(), "v").value();
    auto again = base::decode_record<DataCellsFilter>(base::encode_record(filter)).value();
    EXPECT_EQ(again.columns, filter.columns);
    EXPECT_EQ(again.columns.fields().size(), 1u);
  }
  ColumnSet set;
  EXPECT_FALSE(from_json(base::parse_json(R"({"Only":[],"Fields":[["a"]]})").value(), set).ok());
  EXPECT_TRUE(set.is_empty());
}

// --- schema changes

TableFacts with_address(const std::string& type) {
  auto table = people();
  table.columns[1].type = type;
  return table;
}

bool fits(const FilterInput& input, const std::string& type) {
  return bind(compile(make_filter(input, people(), "v").value()), with_address(type)).ok();
}

TEST(NestedSchemaChanges, AHiddenFieldThatGoesClosesTheFilter) {
  auto hides_zip = all_but({"\"address\".\"zip\""});
  EXPECT_TRUE(fits(hides_zip, "struct<zip:string,other:int>"));
  EXPECT_FALSE(fits(hides_zip, "struct<Street:string,postcode:int>"));
  EXPECT_FALSE(fits(hides_zip, "string"));
  EXPECT_FALSE(fits(hides_zip, "array<struct<zip:int>>"));
  EXPECT_FALSE(fits(hides_zip, "map<string,struct<zip:int>>"));
  EXPECT_FALSE(fits(hides_zip, "struct<zip:int"));
  EXPECT_FALSE(fits(all_but({"\"address\".\"geo\".\"lat\""}), "struct<geo:struct<lon:double>>"));
}

TEST(NestedSchemaChanges, AShownFieldThatGoesIsNotShown) {
  auto both = only({"\"address\".\"zip\"", "\"address\".\"street\""});
  auto filter = compile(make_filter(both, people(), "v").value());
  auto view_with = [&](const std::string& type) {
    auto table = with_address(type);
    EXPECT_TRUE(bind(filter, table).ok());
    return shown(view_of(table, {{filter.record.columns, filter.rows}}));
  };
  EXPECT_EQ(view_with("struct<street:string,zip2:int>"), "\"address\".\"street\" dt");
  EXPECT_EQ(view_with("struct<x:string>"), "");
  EXPECT_EQ(view_with("string"), "");
  EXPECT_EQ(view_with("struct<zip:int,broken>"), "");
}

TEST(NestedSchemaChanges, AFieldThatTheRowsDependOnClosesWhenItGoesOrIsRetyped) {
  auto by_zip = only({"id"}, "address.zip = 7");
  EXPECT_TRUE(fits(by_zip, "struct<zip:int,more:string>"));
  EXPECT_TRUE(fits(by_zip, "struct<zip:bigint>"));
  EXPECT_FALSE(fits(by_zip, "struct<zip:double>"));
  EXPECT_FALSE(fits(by_zip, "struct<zip:string>"));
  EXPECT_FALSE(fits(by_zip, "struct<zip:struct<zip:int>>"));
  EXPECT_FALSE(fits(by_zip, "struct<postcode:int>"));
  EXPECT_FALSE(fits(by_zip, "int"));
  EXPECT_TRUE(fits(only({"id"}, "id = 1"), "int"));
}

TEST(NestedSchemaChanges, ASourceWithoutColumnsShowsNoRowsEither) {
  auto gone = compile(make_filter(only({"\"address\".\"zip\""}), people(), "v").value());
  auto table = with_address("struct<x:int>");
  auto view = view_of(table, {{gone.record.columns, gone.rows}, {ColumnSet::only({"id"}), rows("id = 1")}});
  EXPECT_EQ(shown(view), "id{\"id\" = 1} dt{\"id\" = 1}");
  EXPECT_EQ(catalog::to_text(*view.row_filter), "\"id\" = 1");
}

// --- types as the catalog shows them

TEST(NarrowedType, HasTheVisibleFieldsAlone) {
  auto narrowed = [](const FilterInput& input, std::string_view type) {
    auto view = view_of(people(), {source(input)});
    for (const auto& column : view.columns)
      if (column.name == "address") return narrowed_type(type, column);
    return std::optional<std::string>("no such column");
  };
  auto type = people().columns[1].type;
  EXPECT_EQ(narrowed(only({"\"address\".\"zip\""}), type), "struct<zip:int>");
  EXPECT_EQ(narrowed(all_but({"\"address\".\"geo\".\"lat\"", "\"address\".\"zip\""}), type),
            "struct<Street:string,geo:struct<lon:double>>");
  EXPECT_EQ(narrowed(only({"address"}), type), type);
  // An earlier version of the table, whose column was something else.
  EXPECT_EQ(narrowed(only({"\"address\".\"zip\""}), "array<struct<zip:int,ssn:string>>"), std::nullopt);
  EXPECT_EQ(narrowed(only({"\"address\".\"zip\""}), "struct<ssn:string>"), std::nullopt);
}

// --- random views, over a small world

struct World {
  std::mt19937 random;
  const std::vector<ColumnPath> leaves = {
      {"id"},  {"address", "street"}, {"address", "zip"}, {"address", "geo", "lat"}, {"address", "geo", "lon"},
      {"tags"}};
  const char* predicates[6] = {
      "id = 1", "id = 2", "address.zip > 1", "address.zip is null", "not (id = 1)", "dt = 'x' and id < 3"};

  ViewSource any_source() {
    static const std::vector<ColumnPath> paths = {
        {"id"},  {"address"}, {"address", "street"}, {"address", "zip"}, {"address", "geo"}, {"address", "geo", "lat"},
        {"tags"}};
    std::vector<ColumnPath> chosen;
    for (const auto& path : paths)
      if (random() % 3 == 0) chosen.push_back(path);
    auto filter = random() % 3 ? rows(predicates[random() % 6]) : catalog::always();
    return {random() % 2 && !chosen.empty() ? ColumnSet::only_paths(chosen) : ColumnSet::all_except_paths(chosen),
            filter};
  }
  std::vector<ViewSource> any_sources() {
    std::vector<ViewSource> out;
    for (auto n = random() % 4 + 1; n > 0; --n) out.push_back(any_source());
    return out;
  }
};

bool holds(const catalog::Predicate& p, int row) {
  return catalog::evaluate(p, [&](const auto& path) -> std::optional<std::string> {
           if (path[0] == "id") return std::to_string(row % 4);
           if (path[0] == "dt") return row % 2 ? "x" : "y";
           if (row % 3 == 0) return std::nullopt;
           return std::to_string(row % 5);
         }) == catalog::Truth::yes;
}
constexpr int kRows = 60;

bool shows(const ColumnSet& set, ColumnPath leaf) { return set.share_of(leaf) == Share::whole; }

bool shows(const TableView& view, const ColumnPath& leaf, int row) {
  for (const auto& one : leaves_of(view)) {
    ColumnPath path;
    for (const auto& name : one.path) path.push_back(name == "Street" ? "street" : name);
    if (begins_with(leaf, path) && holds(*one.visible_when, row)) return true;
  }
  return false;
}

TEST(NestedColumns, AgreeWithTheDefinitionCellByCell) {
  World world{std::mt19937(11)};
  for (int round = 0; round < 400; ++round) {
    auto sources = world.any_sources();
    auto view = view_of(people(), sources);
    for (int row = 0; row < kRows && !view.columns.empty(); ++row) {
      for (const auto& leaf : world.leaves) {
        bool expected = false;
        for (const auto& s : sources) expected |= shows(s.columns, leaf) && holds(*s.rows, row);
        ASSERT_EQ(shows(view, leaf, row), expected) << spelled(leaf) << " in " << shown(view);
        ASSERT_TRUE(!expected || holds(*view.row_filter, row));
      }
      for (const auto& column : view.columns) {
        bool part = false;
        for (const auto& leaf : leaves_of(column)) part |= holds(*leaf.visible_when, row);
        ASSERT_EQ(holds(*column.visible_when, row), part) << "a column is visible where a part of it is";
      }
    }
  }
}

TEST(EncodeView, ReadsBackAsTheViewThatWasWritten) {
  World world{std::mt19937(12)};
  for (int round = 0; round < 300; ++round) {
    auto view = view_of(people(), world.any_sources());
    auto again = decode_view(encode_view(view).value(), people().columns);
    ASSERT_TRUE(again.ok()) << again.error().says;
    EXPECT_EQ(shown(*again), shown(view));
    EXPECT_EQ(again->level(), view.level());
    EXPECT_EQ(again->all_columns, view.all_columns);
    EXPECT_EQ(again->all_rows, view.all_rows);
    for (int row = 0; row < kRows && !view.columns.empty(); ++row)
      ASSERT_EQ(holds(*again->row_filter, row), holds(*view.row_filter, row));
  }
}

TEST(DecodeView, WhatContradictsItselfIsRefused) {
  auto decode = [](std::vector<std::string> columns, std::vector<CellFilter> cells = {}) {
    return decode_view({std::move(columns), std::move(cells), {}}, people().columns);
  };
  EXPECT_FALSE(decode({"address", "\"address\".\"zip\""}).ok());
  EXPECT_FALSE(decode({"\"address\".\"gone\""}).ok());
  EXPECT_FALSE(decode({"\"id\".\"x\""}).ok());
  EXPECT_FALSE(decode({"\"address"}).ok());
  EXPECT_FALSE(decode({"\"address\".\"zip\"", "\"address\".\"zip\""}).ok());
  EXPECT_FALSE(decode({"address"}, {{"\"address\".\"zip\"", "id = 1"}}).ok());
  EXPECT_FALSE(decode({"\"address\".\"zip\""}, {{"address", "id = 1"}}).ok());
  EXPECT_FALSE(decode({"id"}, {{"id", "nosuch = 1"}}).ok());
  EXPECT_TRUE(decode({"id"}, {{"address", "id = 1"}}).ok());
}

TEST(DecodeView, SeveralFiltersOnOneColumnMustAllHold) {
  auto view = decode_view({{"id"}, {{"id", "id > 1"}, {"ID", "id < 3"}}, {}}, people().columns).value();
  EXPECT_EQ(shown(view), "id{\"id\" > 1 AND \"id\" < 3} dt");
}

// --- the intersection of two accounts' views

TEST(Intersected, AgreesWithBothViewsCellByCell) {
  World world{std::mt19937(13)};
  for (int round = 0; round < 400; ++round) {
    auto a = view_of(people(), world.any_sources()), b = view_of(people(), world.any_sources());
    auto both = intersected(a, b);
    bool common = false;
    for (const auto& leaf : world.leaves)
      for (int row = 0; row < kRows; ++row) {
        bool expected = shows(a, leaf, row) && shows(b, leaf, row);
        common |= expected;
        ASSERT_EQ(shows(both, leaf, row), expected) << shown(a) << "\n" << shown(b) << "\n" << shown(both);
      }
    EXPECT_TRUE(!common || !both.columns.empty());
    for (int row = 0; row < kRows && !both.columns.empty(); ++row) {
      ASSERT_EQ(holds(*both.row_filter, row), holds(*a.row_filter, row) && holds(*b.row_filter, row));
      for (const auto& leaf : leaves_of(both))
        ASSERT_TRUE(!holds(*leaf.visible_when, row) || holds(*both.row_filter, row));
    }
    EXPECT_EQ(intersected(b, a).level(), both.level());
  }
}

TEST(Intersected, SaysTheSamePredicateOnce) {
  auto a = view_of(people(), {{ColumnSet::all(), rows("id = 1")}});
  EXPECT_EQ(shown(intersected(a, a)), shown(a));
  auto b = view_of(people(), {{ColumnSet::all(), rows("id = 1 and address.zip = 2")}});
  EXPECT_EQ(catalog::to_text(*intersected(a, b).row_filter), "\"address\".\"zip\" = 2 AND \"id\" = 1");
}

TEST(Intersected, TheWholeTableIsNeutralAndNothingAbsorbs) {
  auto some = view_of(people(), {source(only({"\"address\".\"zip\""}, "id = 1"))});
  EXPECT_EQ(shown(intersected(some, whole_view(people()))), shown(some));
  EXPECT_EQ(shown(intersected(whole_view(people()), some)), shown(some));
  EXPECT_TRUE(intersected(whole_view(people()), whole_view(people())).shows_everything());
  EXPECT_TRUE(intersected(some, TableView{}).columns.empty());
}

TEST(Intersected, PartitionKeysAloneAreNoView) {
  auto a = view_of(people(), {source(only({"id"}))});
  auto b = view_of(people(), {source(only({"\"address\".\"zip\""}))});
  EXPECT_TRUE(intersected(a, b).columns.empty());
}

TEST(TableView, ShowsEverythingOnlyWithoutHiddenCells) {
  EXPECT_TRUE(whole_view(people()).shows_everything());
  EXPECT_FALSE(TableView{}.shows_everything());
  auto masked = view_of(people(), {source(all_but({}, "id = 1")), source(only({"id"}))});
  EXPECT_TRUE(masked.all_rows && masked.all_columns);
  EXPECT_FALSE(masked.shows_everything());
}

}  // namespace
}  // namespace weir::permissions
