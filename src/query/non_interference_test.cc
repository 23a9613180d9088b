// Non-interference, at length: under every view, in every format, two data sets that differ only in what is hidden
// answer each query of tests/non_interference_queries.sql byte for byte alike.
//
// The two have the same number of rows in the same places. What is hidden looks ordinary in one; in the other it is
// made to break what touches it, and where the format allows it is not even of the column's type.
#include <gtest/gtest.h>

#include "permissions/data_cells_filter.h"
#include "permissions/view.h"
#include "query/fake_lake.h"

namespace weir::query {
namespace {

constexpr int kRows = 480;
constexpr const char* kCorpus = "tests/non_interference_queries.sql";

std::vector<std::string> corpus() {
  std::ifstream file(kCorpus);  // tests run in the project's folder
  std::vector<std::string> queries;
  for (std::string line; std::getline(file, line);)
    if (!line.empty() && !line.starts_with("--")) queries.push_back(line);
  return queries;
}

// A column or field: its type, what is in it where it is visible, what hides there in the tame data, what in the
// wild, and what in wild text, where anything can stand. All over the row's number i.
struct Cell {
  const char* name;
  const char* visible;
  const char* tame;
  const char* wild;
  const char* wild_text;
};

// The values that row filters name keep their rows hidden: nowhere is a hidden tenant 'mine' or an owner 'ac...'.
const Cell kCells[] = {
    {"id", "i", "i + 5000", "[9223372036854775807, -1, NULL, 0][1 + i % 4]::BIGINT", "'SECRET'"},
    {"tenant", "['mine', 'ours'][1 + i % 2]", "'other'", "['other', NULL, 'Mine', ''][1 + i % 4]", "'o\"ther'"},
    {"txt", "i::VARCHAR", "'7'", "['SECRET', NULL, '{', 'x''y\"z', repeat('S', 5000)][1 + i % 5]", "'SECRET, \"1\"'"},
    {"num", "i % 37 + 1", "3", "[0, -1, 9223372036854775807, NULL][1 + i % 4]::BIGINT", "'0x'"},
    {"ratio", "(i % 16) / 8.0 + 0.125", "0.5", "['nan', 'inf', '-0', NULL, '1e308'][1 + i % 5]::DOUBLE", "'SECRET'"},
    {"amount", "(i % 100 / 4.0)::DECIMAL(10,2)", "1.00::DECIMAL(10,2)",
     "[99999999.99, -99999999.99, NULL][1 + i % 3]::DECIMAL(10,2)", "'1e99'"},
    {"dt", "DATE '2024-01-01' + (i % 60)::INT", "DATE '2024-02-01'",
     "[DATE '9999-12-31', NULL, DATE '0001-01-01'][1 + i % 3]", "'0000-99-99'"},
    {"ok", "i % 3 = 0", "true", "[false, NULL][1 + i % 2]", "'SECRET'"},
    {"note", "'n' || i % 50", "'n1'", "['SECRET ' || i, NULL, '2024', '{', '1e400'][1 + i % 5]", "'\\N\\n'"},
    {"owner", "'acme'", "'acid'", "['acSECRET', 'ac', 'acme\"'][1 + i % 3]", "'acSECRET'"},
    {"ssn", "'000-' || i", "'111'", "['SECRET', NULL, ''][1 + i % 3]", "'SECRET'"},
    {"city", "'c' || i % 9", "'c1'", "['SECRET', NULL, '}', ''''][1 + i % 4]", "'SECRET'"},
    {"zip", "100 + i % 200", "150", "[2147483647, -5, 0, NULL][1 + i % 4]::INT", "99"},
    {"fieldssn", "'s' || i % 7", "'s2'", "['SECRET', NULL, '{'][1 + i % 3]", "'SECRET'"},
    {"lat", "i / 16.0", "2.5::DOUBLE", "['nan', '-inf', NULL][1 + i % 3]::DOUBLE", "'SECRET'"},
    {"tag", "'2024-01-' || lpad((1 + i % 28)::VARCHAR, 2, '0')", "'2024-01-01'", "['SECRET', NULL][1 + i % 2]",
     "'SECRET'"},
    {"tags", "[(i % 9)::VARCHAR, '5']", "['8']", "[['SECRET', NULL, '{'], [], NULL][1 + i % 3]", "'[SECRET'"},
    {"props", "MAP {'k': (i % 9)::VARCHAR}", "MAP {'k': '3'}", "CASE WHEN i % 2 = 0 THEN MAP {'SECRET': 'SECRET'} END",
     "'{SECRET'"},
};

// The columns as the catalog has them; addr is made of city, zip, ssn and geo.
const std::vector<TableColumn> kColumns = {
    {"id", "bigint"},
    {"tenant", "string"},
    {"txt", "string"},
    {"num", "bigint"},
    {"ratio", "double"},
    {"amount", "decimal(10,2)"},
    {"dt", "date"},
    {"ok", "boolean"},
    {"note", "string"},
    {"owner", "string"},
    {"ssn", "string"},
    {"addr", "struct<city:string,zip:int,ssn:string,geo:struct<lat:double,tag:string>>"},
    {"tags", "array<string>"},
    {"props", "map<string,string>"}};
const std::vector<TableColumn> kKeys = {{"p", "string"}};

// What is granted, as data cells filters; then where the rows and each cell are visible, said once more in SQL over
// i, without the code under test. A cell that is not named is hidden.
struct Filter {
  bool all_but = false;
  std::vector<std::string> columns;
  std::string rows;  // empty: all
};
struct ViewCase {
  const char* name;
  std::vector<Filter> filters;
  std::string rows;
  std::map<std::string, std::string> cells;
};

const char* const kMine = "i % 2 = 0";
const char* const kOk = "i % 3 = 0";

std::map<std::string, std::string> cells(const std::string& names, std::map<std::string, std::string> others = {}) {
  std::istringstream words(names);
  for (std::string name; words >> name;) others.emplace(name, "true");
  return others;
}

const ViewCase kViews[] = {
    {"RowFilter",
     {{true, {"owner", "ssn"}, "tenant = 'mine'"}},
     kMine,
     cells("id tenant txt num ratio amount dt ok note city zip fieldssn lat tag tags props")},
    // The rows depend on what is hidden: any owner that keeps the row is as good as another.
    {"RowFilterOnAHiddenColumn",
     {{false, {"id", "txt", "num", "note", "addr"}, "owner like 'ac%'"}},
     kMine,
     cells("id txt num note city zip fieldssn lat tag")},
    {"Columns", {{false, {"id", "ratio", "amount", "dt", "tags"}, ""}}, "true", cells("id ratio amount dt tags")},
    {"CellFilters",
     {{true, {"owner", "ssn", "note", "num", "props", "addr"}, ""},
      {false, {"note", "addr", "props"}, "ok = true"},
      {false, {"num"}, "tenant = 'mine'"}},
     "true",
     cells("id tenant txt ratio amount dt ok tags", {{"note", kOk},
                                                     {"props", kOk},
                                                     {"city", kOk},
                                                     {"zip", kOk},
                                                     {"fieldssn", kOk},
                                                     {"lat", kOk},
                                                     {"tag", kOk},
                                                     {"num", kMine}})},
    {"RowsAndCells",
     {{false, {"id", "tenant", "ok", "txt", "tags"}, "tenant = 'mine'"},
      {false, {"id", "tenant", "ok", "note", "num", "addr"}, "tenant = 'mine' and ok = true"}},
     kMine,
     cells("id tenant ok txt tags",
           {{"note", kOk}, {"num", kOk}, {"city", kOk}, {"zip", kOk}, {"fieldssn", kOk}, {"lat", kOk}, {"tag", kOk}})},
    {"NestedFields",
     {{false, {"id", "num", "txt", "\"addr\".\"city\"", "\"addr\".\"geo\".\"lat\""}, ""}},
     "true",
     cells("id num txt city lat")},
    {"AllButNestedFields",
     {{true, {"owner", "ssn", "\"addr\".\"ssn\"", "\"addr\".\"geo\".\"tag\""}, "tenant = 'mine'"}},
     kMine,
     cells("id tenant txt num ratio amount dt ok note city zip lat tags props")},
    {"NestedCells",
     {{false, {"id", "tenant", "ok", "note", "\"addr\".\"city\""}, ""},
      {false, {"\"addr\".\"zip\"", "\"addr\".\"geo\""}, "ok = true"},
      {false, {"\"addr\".\"ssn\"", "num"}, "tenant = 'mine'"}},
     "true",
     cells("id tenant ok note city", {{"zip", kOk}, {"lat", kOk}, {"tag", kOk}, {"fieldssn", kMine}, {"num", kMine}})},
    {"RowFilterOnAHiddenField",
     {{false, {"id", "num", "note", "\"addr\".\"city\""}, "addr.zip >= 100 and addr.zip < 1000"}},
     kMine,
     cells("id num note city")},
    {"Partitions",
     {{true, {"owner", "ssn", "note"}, "p = 'a'"}, {false, {"note"}, "p = 'a' and ok = true"}},
     "i % 4 < 2",
     cells("id tenant txt num ratio amount dt ok city zip fieldssn lat tag tags props", {{"note", kOk}})},
};

const char* const kFormats[] = {"parquet", "csv", "json"};

// What decides about rows cannot itself be wild in a row that is to stay visible.
bool decides(const ViewCase& view, const std::string& cell) {
  std::string rows;
  for (auto& filter : view.filters) rows += filter.rows + " ";
  auto name = cell == "zip" ? "addr.zip" : cell;
  return rows.find(name + " ") != std::string::npos && !view.cells.contains(cell);
}

class Pair {
 public:
  Pair(const ViewCase& view, const std::string& format) : view_(view), format_(format) {
    make(tame_, false);
    make(wild_, true);
  }

