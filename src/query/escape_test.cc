// Statements that try to reach past the governed tables. Each must fail, or tell nothing but what the view
// shows.
#include <gtest/gtest.h>

#include "query/fake_lake.h"

namespace weir::query {
namespace {

class EscapeTest : public testing::Test {
 protected:
  static Engine& engine() {
    static Engine shared = open_engine();
    return shared;
  }

  void SetUp() override {
    path_ = folder_.file("orders.parquet");
    trusted("COPY (SELECT i AS id, 'SECRET' AS ssn FROM range(3) t(i)) TO '" + path_ + "' (FORMAT parquet)");
    write_file(folder_.file("note.txt"), "SECRET");
    GovernedTable orders{.database = "sales", .name = "orders", .columns = {{"id", "bigint"}, {"ssn", "string"}}};
    show(orders, {"id"});
    lake_.add(std::move(orders), {data_file(path_)});
  }

  std::string ask(std::string sql) {
    for (size_t at; (at = sql.find("{file}")) != std::string::npos;) sql.replace(at, 6, path_);
    for (size_t at; (at = sql.find("{folder}")) != std::string::npos;) sql.replace(at, 8, folder_.file(""));
    return answer(engine(), lake_, sql);
  }

  void expect_refused(const std::string& sql) {
    auto text = ask(sql);
    EXPECT_EQ(text[0], '!') << sql << "\n" << text;
    EXPECT_FALSE(text.starts_with("! internal")) << sql << "\n" << text;
    bool named = sql.find("lake://") != std::string::npos;
    EXPECT_TRUE(named || text.find("lake://") == std::string::npos) << sql << "\n" << text;
    EXPECT_EQ(text.find("SECRET"), std::string::npos) << sql << "\n" << text;
  }

