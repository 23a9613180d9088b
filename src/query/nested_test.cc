// Structs visible in part: their fields, their type, and what cannot be named.
#include <gtest/gtest.h>

#include "permissions/data_cells_filter.h"
#include "permissions/view.h"
#include "query/fake_lake.h"

namespace weir::query {
namespace {

constexpr const char* kType = "struct<city:string,zip:int,ssn:string,geo:struct<lat:double,tag:string>>";
constexpr const char* kRows =
    "SELECT * FROM (VALUES "
    "(1, {'city': 'Bonn', 'zip': 53111, 'ssn': 's1', 'geo': {'lat': 50.7, 'tag': 't1'}}),"
    "(2, {'city': NULL, 'zip': 100, 'ssn': 's2', 'geo': NULL}),"
    "(3, NULL),"
    "(4, {'city': 'Cork', 'zip': NULL, 'ssn': NULL, 'geo': {'lat': NULL, 'tag': 't4'}})) v(id, addr)";

struct Filter {
  bool all_but;
  std::vector<std::string> columns;
  std::string rows = {};
};

class NestedTest : public testing::TestWithParam<const char*> {
 protected:
  NestedTest() : format_(GetParam()) {
    auto path = folder_.file("t." + format_);
    auto options =
        format_ == "csv" ? std::string("(FORMAT csv, HEADER false, NULLSTR '\\N')") : "(FORMAT " + format_ + ")";
    trusted("COPY (" + std::string(kRows) + ") TO '" + path + "' " + options);
    table_ = {.database = "s", .name = "t", .columns = {{"id", "int"}, {"addr", kType}}};
    table_.format = format_ == "csv" ? FileFormat::csv : format_ == "json" ? FileFormat::json : FileFormat::parquet;
    if (format_ == "csv") table_.text = {.separator = ',', .quote = '"', .escape = '"'};
    files_ = {data_file(path)};
  }

  std::string ask(const std::vector<Filter>& filters, const std::string& sql) {
    permissions::TableFacts facts{{{"id", "int", false}, {"addr", kType, false}}};
    std::vector<permissions::ViewSource> sources;
    for (auto& filter : filters) {
      permissions::FilterInput input{"111122223333", "s", "t", "f", {}, {}, {}, filter.rows.empty()};
      (filter.all_but ? input.excluded_columns : input.column_names) = filter.columns;
      if (!filter.rows.empty()) input.row_expression = filter.rows;
      auto compiled = permissions::compile(permissions::make_filter(input, facts, "v").value());
      sources.push_back({compiled.record.columns, compiled.rows});
    }
    table_.view = permissions::view_of(facts, sources);
    lake_.add(table_, files_);
    return answer(engine_, lake_, sql);
  }