  void expect_same(Engine& engine, const std::string& sql) {
    auto tame = answer(engine, tame_, sql);
    auto wild = answer(engine, wild_, sql);
    EXPECT_EQ(tame.substr(0, 2000), wild.substr(0, 2000)) << sql;
    EXPECT_TRUE(tame == wild) << sql;
    bool named = sql.find("SEC") != std::string::npos;
    EXPECT_TRUE(named || wild.find("SECRET") == std::string::npos) << sql << "\n" << wild.substr(0, 2000);
    ++(tame[0] == '!' ? failed : succeeded);
  }

  int succeeded = 0;
  int failed = 0;

 private:
  std::string visible_in(const std::string& cell) const {
    auto found = view_.cells.find(cell);
    return found == view_.cells.end() ? "false" : "(" + view_.rows + ") AND (" + found->second + ")";
  }

  // A value for JSON keeps what it is; text takes anything.
  std::string as_written(const std::string& value) const {
    if (format_ == "parquet") return value;
    return format_ == "csv" ? "(" + value + ")::VARCHAR" : "to_json(" + value + ")";
  }

  std::string value(const Cell& cell, bool wild) const {
    std::string hidden = wild ? cell.wild : cell.tame;
    bool in_struct = std::string_view("city zip fieldssn lat tag").find(cell.name) != std::string_view::npos;
    if (decides(view_, cell.name)) {
      // Visible rows keep what keeps them; it may be another value of the kind.
      std::string kept = std::string(cell.name) == "zip" ? (wild ? "999" : "150") : (wild ? "'acSECRET'" : "'acid'");
      std::string lost = std::string(cell.name) == "zip" ? (wild ? "[2147483647, -5, NULL][1 + i % 3]::INT" : "7")
                                                         : (wild ? "['SECRET', NULL][1 + i % 2]" : "'else'");
      auto decided = "CASE WHEN " + view_.rows + " THEN " + kept + " ELSE " + lost + " END";
      return in_struct ? decided : as_written(decided);
    }
    bool anything = wild && format_ != "parquet" && !in_struct;
    auto shown = as_written(cell.visible);
    auto other = as_written(hidden);
    if (anything) other = "CASE WHEN i % 5 = 4 THEN " + as_written(cell.wild_text) + " ELSE " + other + " END";
    if (in_struct) shown = cell.visible, other = hidden;
    return "CASE WHEN " + visible_in(cell.name) + " THEN " + shown + " ELSE " + other + " END";
  }

