// What governance costs: the governed query against the same SQL written by hand over the same file.
//
// Five million rows, twenty columns; a row filter, five visible columns. The two are run in turn, and the
// ratio of their medians is reported as `ratio`; the target is at most 1.15.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>

#include "query/fake_lake.h"

namespace weir::query {
namespace {

constexpr unsigned kThreads = 2;

struct Case {
  const char* name;
  const char* governed;
  const char* by_hand;  // {t} stands for the file with the row filter
};

const Case kCases[] = {
    {"group_by", "SELECT color, count(*), sum(amount), min(dt), max(id) FROM s.t GROUP BY color",
     "SELECT color, count(*), sum(amount), min(dt), max(id) FROM {t} GROUP BY color"},
    {"filter_and_sum", "SELECT color, sum(amount) FROM s.t WHERE dt >= DATE '2024-06-01' GROUP BY color",
     "SELECT color, sum(amount) FROM {t} AND dt >= DATE '2024-06-01' GROUP BY color"},
    {"point", "SELECT * FROM s.t WHERE id = 4000057", "SELECT id, tenant, amount, dt, color FROM {t} AND id = 4000057"},
    {"limit", "SELECT * FROM s.t LIMIT 100", "SELECT id, tenant, amount, dt, color FROM {t} LIMIT 100"},
    {"all_rows_out", "SELECT * FROM s.t", "SELECT id, tenant, amount, dt, color FROM {t}"},
    {"count", "SELECT count(*) FROM s.t", "SELECT count(*) FROM {t}"},
    {"join", "SELECT count(*), sum(a.amount) FROM s.t a JOIN s.t b USING (id)",
     "SELECT count(*), sum(a.amount) FROM (SELECT * FROM {t}) a JOIN (SELECT * FROM {t}) b USING (id)"},
};

const char* const kFilters[] = {"tenant = 'tenant-7'", "k1 < 500", "color like 'r%' or k2 = 3"};

const std::string& data() {
  static ScratchFolder folder;
  static const std::string path = [] {
    auto file = folder.file("t.parquet");
    trusted(
        "COPY (SELECT i AS id, 'tenant-' || (i * 7919 % 50) AS tenant, (i * 2654435761 % 1000000)::INT AS "
        "c2, (i % 365)::INT AS day, "
        "DATE '2024-01-01' + (i // 15000)::INT AS dt, (hash(i) % 100000) / 100.0 AS amount, 'name-' || "
        "(hash(i) % 100000) AS name, "
        "md5(i::VARCHAR) AS ssn, ['red', 'green', 'blue', 'black'][1 + (hash(i + 1) % 4)::INT] AS color, "
        "(hash(i + 2) % 1000)::INT AS k1, "
        "(hash(i + 3) % 1000)::INT AS k2, (hash(i + 4) % 100)::INT AS k3, (hash(i + 5) % 1000000) / 7.0 AS "
        "d1, (hash(i + 6) % 1000000) / 11.0 AS d2, "
        "'city-' || (hash(i + 7) % 500) AS city, hash(i + 8) % 2 = 0 AS b1, TIMESTAMP '2024-01-01' + "
        "to_seconds(i) AS ts, "
        "'x' || (hash(i + 9) % 20) AS cat, (hash(i + 10) % 10000)::BIGINT AS e1, 'email' || (i % 777777) AS "
        "email FROM range(5000000) t(i)) TO '" +
        file + "' (FORMAT parquet, COMPRESSION zstd)");
    return file;
  }();
  return path;
}

void fill(FakeLake& lake, const std::string& filter) {
  GovernedTable table{.database = "s",
                      .name = "t",
                      .columns = {{"id", "bigint"},    {"tenant", "string"}, {"c2", "int"},      {"day", "int"},
                                  {"dt", "date"},      {"amount", "double"}, {"name", "string"}, {"ssn", "string"},
                                  {"color", "string"}, {"k1", "int"},        {"k2", "int"},      {"k3", "int"},
                                  {"d1", "double"},    {"d2", "double"},     {"city", "string"}, {"b1", "boolean"},
                                  {"ts", "timestamp"}, {"cat", "string"},    {"e1", "bigint"},   {"email", "string"}}};
  show(table, {"id", "tenant", "amount", "dt", "color"}, filter);
  lake.add(std::move(table), {data_file(data())});
}

std::string by_hand(const Case& of, const std::string& filter) {
  std::string sql = of.by_hand;
  std::string table = "read_parquet('" + data() + "') WHERE (" + filter + ")";
  for (size_t at; (at = sql.find("{t}")) != std::string::npos;) sql.replace(at, 3, table);
  return sql;
}

double milliseconds(const std::function<size_t()>& work, size_t& rows) {
  auto start = std::chrono::steady_clock::now();
  rows = work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

// Both sides stream, so that both count what is fetched.
size_t fetch_by_hand(duckdb::Connection& connection, const std::string& sql) {
  auto result = connection.SendQuery(sql);
  if (result->HasError()) result->ThrowError();
  size_t rows = 0;
  while (auto chunk = result->Fetch()) {
    if (chunk->size() == 0) break;
    rows += chunk->size();
  }
  return rows;
}

size_t fetch_governed(Engine& engine, FakeLake& lake, const std::string& sql) {
  auto rows = engine.run(sql, lake);
  if (!rows.ok()) throw std::runtime_error(rows.error().says);
  return count_rows(*rows);
}

void governed_against_by_hand(benchmark::State& state) {
  auto& of = kCases[state.range(0)];
  std::string filter = kFilters[state.range(1)];
  FakeLake lake;
  fill(lake, filter);
  auto engine = open_engine({.threads = kThreads});
  duckdb::DBConfig config;
  config.SetOptionByName("threads", duckdb::Value::BIGINT(kThreads));
  duckdb::DuckDB db(nullptr, &config);
  duckdb::Connection connection(db);
  auto hand_sql = by_hand(of, filter);
  std::vector<double> governed;
  std::vector<double> hand;
  size_t rows = 0;
  size_t hand_rows = 0;
  for (auto step : state) {
    governed.push_back(milliseconds([&] { return fetch_governed(engine, lake, of.governed); }, rows));
    hand.push_back(milliseconds([&] { return fetch_by_hand(connection, hand_sql); }, hand_rows));
    if (rows != hand_rows) state.SkipWithError("the answers differ in size");
  }
  state.counters["governed_ms"] = median(governed);
  state.counters["by_hand_ms"] = median(hand);
  state.counters["ratio"] = median(governed) / median(hand);
  state.SetLabel(std::string(of.name) + " where " + filter);
}

BENCHMARK(governed_against_by_hand)
    ->ArgsProduct({benchmark::CreateDenseRange(0, std::size(kCases) - 1, 1),
                   benchmark::CreateDenseRange(0, std::size(kFilters) - 1, 1)})
    ->Iterations(15)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace weir::query