  ScratchFolder folder_;
  FakeLake lake_;
  std::string path_;
};

TEST_F(EscapeTest, NoFunctionReadsFiles) {
  for (auto sql : {"SELECT * FROM read_parquet('{file}')",
                   "SELECT * FROM parquet_scan('{file}')",
                   "SELECT * FROM '{file}'",
                   "SELECT * FROM \"{file}\"",
                   "SELECT * FROM read_csv('/etc/passwd')",
                   "SELECT * FROM read_csv_auto('/etc/passwd')",
                   "SELECT * FROM '/etc/passwd'",
                   "SELECT * FROM read_text('{folder}note.txt')",
                   "SELECT * FROM read_blob('{folder}note.txt')",
                   "SELECT * FROM read_json('{folder}note.txt')",
                   "SELECT * FROM read_json_auto('{folder}note.txt')",
                   "SELECT * FROM read_ndjson('{folder}note.txt')",
                   "SELECT * FROM read_json_objects('{folder}note.txt')",
                   "SELECT * FROM read_ndjson_objects('{folder}note.txt')",
                   "SELECT * FROM glob('{folder}*')",
                   "SELECT * FROM sniff_csv('/etc/passwd')",
                   "SELECT * FROM parquet_metadata('{file}')",
                   "SELECT * FROM parquet_schema('{file}')",
                   "SELECT * FROM parquet_file_metadata('{file}')",
                   "SELECT * FROM parquet_kv_metadata('{file}')",
                   "SELECT * FROM parquet_bloom_probe('{file}', 'id', 1)",
                   "SELECT * FROM parquet_full_metadata('{file}')",
                   "SELECT * FROM read_parquet('lake://x/0')",
                   "SELECT * FROM 'lake://x/0'",
                   "SELECT * FROM read_duckdb('x.db')",
                   "SELECT * FROM arrow_scan(1, 2, 3)",
                   "SELECT * FROM pandas_scan(1)",
                   "SELECT * FROM seq_scan('x')",
                   "SELECT * FROM index_scan('x')",
                   "SELECT * FROM which_secret('s3://x', 's3')",
                   "SELECT * FROM test_all_types()",
                   "SELECT * FROM repeat('x', 3)"})
    expect_refused(sql);
}

TEST_F(EscapeTest, OnlySelectStatementsRun) {
  for (auto sql : {"COPY (SELECT * FROM sales.orders) TO '{folder}x.csv'",
                   "COPY sales.orders TO 'lake://x'",
                   "COPY sales.orders FROM '{file}'",
                   "EXPORT DATABASE '{folder}x'",
                   "IMPORT DATABASE '{folder}x'",
                   "ATTACH '{folder}x.db' AS x",
                   "ATTACH ':memory:' AS x",
                   "DETACH memory",
                   "USE memory",
                   "INSTALL httpfs",
                   "LOAD httpfs",
                   "LOAD '{folder}x.duckdb_extension'",
                   "FORCE INSTALL httpfs",
                   "UPDATE EXTENSIONS",
                   "SET threads = 1",
                   "SET memory_limit = '100GB'",
                   "SET enable_external_access = true",
                   "SET lock_configuration = false",
                   "RESET lock_configuration",
                   "SET GLOBAL temp_directory = '/tmp'",
                   "SET VARIABLE x = 1",
                   "RESET VARIABLE x",
                   "SET SESSION search_path = 'x'",
                   "PRAGMA enable_profiling",
                   "PRAGMA database_list",
                   "PRAGMA table_info('sales.orders')",
                   "PRAGMA show_tables",
                   "PRAGMA disable_verification",
                   "CREATE TABLE t AS SELECT 1",
                   "CREATE TEMP TABLE t AS SELECT * FROM sales.orders",
                   "CREATE VIEW v AS SELECT 1",
                   "CREATE MACRO m(x) AS x",
                   "CREATE SCHEMA sales",
                   "CREATE SEQUENCE q",
                   "CREATE TYPE e AS ENUM ('a')",
                   "CREATE INDEX i ON sales.orders(id)",
                   "CREATE SECRET (TYPE s3, KEY_ID 'a', SECRET 'b')",
                   "DROP TABLE sales.orders",
                   "DROP SCHEMA main",
                   "ALTER TABLE sales.orders ADD COLUMN x INT",
                   "INSERT INTO sales.orders VALUES (1)",
                   "UPDATE sales.orders SET id = 1",
                   "DELETE FROM sales.orders",
                   "MERGE INTO sales.orders USING sales.orders s ON true WHEN MATCHED THEN DELETE",
                   "TRUNCATE sales.orders",
                   "CALL pragma_version()",
                   "CALL enable_logging()",
                   "CALL disable_logging()",
                   "EXPLAIN SELECT * FROM sales.orders",
                   "EXPLAIN ANALYZE SELECT * FROM sales.orders",
                   "PREPARE p AS SELECT 1",
                   "EXECUTE p",
                   "DEALLOCATE p",
                   "BEGIN",
                   "COMMIT",
                   "ROLLBACK",
                   "CHECKPOINT",
                   "FORCE CHECKPOINT",
                   "VACUUM",
                   "ANALYZE",
                   "COMMENT ON TABLE sales.orders IS 'x'",
                   "SELECT 1; SELECT 2",
                   "SELECT 1; SET threads = 1",
                   "",
                   ";",
                   "-- nothing",
                   "SELECT $1",
                   "SELECT ?",
                   "PIVOT sales.orders ON id USING count(*)"})
    expect_refused(sql);
}

TEST_F(EscapeTest, NoFunctionRunsTextAsSql) {
  for (auto sql : {"SELECT * FROM query('SELECT 42')", "SELECT * FROM query_table('sales.orders')",
                   "SELECT * FROM query_table(['sales.orders'])",
                   "SELECT * FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))",
                   "SELECT json_serialize_sql('SELECT 1')", "SELECT json_serialize_plan('SELECT * FROM sales.orders')",
                   "SELECT json_deserialize_sql('{}')", "SELECT * FROM sql_auto_complete('SEL')",
                   "SELECT * FROM from_substrait('x')", "SELECT * FROM histogram_values(sales.orders, id)"})
    expect_refused(sql);
}

TEST_F(EscapeTest, NothingTellsOfTheProcess) {
  for (auto sql : {"SELECT getenv('HOME')",
                   "SELECT current_setting('threads')",
                   "SELECT getvariable('x')",
                   "SELECT write_log('x')",
                   "SELECT current_query()",
                   "SELECT txid_current()",
                   "SELECT nextval('q')",
                   "SELECT currval('q')",
                   "SELECT stats(id) FROM sales.orders",
                   "SELECT vector_type(id) FROM sales.orders",
                   "SELECT current_database()",
                   "SELECT current_schema()",
                   "SELECT current_schemas(true)",
                   "SELECT version()",
                   "SELECT setseed(0.5)",
                   "SELECT in_search_path('a', 'b')",
                   "SELECT pg_typeof(1), current_role",
                   "SELECT * FROM duckdb_settings()",
                   "SELECT * FROM duckdb_functions()",
                   "SELECT * FROM duckdb_tables()",
                   "SELECT * FROM duckdb_tables",
                   "SELECT * FROM duckdb_columns()",
                   "SELECT * FROM duckdb_columns",
                   "SELECT * FROM duckdb_databases()",
                   "SELECT * FROM duckdb_databases",
                   "SELECT * FROM duckdb_extensions()",
                   "SELECT * FROM duckdb_logs()",
                   "SELECT * FROM duckdb_logs",
                   "SELECT * FROM duckdb_log_contexts()",
                   "SELECT * FROM duckdb_memory()",
                   "SELECT * FROM duckdb_temporary_files()",
                   "SELECT * FROM duckdb_external_file_cache()",
                   "SELECT * FROM duckdb_secrets()",
                   "SELECT * FROM duckdb_variables()",
                   "SELECT * FROM duckdb_views()",
                   "SELECT * FROM duckdb_views",
                   "SELECT * FROM duckdb_prepared_statements()",
                   "SELECT * FROM duckdb_connection_count()",
                   "SELECT * FROM duckdb_approx_database_count()",
                   "SELECT * FROM duckdb_optimizers()",
                   "SELECT * FROM duckdb_keywords()",
                   "SELECT * FROM duckdb_types()",
                   "SELECT * FROM duckdb_types",
                   "SELECT * FROM duckdb_schemas",
                   "SELECT * FROM duckdb_constraints",
                   "SELECT * FROM duckdb_indexes",
                   "SELECT * FROM information_schema.tables",
                   "SELECT * FROM information_schema.columns",
                   "SELECT * FROM information_schema.schemata",
                   "SELECT * FROM pg_catalog.pg_class",
                   "SELECT * FROM pg_catalog.pg_attribute",
                   "SELECT * FROM pg_class",
                   "SELECT * FROM pg_tables",
                   "SELECT * FROM pg_settings",
                   "SELECT * FROM sqlite_master",
                   "SELECT * FROM sqlite_schema",
                   "SELECT * FROM pragma_database_list",
                   "SELECT * FROM pragma_version()",
                   "SELECT * FROM pragma_platform()",
                   "SELECT * FROM pragma_database_size()",
                   "SELECT * FROM pragma_storage_info('x')",
                   "SELECT * FROM pragma_table_info('sales.orders')",
                   "SELECT * FROM pragma_show('sales.orders')",
                   "SELECT * FROM pragma_user_agent()",
                   "SELECT * FROM pragma_metadata_info()",
                   "SELECT * FROM pragma_collations()",
                   "SELECT * FROM summary((SELECT 1))",
                   "SHOW TABLES",
                   "SHOW ALL TABLES",
                   "SHOW DATABASES",
                   "SHOW SCHEMAS",
                   "SHOW VARIABLES",
                   "SELECT * FROM checkpoint()",
                   "SELECT * FROM force_checkpoint()",
                   "SELECT * FROM enable_logging()",
                   "SELECT * FROM truncate_duckdb_logs()",
                   "SELECT * FROM enable_profiling()",
                   "SELECT * FROM test_vector_types(1)",
                   "SELECT * FROM storage_info('x')",
                   "SELECT __internal_compress_string_ubigint('a')",
                   "SELECT __internal_decompress_string(1::UBIGINT)",
                   "SELECT invoke(lambda x: x, 1)",
                   "SELECT add_parquet_key('a', 'b')"})
    expect_refused(sql);
}

TEST_F(EscapeTest, GovernedNamesCannotBeShadowedOrWidened) {
  EXPECT_EQ(ask("WITH t AS (SELECT * FROM sales.orders) SELECT * FROM t ORDER BY id LIMIT 1"), "id\n0");
  for (auto sql :
       {"SELECT ssn FROM sales.orders", "SELECT o.ssn FROM sales.orders o", "SELECT * EXCLUDE (id) FROM sales.orders",
        "SELECT * FROM sales.\"orders.parquet\"", "SELECT * FROM memory.sales.orders",
        "SELECT * FROM system.main.orders", "SELECT * FROM temp.sales.orders", "SELECT * FROM main.orders",
        "SELECT * FROM sales.orders AT (VERSION => 1)", "SELECT * FROM sales.\"../orders\"",
        "SELECT * FROM \"sales/orders\".x", "SELECT orders.ssn FROM sales.orders, (SELECT 1 AS one)",
        "SELECT rowid FROM sales.orders", "SELECT filename FROM sales.orders",
        "SELECT file_row_number FROM sales.orders", "SELECT ctid FROM sales.orders", "SELECT \"\" FROM sales.orders"})
    expect_refused(sql);
}

TEST_F(EscapeTest, TheScanFunctionCannotBeGuessed) {
  for (auto sql : {"SELECT * FROM governed('sales.orders')", "SELECT * FROM governed_scan('sales/orders')",
                   "SELECT * FROM governed_0000000000000000('x')"}) {
    auto text = ask(sql);
    EXPECT_TRUE(text.starts_with("! invalid: Table Function with name")) << text;
  }
}

TEST_F(EscapeTest, ErrorTextsHoldNoData) {
  for (auto sql : {"SELECT error('SEC' || 'RET') FROM sales.orders", "SELECT ('SEC' || 'RET')::INT",
                   "SELECT json_extract('SEC' || 'RET', '$') FROM sales.orders",
                   "SELECT CAST('SEC' || 'RET' || id AS DATE) FROM sales.orders", "SELECT ('SEC' || 'RET')::UUID",
                   "SELECT regexp_matches('a', 'SEC' || 'RET(' || id) FROM sales.orders",
                   "SELECT strptime('SEC' || 'RET', '%Y') FROM sales.orders", "SELECT enum_range(NULL::SECRE)"})
    expect_refused(sql);
}

TEST_F(EscapeTest, FewBytesCannotBecomeMany) {
  for (auto sql : {"SELECT length(repeat('x', 3000000000))", "SELECT repeat('x', id + 3000000000) FROM sales.orders",
                   "SELECT length(lpad('x', 2000000000, 'y'))", "SELECT length(rpad('x', 2000000000, 'y'))",
                   "SELECT len(range(4000000000))", "SELECT len(generate_series(1, 4000000000))",
                   "SELECT len(list_resize([1], 4000000000))",
                   "SELECT bitstring('1', 2147483640) IS NULL AND bitstring('1', 2147483641) IS NULL",
                   "SELECT length(format('{:>2000000000}', 'x'))", "SELECT length(printf('%2000000000d', 1))",
                   "SELECT length(printf('%*d', 2000000000, 1))", "SELECT length(format('{:{}}', 'x', 2000000000))",
                   "SELECT length(replace(repeat('a', 1000000), 'a', repeat('b', 1000000)))",
                   "SELECT length(regexp_replace(repeat('a', 1000000), 'a', repeat('b', 1000000), 'g'))",
                   "SELECT len(range(TIMESTAMP '2000-01-01', TIMESTAMP '2100-01-01', INTERVAL 1 MICROSECOND))"})
    expect_refused(sql);
}

TEST_F(EscapeTest, MemoryLimitHoldsForStringsToo) {
  auto small = open_engine({.threads = 2, .memory_bytes_max = 128 << 20});
  for (auto sql : {"SELECT count(DISTINCT md5(i::VARCHAR)) FROM range(20000000) t(i)",
                   "SELECT sum(len(l)) FROM (SELECT list(repeat('x', 100000 + i % 7)) AS l FROM range(100000) t(i))",
                   "WITH RECURSIVE r AS (SELECT 'xxxxxxxxxxxxxxxx' AS s UNION ALL SELECT s || s FROM r WHERE length(s) "
                   "< 100000000000) SELECT max(length(s)) FROM r"}) {
    auto text = answer(small, lake_, sql);
    EXPECT_TRUE(text.starts_with("! limit_exceeded")) << sql << "\n" << text;
  }
  EXPECT_EQ(answer(small, lake_, "SELECT count(*) AS n FROM sales.orders"), "n\n3");
}

TEST_F(EscapeTest, LongAndDeepStatementsAreRefused) {
  expect_refused("SELECT '" + std::string(300000, 'x') + "'");
  expect_refused("SELECT " + std::string(50000, '(') + "1" + std::string(50000, ')'));
  expect_refused("SELECT " + std::string(20000, '-') + "1");
  expect_refused(std::string("SELECT '\xff'"));
  std::string sum = "SELECT 1";
  for (int i = 0; i < 60000; ++i) sum += "+1";
  expect_refused(sum);
}

TEST_F(EscapeTest, OneQuerysFilesAreClosedToTheNext) {
  std::string seen;
  lake_.before_read = [&](const DataFile& file) { seen = file.path; };
  EXPECT_EQ(ask("SELECT count(*) AS n FROM sales.orders WHERE id >= 0"), "n\n3");
  EXPECT_EQ(seen, path_);
  expect_refused("SELECT * FROM 'lake://00000000000000000000000000000000/0'");
}

TEST_F(EscapeTest, RuntimeErrorsKeepTheirTextForTheOperator) {
  auto rows = engine().run("SELECT CAST('abc' || id AS INT) FROM sales.orders", lake_);
  auto error = rows.ok() ? rows->next().error() : rows.error();
  EXPECT_EQ(error.says, "The query failed while it ran: a value cannot be converted to the type asked for.");
  EXPECT_NE(error.log.find("abc0"), std::string::npos);
}

}  // namespace
}  // namespace weir::query
