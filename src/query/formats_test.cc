// Every file format a governed table may have, partitions, and files that are not what the catalog says.
#include <gtest/gtest.h>

#include "query/fake_lake.h"
#include "query/table_format.h"

namespace weir::query {
namespace {

class FormatsTest : public testing::Test {
 protected:
  static Engine& engine() {
    static Engine shared = open_engine();
    return shared;
  }

  std::string ask(const std::string& sql) { return answer(engine(), lake_, sql); }

  GovernedTable table(std::vector<TableColumn> columns, FileFormat format = FileFormat::parquet) {
    GovernedTable made{.database = "s", .name = "t", .columns = std::move(columns), .format = format};
    std::vector<std::string> names;
    for (auto& column : made.columns) names.push_back(column.name);
    show(made, names);
    return made;
  }

  void show_all(GovernedTable& made, const std::string& rows = {}) {
    std::vector<std::string> names;
    for (auto& column : made.columns) names.push_back(column.name);
    for (auto& key : made.partition_keys) names.push_back(key.name);
    show(made, names, rows);
  }

  // One text file of a table with this SerDe.
  void text_table(const std::string& serde, const Parameters& parameters, const Parameters& of_table,
                  std::vector<TableColumn> columns, std::string_view bytes) {
    auto format = table_format("org.apache.hadoop.hive.serde2." + serde, parameters, of_table);
    ASSERT_TRUE(format.ok()) << format.error().says;
    auto made = table(std::move(columns), format->format);
    made.text = format->text;
    write_file(folder_.file("data"), bytes);
    lake_.add(std::move(made), {data_file(folder_.file("data"))});
  }

  // Three daily partitions of two rows each.
  void partitioned() {
    std::vector<DataFile> files;
    for (std::string day : {"2024-01-01", "2024-01-02", "2024-01-03"})
      for (std::string region : {"eu", "us"}) {
        auto path = folder_.file(region + day + ".parquet");
        trusted("COPY (SELECT i AS id FROM range(2) t(i)) TO '" + path + "' (FORMAT parquet)");
        files.push_back(data_file(path, {day, region, day.substr(9)}));
      }
    auto made = table({{"id", "bigint"}});
    made.partition_keys = {{"day", "date"}, {"region", "string"}, {"n", "int"}};
    show_all(made);
    lake_.add(std::move(made), std::move(files));
  }

