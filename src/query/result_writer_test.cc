#include "query/result_writer.h"

#include <gtest/gtest.h>

#include "base/json.h"
#include "query/fake_lake.h"

namespace weir::query {
namespace {

struct TextSink : base::ByteSink {
  base::Status write(std::string_view piece) override {
    text += piece;
    return {};
  }
  std::string text;
};

struct FullSink : base::ByteSink {
  base::Status write(std::string_view) override { return base::fail(base::Kind::unavailable, "full"); }
};

class ResultWriterTest : public testing::Test {
 protected:
  static Engine& engine() {
    static Engine shared = open_engine();
    return shared;
  }

  Rows rows(const std::string& sql) { return std::move(engine().run(sql, lake_)).value(); }

  template <class Writer>
  std::string written(Writer writer, const std::string& sql) {
    auto answer = rows(sql);
    TextSink sink;
    auto status = writer(answer, sink);
    return status.ok() ? sink.text : status.error().says;
  }

  FakeLake lake_;
};

TEST_F(ResultWriterTest, TableAlignsAndCounts) {
  EXPECT_EQ(written(write_table, "SELECT * FROM (VALUES (1, 'für'), (NULL, 'a' || chr(10) || 'b')) t(id, name)"),
            "id   | name\n-----+-----\n1    | für\nNULL | a b\n(2 rows)\n");
  EXPECT_EQ(written(write_table, "SELECT 1 AS x WHERE false"), "x\n-\n(0 rows)\n");
}

TEST_F(ResultWriterTest, CsvQuotesWhatNeedsIt) {
  EXPECT_EQ(written(write_csv, "SELECT 1 AS a, 'x,\"y\"' AS \"b,c\", NULL AS d, '' AS e"),
            "a,\"b,c\",d,e\r\n1,\"x,\"\"y\"\"\",,\"\"\r\n");
}

TEST_F(ResultWriterTest, JsonKeepsTypes) {
  auto text = written(write_json,
                      "SELECT 1 AS a, 1.50 AS b, true AS c, NULL AS d, 'x\"y' AS e, [1, 2] AS f, {'k': 'v'} "
                      "AS g, MAP {1: 'z'} AS h, DATE '2024-01-02' AS i, 0.5::DOUBLE AS j");
  EXPECT_EQ(text,
            "[\n{\"a\":1,\"b\":1.50,\"c\":true,\"d\":null,\"e\":\"x\\\"y\",\"f\":[1,2],\"g\":{\"k\":\"v\"},"
            "\"h\":{\"1\":\"z\"},\"i\":\"2024-01-02\",\"j\":0.5}\n]\n");
  EXPECT_TRUE(base::parse_json(text).ok());
  EXPECT_EQ(written(write_json, "SELECT 1 WHERE false"), "[\n]\n");
}

TEST_F(ResultWriterTest, ParquetReadsBack) {
  ScratchFolder folder;
  auto path = folder.file("it's.parquet");
  auto answer = rows("SELECT i AS id, 'n' || i AS name, [i] AS list FROM range(10000) t(i)");
  ASSERT_TRUE(write_parquet(answer, path).ok());
  duckdb::DuckDB db(nullptr);
  duckdb::Connection connection(db);
  auto read = connection.Query("SELECT count(*), sum(id), max(list[1]), min(name) FROM read_parquet(" +
                               std::string("'") + folder.file("it''s.parquet") + "')");
  ASSERT_FALSE(read->HasError()) << read->GetError();
  EXPECT_EQ(
      read->GetValue(0, 0).ToString() + " " + read->GetValue(1, 0).ToString() + " " + read->GetValue(2, 0).ToString(),
      "10000 49995000 9999");
}

TEST_F(ResultWriterTest, ParquetTellsTheQuerysErrorNotItsOwn) {
  ScratchFolder folder;
  auto answer = rows("SELECT CASE WHEN i = 900000 THEN error('SECRET') END FROM range(1000000) t(i)");
  auto status = write_parquet(answer, folder.file("x.parquet"));
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().says, "The query failed while it ran: a function refused a value.");
}

TEST_F(ResultWriterTest, WritersStopWhenTheSinkDoes) {
  FullSink sink;
  for (auto writer : {write_table, write_csv, write_json}) {
    auto answer = rows("SELECT 1");
    auto status = writer(answer, sink);
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().says, "full");
  }
}

}  // namespace
}  // namespace weir::query