  // NULL as a whole now and then; where no field is visible, other rows are.
  std::string address(bool wild, const std::map<std::string, std::string>& values) const {
    auto of = [&](const char* name) { return values.at(name); };
    auto packed = "{'city': " + of("city") + ", 'zip': " + of("zip") + ", 'ssn': " + of("fieldssn") +
                  ", 'geo': {'lat': " + of("lat") + ", 'tag': " + of("tag") + "}}";
    std::string any = "false";
    for (auto name : {"city", "zip", "fieldssn", "lat", "tag"}) any += " OR (" + visible_in(name) + ")";
    bool filtered_on = decides(view_, "zip");
    auto none = "CASE WHEN (" + any + ")" + (filtered_on ? " OR true" : "") + " THEN " +
                (filtered_on ? "false" : "i % 11 = 0") + " ELSE " + (wild ? "i % 2 = 0" : "false") + " END";
    return as_written("CASE WHEN " + none + " THEN NULL ELSE " + packed + " END");
  }

  std::string rows(bool wild) const {
    std::map<std::string, std::string> values;
    for (auto& cell : kCells) values[cell.name] = value(cell, wild);
    values["addr"] = address(wild, values);
    std::string list;
    for (auto& column : kColumns) list += (list.empty() ? "" : ", ") + values.at(column.name) + " AS " + column.name;
    return "SELECT " + list + " FROM range(" + std::to_string(kRows) + ") t(i)";
  }

  std::string options() const {
    if (format_ == "parquet") return "(FORMAT parquet, ROW_GROUP_SIZE 128)";
    if (format_ == "json") return "(FORMAT json)";
    return "(FORMAT csv, HEADER false, QUOTE '\"', ESCAPE '\"', NULLSTR '\\N')";
  }