  std::string format_;
  ScratchFolder folder_;
  GovernedTable table_;
  std::vector<DataFile> files_;
  FakeLake lake_;
  Engine engine_ = open_engine();
};

const std::vector<Filter> kZip = {{false, {"id", "\"addr\".\"zip\""}}};
const std::vector<Filter> kNoSsn = {{true, {"\"addr\".\"ssn\"", "\"addr\".\"geo\".\"tag\""}}};

TEST_P(NestedTest, AnIncludedFieldIsAllThereIsOfTheStruct) {
  EXPECT_EQ(ask(kZip, "SELECT * FROM s.t ORDER BY id"),
            "id|addr\n1|{'zip': 53111}\n2|{'zip': 100}\n3|NULL\n4|{'zip': NULL}");
  EXPECT_EQ(ask(kZip, "SELECT typeof(addr) FROM s.t LIMIT 1"), "typeof(addr)\nSTRUCT(zip INTEGER)");
  EXPECT_EQ(ask(kZip, "SELECT sum(addr.zip) AS z FROM s.t WHERE addr.zip > 100"), "z\n53111");
}

TEST_P(NestedTest, AnExcludedFieldIsAllThatIsMissing) {
  EXPECT_EQ(ask(kNoSsn, "SELECT typeof(addr) FROM s.t LIMIT 1"),
            "typeof(addr)\nSTRUCT(city VARCHAR, zip INTEGER, geo STRUCT(lat DOUBLE))");
  EXPECT_EQ(ask(kNoSsn, "SELECT addr FROM s.t WHERE id <> 2 ORDER BY id"),
            "addr\n{'city': Bonn, 'zip': 53111, 'geo': {'lat': 50.7}}\nNULL\n{'city': Cork, 'zip': NULL, 'geo': "
            "{'lat': NULL}}");
}

TEST_P(NestedTest, AHiddenFieldCannotBeNamed) {
  for (auto sql :
       {"SELECT addr.ssn FROM s.t", "SELECT addr['ssn'] FROM s.t", "SELECT struct_extract(addr, 'ssn') FROM s.t",
        "SELECT id FROM s.t WHERE addr.ssn = 's1'", "SELECT id FROM s.t ORDER BY addr.ssn",
        "SELECT addr.geo.tag FROM s.t", "SELECT t.addr.ssn FROM s.t", "SELECT s.t.addr.ssn FROM s.t",
        "SELECT struct_extract_at(addr, 4) FROM s.t", "SELECT count(*) FROM s.t GROUP BY addr.ssn",
        "SELECT addr::STRUCT(ssn VARCHAR) FROM s.t", "SELECT a.id FROM s.t a JOIN s.t b ON a.addr.ssn = b.addr.ssn"}) {
    auto refused = ask(kNoSsn, sql);
    EXPECT_EQ(refused[0], '!') << sql << "\n" << refused;
    EXPECT_EQ(refused.find("s1"), std::string::npos) << refused;
  }
  for (auto sql : {"SELECT to_json(t) FROM s.t", "SELECT addr.* FROM s.t", "SELECT addr::VARCHAR FROM s.t",
                   "SELECT unnest(t) FROM s.t", "SELECT list(addr) FROM s.t", "SELECT max(addr) FROM s.t"}) {
    auto shown = ask(kNoSsn, sql);
    EXPECT_NE(shown[0], '!') << sql << "\n" << shown;
    for (auto hidden : {"ssn", "s1", "s2", "t1", "tag"})
      EXPECT_EQ(shown.find(hidden), std::string::npos) << sql << shown;
  }
}

TEST_P(NestedTest, EachFieldIsShownInItsOwnRows) {
  EXPECT_EQ(ask({{false, {"id", "\"addr\".\"city\""}, ""}, {false, {"\"addr\".\"zip\""}, "id = 1"}},
                "SELECT addr FROM s.t WHERE id < 4 ORDER BY id"),
            "addr\n{'city': Bonn, 'zip': 53111}\n{'city': NULL, 'zip': NULL}\nNULL");
  EXPECT_EQ(ask({{false, {"id"}, ""},
                 {false, {"\"addr\".\"zip\""}, "id = 1"},
                 {false, {"\"addr\".\"geo\".\"tag\""}, "id = 4"}},
                "SELECT id, addr FROM s.t ORDER BY id"),
            "id|addr\n1|{'zip': 53111, 'geo': NULL}\n2|NULL\n3|NULL\n4|{'zip': NULL, 'geo': {'tag': t4}}");
}

TEST_P(NestedTest, RowsMayDependOnFieldsThatAreHidden) {
  EXPECT_EQ(ask({{false, {"id", "\"addr\".\"city\""}, "addr.ssn = 's1' or addr.geo.tag = 't4'"}},
                "SELECT * FROM s.t ORDER BY id"),
            "id|addr\n1|{'city': Bonn}\n4|{'city': Cork}");
  EXPECT_EQ(ask({{false, {"id"}, "not (addr.zip = 100)"}}, "SELECT id FROM s.t"), "id\n1");
  EXPECT_EQ(ask({{false, {"id"}, "addr.zip is null"}}, "SELECT id FROM s.t ORDER BY id"), "id\n3\n4");
}

TEST_P(NestedTest, PermissionsThatDoNotFitTheTableShowNothing) {
  ask(kZip, "SELECT 1");
  table_.columns[1].type = "struct<city:string,postcode:int>";
  lake_.add(table_, files_);
  EXPECT_EQ(answer(engine_, lake_, "SELECT * FROM s.t").substr(0, 8), "! denied");
  table_.columns[1].type = "string";
  lake_.add(table_, files_);
  EXPECT_EQ(answer(engine_, lake_, "SELECT id FROM s.t").substr(0, 8), "! denied");
  table_.columns[1].type = kType;
  table_.view.columns[1].fields->clear();
  lake_.add(table_, files_);
  EXPECT_EQ(answer(engine_, lake_, "SELECT id FROM s.t").substr(0, 8), "! denied");
}

INSTANTIATE_TEST_SUITE_P(Formats, NestedTest, testing::Values("parquet", "csv", "json"));

// Files keep the types and fields of the day they were written.
TEST(NestedFiles, MayLackFieldsOrHoldThemInAnotherOrder) {
  ScratchFolder folder;
  trusted("COPY (SELECT 1 AS id, {'zip': '7', 'ssn': 9, 'Geo': {'lat': 1}} AS addr) TO '" + folder.file("old.parquet") +
          "'");
  trusted("COPY (SELECT 2 AS id) TO '" + folder.file("older.parquet") + "'");
  GovernedTable table{.database = "s", .name = "t", .columns = {{"id", "int"}, {"addr", kType}}};
  show(table, {"id", "addr"});
  auto always = catalog::always();
  table.view.columns[1].fields = std::vector<permissions::VisibleColumn>{
      {"city", always}, {"zip", always}, {"geo", always, std::vector<permissions::VisibleColumn>{{"lat", always}}}};
  FakeLake lake;
  lake.add(table, {data_file(folder.file("old.parquet")), data_file(folder.file("older.parquet"))});
  auto engine = open_engine();
  EXPECT_EQ(answer(engine, lake, "SELECT id, addr FROM s.t ORDER BY id"),
            "id|addr\n1|{'city': NULL, 'zip': 7, 'geo': {'lat': 1.0}}\n2|NULL");
}

}  // namespace
}  // namespace weir::query