  ScratchFolder folder_;
  FakeLake lake_;
};

TEST_F(FormatsTest, LazySimpleSplitsAtItsDelimiterAndReadsItsNull) {
  text_table("lazy.LazySimpleSerDe", {{"field.delim", "|"}, {"serialization.null.format", "-"}},
             {{"skip.header.line.count", "1"}},
             {{"id", "int"}, {"name", "string"}, {"price", "decimal(8,2)"}, {"day", "date"}},
             "id|name|price|day\n1|\"quoted\"|2.50|2024-01-31\n2|-|x|-\n3\n4|a|1|2024-02-01|extra\n");
  EXPECT_EQ(ask("SELECT * FROM s.t"),
            "id|name|price|day\n1|\"quoted\"|2.50|2024-01-31\n2|NULL|NULL|NULL\n3|NULL|NULL|NULL\n4|a|1.00|"
            "2024-02-01");
}

TEST_F(FormatsTest, LazySimpleDefaultsToControlA) {
  text_table("lazy.LazySimpleSerDe", {}, {}, {{"a", "int"}, {"b", "string"}}, "1\001x,y\n2\001\\N\n");
  EXPECT_EQ(ask("SELECT a, b, b IS NULL AS gone FROM s.t"), "a|b|gone\n1|x,y|false\n2|NULL|true");
}

TEST_F(FormatsTest, OpenCsvReadsQuotedCells) {
  text_table("OpenCSVSerde", {{"separatorChar", ";"}, {"quoteChar", "\""}}, {{"skip.header.line.count", "1"}},
             {{"a", "int"}, {"b", "string"}}, "a;b\n1;\"x;y\"\n\"2\";plain\n3;\"say \\\"hi\\\"\"\n");
  EXPECT_EQ(ask("SELECT * FROM s.t"), "a|b\n1|x;y\n2|plain\n3|say \"hi\"");
}

TEST_F(FormatsTest, TextFilesHideRowsColumnsAndCellsToo) {
  text_table("lazy.LazySimpleSerDe", {{"field.delim", ","}}, {}, {{"id", "int"}, {"who", "string"}, {"ssn", "string"}},
             "1,me,s1\n2,you,SECRET\n3,me,s3\nSECRET\nx,y,z,SECRET\n");
  auto& made = lake_.table("s.t");
  show(made, {"id", "ssn"}, "who = 'me'");
  mask(made, "ssn", "id > 2");
  EXPECT_EQ(ask("SELECT * FROM s.t WHERE length(ssn) > 0 OR json_extract(coalesce(ssn, '1'), '$') IS NOT NULL"),
            "id|ssn\n1|NULL\n3|s3");
  EXPECT_EQ(ask("SELECT count(*) AS n FROM s.t"), "n\n2");
}

TEST_F(FormatsTest, CompressedTextIsReadByItsEnding) {
  auto path = folder_.file("x.csv.gz");
  trusted("COPY (SELECT i AS a FROM range(5) t(i)) TO '" + path + "' (FORMAT csv, HEADER false, COMPRESSION gzip)");
  auto made = table({{"a", "int"}}, FileFormat::csv);
  made.text.separator = ',';
  lake_.add(std::move(made), {data_file(path)});
  EXPECT_EQ(ask("SELECT sum(a) AS n FROM s.t"), "n\n10");
}

TEST_F(FormatsTest, JsonLinesByNameAndNullWhereTheyDoNotFit) {
  text_table("JsonSerDe", {}, {},
             {{"id", "int"}, {"name", "string"}, {"tags", "array<string>"}, {"at", "struct<city:string>"}},
             "{\"id\": 1, \"name\": \"a\", \"tags\": [\"x\", \"y\"], \"at\": {\"city\": \"b\"}, \"more\": "
             "1}\n{\"name\": \"z\", \"id\": \"no\"}\n");
  EXPECT_EQ(ask("SELECT * FROM s.t"), "id|name|tags|at\n1|a|[x, y]|{'city': b}\nNULL|z|NULL|NULL");
}

TEST_F(FormatsTest, MalformedJsonLinesNeitherFailNorShow) {
  text_table("JsonSerDe", {}, {}, {{"id", "int"}, {"who", "string"}},
             "{\"id\": 1, \"who\": \"me\"}\n{\"id\": 2, SECRET\n{\"id\": 3, \"who\": \"you\"}\n");
  show(lake_.table("s.t"), {"id"}, "who = 'me'");
  EXPECT_EQ(ask("SELECT * FROM s.t"), "id\n1");
}

TEST_F(FormatsTest, ParquetColumnsAreFoundByName) {
  auto first = folder_.file("1.parquet");
  auto second = folder_.file("2.parquet");
  trusted("COPY (SELECT 1 AS a, 'x' AS b) TO '" + first + "' (FORMAT parquet)");
  trusted("COPY (SELECT 'y' AS B, 'extra' AS c, '7' AS A) TO '" + second + "' (FORMAT parquet)");
  lake_.add(table({{"a", "int"}, {"b", "string"}, {"d", "double"}}), {data_file(first), data_file(second)});
  EXPECT_EQ(ask("SELECT * FROM s.t"), "a|b|d\n1|x|NULL\n7|y|NULL");
  EXPECT_EQ(ask("SELECT b FROM s.t WHERE a = 7"), "b\ny");
}

TEST_F(FormatsTest, ValuesThatDoNotFitTheirTypeReadNull) {
  auto path = folder_.file("1.parquet");
  trusted("COPY (SELECT * FROM (VALUES ('12'), ('SECRET')) t(a)) TO '" + path + "' (FORMAT parquet)");
  lake_.add(table({{"a", "int"}}), {data_file(path)});
  EXPECT_EQ(ask("SELECT a FROM s.t"), "a\n12\nNULL");
}

TEST_F(FormatsTest, EveryHiveTypeReadsFromParquet) {
  auto path = folder_.file("1.parquet");
  trusted(
      "COPY (SELECT 1::TINYINT AS a, 2::SMALLINT AS b, 3::INT AS c, 4::BIGINT AS d, 1.5::FLOAT AS e, "
      "2.5::DOUBLE AS f, true AS g, 'x' AS h, DATE '2024-01-02' AS i, "
      "TIMESTAMP '2024-01-02 03:04:05' AS j, 1.25::DECIMAL(9,2) AS k, '\\xAB'::BLOB AS l, [1, 2] AS m, MAP "
      "{'k': 1} AS n, {'p': {'q': 'r'}} AS o) TO '" +
      path + "' (FORMAT parquet)");
  lake_.add(table({{"a", "tinyint"},
                   {"b", "smallint"},
                   {"c", "int"},
                   {"d", "bigint"},
                   {"e", "float"},
                   {"f", "double"},
                   {"g", "boolean"},
                   {"h", "varchar(3)"},
                   {"i", "date"},
                   {"j", "timestamp"},
                   {"k", "decimal(9,2)"},
                   {"l", "binary"},
                   {"m", "array<int>"},
                   {"n", "map<string,int>"},
                   {"o", "struct<p:struct<q:string>>"}}),
            {data_file(path)});
  EXPECT_EQ(ask("SELECT * FROM s.t"),
            "a|b|c|d|e|f|g|h|i|j|k|l|m|n|o\n1|2|3|4|1.5|2.5|true|x|2024-01-02|2024-01-02 "
            "03:04:05|1.25|\\xAB|[1, 2]|{k=1}|{'p': {'q': r}}");
}

TEST_F(FormatsTest, ColumnsOfUnknownTypesMatterOnlyWhenShown) {
  auto path = folder_.file("1.parquet");
  trusted("COPY (SELECT 1 AS a) TO '" + path + "' (FORMAT parquet)");
  auto made = table({{"a", "int"}, {"u", "uniontype<int,string>"}});
  show(made, {"a"});
  lake_.add(made, {data_file(path)});
  EXPECT_EQ(ask("SELECT * FROM s.t"), "a\n1");
  show(lake_.table("s.t"), {"a", "u"});
  EXPECT_EQ(ask("SELECT a FROM s.t"), "! unsupported: Column u of table s.t has a type that cannot be queried.");
}

TEST_F(FormatsTest, PartitionKeysAreTypedColumns) {
  partitioned();
  EXPECT_EQ(ask("SELECT * FROM s.t WHERE id = 0 AND region = 'eu' ORDER BY day DESC"),
            "id|day|region|n\n0|2024-01-03|eu|3\n0|2024-01-02|eu|2\n0|2024-01-01|eu|1");
  EXPECT_EQ(ask("SELECT day, count(*) AS c FROM s.t GROUP BY day ORDER BY day LIMIT 1"), "day|c\n2024-01-01|4");
}

TEST_F(FormatsTest, FiltersOnPartitionKeysArriveBeforeFilesAreListed) {
  partitioned();
  auto asked = [&](const std::string& where) {
    lake_.asked_for.clear();
    lake_.opened.clear();
    ask("SELECT count(id) FROM s.t WHERE " + where);
    EXPECT_EQ(lake_.asked_for.size(), 1U) << where;
    return lake_.asked_for.empty() ? "" : lake_.asked_for[0];
  };
  auto unfiltered = asked("true");
  EXPECT_EQ(lake_.opened.size(), 6U);
  EXPECT_NE(asked("day = '2024-01-02'"), unfiltered);
  EXPECT_EQ(lake_.opened.size(), 2U);
  asked("region = 'us' AND n IN (1, 2) AND id >= 0");
  EXPECT_EQ(lake_.opened.size(), 2U);
  asked("n BETWEEN 2 AND 3");
  EXPECT_EQ(lake_.opened.size(), 4U);
  asked("(n = 1 AND region = 'eu') OR n = 3");
  EXPECT_EQ(lake_.opened.size(), 3U);
  asked("2 < n");
  EXPECT_EQ(lake_.opened.size(), 2U);
  EXPECT_EQ(asked("n = 1 OR id = 0"), unfiltered);
  EXPECT_EQ(asked("length(region) = 2"), unfiltered);
}

TEST_F(FormatsTest, RowFiltersOnPartitionKeysPruneFiles) {
  partitioned();
  show_all(lake_.table("s.t"), "region = 'eu' and n > 1");
  EXPECT_EQ(ask("SELECT count(*) AS c, min(day) AS d FROM s.t"), "c|d\n4|2024-01-02");
  EXPECT_EQ(lake_.opened.size(), 2U);
}

TEST_F(FormatsTest, NullAndUnreadablePartitionValuesReadNull) {
  auto path = folder_.file("1.parquet");
  trusted("COPY (SELECT 1 AS id) TO '" + path + "' (FORMAT parquet)");
  auto made = table({{"id", "int"}});
  made.partition_keys = {{"n", "int"}};
  show_all(made);
  lake_.add(std::move(made), {data_file(path, {std::nullopt}), data_file(path, {"__HIVE_DEFAULT_PARTITION__"}),
                              data_file(path, {"word"}), data_file(path, {"5"}), data_file(path)});
  EXPECT_EQ(ask("SELECT count(*) AS c, count(n) AS n FROM s.t"), "c|n\n5|1");
  EXPECT_EQ(ask("SELECT count(*) AS c FROM s.t WHERE n IS NULL"), "c\n4");
}

TEST_F(FormatsTest, FileThatIsNotParquetNamesTheTableAndNothingOfTheBytes) {
  write_file(folder_.file("x.parquet"), "SECRET SECRET SECRET SECRET");
  lake_.add(table({{"a", "int"}}), {data_file(folder_.file("x.parquet"))});
  auto text = ask("SELECT * FROM s.t");
  EXPECT_EQ(text, "! invalid: A data file of table s.t cannot be read as Parquet.");
}

TEST_F(FormatsTest, DamagedParquetIsACleanError) {
  auto path = folder_.file("x.parquet");
  trusted("COPY (SELECT i AS a, md5(i::VARCHAR) AS b FROM range(20000) t(i)) TO '" + path + "' (FORMAT parquet)");
  std::ifstream in(path, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(in)), {});
  auto made = table({{"a", "bigint"}, {"b", "string"}});
  lake_.add(made, {data_file(path)});
  for (size_t at = 4; at < bytes.size(); at += bytes.size() / 40) {
    auto damaged = bytes;
    for (size_t i = at; i < std::min(at + 8, damaged.size()); ++i) damaged[i] = static_cast<char>(damaged[i] ^ 0x5a);
    auto broken = folder_.file("broken" + std::to_string(at));
    write_file(broken, damaged);
    lake_.add(made, {data_file(broken)});
    auto text = ask("SELECT sum(a) AS a, max(b) AS b FROM s.t");
    EXPECT_TRUE(text.starts_with("a|b") || text == "! invalid: A data file of table s.t cannot be read as Parquet.")
        << text;
  }
}

TEST_F(FormatsTest, ObjectDeletedDuringTheQueryIsTheLakesError) {
  auto path = folder_.file("x.parquet");
  trusted("COPY (SELECT i AS a FROM range(1000) t(i)) TO '" + path + "' (FORMAT parquet)");
  lake_.add(table({{"a", "bigint"}}), {data_file(path)});
  std::atomic<int> reads = 0;
  lake_.before_read = [&](const DataFile&) {
    if (++reads == 2) std::filesystem::remove(path);
  };
  EXPECT_EQ(ask("SELECT sum(a) FROM s.t"), "! not_found: A data file is gone.");
}

TEST_F(FormatsTest, ObjectThatShrankIsACleanError) {
  auto path = folder_.file("x.parquet");
  trusted("COPY (SELECT i AS a FROM range(1000) t(i)) TO '" + path + "' (FORMAT parquet)");
  auto file = data_file(path);
  file.size = 1 << 20;
  lake_.add(table({{"a", "bigint"}}), {file});
  EXPECT_EQ(ask("SELECT sum(a) FROM s.t"), "! unavailable: A data file of table s.t changed while the query read it.");
}

TEST_F(FormatsTest, EmptyFilesAndEmptyTablesHaveNoRows) {
  write_file(folder_.file("empty"), "");
  lake_.add(table({{"a", "int"}}), {data_file(folder_.file("empty"))});
  EXPECT_EQ(ask("SELECT count(*) AS n FROM s.t"), "n\n0");
  lake_.add(table({{"a", "int"}}), {});
  EXPECT_EQ(ask("SELECT * FROM s.t"), "a");
}

TEST_F(FormatsTest, ManySmallFilesKeepTheirOrder) {
  std::vector<DataFile> files;
  std::string expected = "a";
  for (int i = 0; i < 60; ++i) {
    write_file(folder_.file(std::to_string(i)), std::to_string(i) + "\n");
    files.push_back(data_file(folder_.file(std::to_string(i))));
    expected += "\n" + std::to_string(i);
  }
  auto made = table({{"a", "int"}}, FileFormat::csv);
  lake_.add(std::move(made), std::move(files));
  EXPECT_EQ(ask("SELECT a FROM s.t"), expected);
  EXPECT_EQ(ask("SELECT a FROM s.t LIMIT 2 OFFSET 40"), "a\n40\n41");
}

TEST(TableFormat, KnowsTheSerDesItReads) {
  EXPECT_EQ(table_format("org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe", {}, {})->format,
            FileFormat::parquet);
  EXPECT_EQ(table_format("org.openx.data.jsonserde.JsonSerDe", {}, {})->format, FileFormat::json);
  EXPECT_EQ(table_format("org.apache.hive.hcatalog.data.JsonSerDe", {}, {})->format, FileFormat::json);
  EXPECT_EQ(table_format("x.LazySimpleSerDe", {{"field.delim", "\\t"}}, {})->text.separator, '\t');
  EXPECT_EQ(table_format("x.LazySimpleSerDe", {{"serialization.format", "44"}}, {})->text.separator, ',');
  EXPECT_EQ(table_format("x.LazySimpleSerDe", {{"field.delim", "\\u007c"}}, {})->text.separator, '|');
  EXPECT_EQ(table_format("org.apache.hadoop.hive.ql.io.orc.OrcSerde", {}, {}).error().kind, base::Kind::unsupported);
  EXPECT_FALSE(table_format("x.LazySimpleSerDe", {{"field.delim", "||"}}, {}).ok());
  EXPECT_FALSE(table_format("x.OpenCSVSerde", {}, {{"skip.header.line.count", "-1"}}).ok());
}

}  // namespace
}  // namespace weir::query