  // Two files: rows whose i is 0 or 1 modulo four lie in partition a, the others in b.
  void make(FakeLake& lake, bool wild) {
    std::vector<DataFile> files;
    for (std::string key : {"a", "b"}) {
      auto path = folder_.file((wild ? "wild-" : "tame-") + key + "." + format_);
      trusted("COPY (" + rows(wild) + " WHERE i % 4 " + (key == "a" ? "< 2" : ">= 2") + ") TO '" + path + "' " +
              options());
      files.push_back(data_file(path, {key}));
    }
    GovernedTable table{.database = "s", .name = "t", .columns = kColumns, .partition_keys = kKeys};
    if (format_ == "csv") table.text = {.separator = ',', .quote = '"', .escape = '"'};
    table.format = format_ == "csv" ? FileFormat::csv : format_ == "json" ? FileFormat::json : FileFormat::parquet;
    table.view = view();
    lake.add(std::move(table), std::move(files));
  }

  permissions::TableView view() const {
    permissions::TableFacts facts;
    for (auto& column : kColumns) facts.columns.push_back({column.name, column.type, false});
    for (auto& key : kKeys) facts.columns.push_back({key.name, key.type, true});
    std::vector<permissions::ViewSource> sources;
    for (auto& filter : view_.filters) {
      permissions::FilterInput input{"111122223333", "s", "t", "f", {}, {}, {}, filter.rows.empty()};
      (filter.all_but ? input.excluded_columns : input.column_names) = filter.columns;
      if (!filter.rows.empty()) input.row_expression = filter.rows;
      auto made = permissions::make_filter(input, facts, "v");
      if (!made.ok()) throw std::runtime_error(made.error().says);
      auto compiled = permissions::compile(*made);
      sources.push_back({compiled.record.columns, compiled.rows});
    }
    return permissions::view_of(facts, sources);
  }

  const ViewCase& view_;
  std::string format_;
  ScratchFolder folder_;
  FakeLake tame_;
  FakeLake wild_;
};

class NonInterference : public testing::TestWithParam<std::tuple<size_t, const char*>> {};

// One thread: with more, the order in which unordered aggregates take their rows is nobody's promise.
TEST_P(NonInterference, NoQueryTellsWhatIsHidden) {
  static Engine engine = open_engine({.threads = 1});
  auto [view, format] = GetParam();
  Pair pair(kViews[view], format);
  auto queries = corpus();
  ASSERT_EQ(queries.size(), 300u);
  for (auto& sql : queries) pair.expect_same(engine, sql);
  // Answers that are all refusals would prove nothing, and neither would none.
  EXPECT_GT(pair.succeeded, 60);
  EXPECT_GT(pair.failed, 30);
}

// A line or an object longer than the readers' own limits is still one row, of which one cell is hidden.
TEST(NonInterference, AHugeHiddenCellIsAsInvisibleAsASmallOne) {
  auto engine = open_engine({.threads = 2});
  for (auto format : {FileFormat::csv, FileFormat::json}) {
    std::vector<std::string> answers;
    for (size_t size : {1u, 3'000'000u, 30'000'000u}) {
      ScratchFolder folder;
      FakeLake lake;
      std::string text, huge(size, 'S');
      for (int i = 0; i < 6; ++i) {
        auto id = std::to_string(i), cell = i == 3 ? huge : "x";
        text += format == FileFormat::csv ? id + ",\"" + cell + "\",n" + id + "\n"
                                          : "{\"id\":" + id + ",\"ssn\":\"" + cell + "\",\"note\":\"n" + id + "\"}\n";
      }
      write_file(folder.file("data"), text);
      GovernedTable table{.database = "s",
                          .name = "t",
                          .columns = {{"id", "int"}, {"ssn", "string"}, {"note", "string"}},
                          .format = format,
                          .text = {.separator = ',', .quote = '"', .escape = '"'}};
      show(table, {"id", "ssn", "note"});
      mask(table, "ssn", "id < 3");
      lake.add(std::move(table), {data_file(folder.file("data"))});
      answers.push_back(answer(engine, lake, "SELECT * FROM s.t ORDER BY id"));
      answers.back() += "\n" + answer(engine, lake, "SELECT count(*), count(ssn), min(id), max(note) FROM s.t");
    }
    EXPECT_EQ(answers[0].find('!'), std::string::npos) << answers[0];
    EXPECT_EQ(answers[1].substr(0, 500), answers[0]);
    EXPECT_EQ(answers[2].substr(0, 500), answers[0]);
  }
}

std::string case_name(const testing::TestParamInfo<std::tuple<size_t, const char*>>& info) {
  return kViews[std::get<0>(info.param)].name + std::string("_") + std::get<1>(info.param);
}

INSTANTIATE_TEST_SUITE_P(Views, NonInterference,
                         testing::Combine(testing::Range(size_t{0}, std::size(kViews)), testing::ValuesIn(kFormats)),
                         case_name);

}  // namespace
}  // namespace weir::query
