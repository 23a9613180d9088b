// The engine in a process of its own: the same answers and the same refusals, whatever the statement does to it.
#include "query/engine_process.h"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "query/fake_lake.h"
#include "query/messages.h"

namespace weir::query {
namespace {

using namespace std::chrono_literals;

constexpr uint64_t kMiB = 1 << 20;

// The answer as query::answer() writes it.
class TextTaker : public AnswerTaker {
 public:
  explicit TextTaker(size_t rows_max) : rows_max_(rows_max) {}
  void columns(std::vector<ResultColumn> columns) override {
    for (auto& column : columns) text += (text.empty() ? "" : "|") + column.name;
  }
  bool row(std::vector<std::optional<std::string>> row) override {
    if (rows++ == rows_max_) return false;
    text += '\n';
    for (size_t i = 0; i < row.size(); ++i) text += (i ? "|" : "") + row[i].value_or("NULL");
    return true;
  }

  std::string text;
  size_t rows = 0;

 private:
  size_t rows_max_;
};

class EngineProcessTest : public testing::Test {
 protected:
  void SetUp() override {
    auto path = folder_.file("orders.parquet");
    trusted(
        "COPY (SELECT i::INT AS id, ['de','us','fr'][1 + i % 3] AS country, i * 1.5 AS amount, 'ssn-' || i AS ssn, "
        "CASE WHEN i % 2 = 0 THEN '' END AS note FROM range(9000) t(i)) TO '" +
        path + "' (FORMAT parquet)");
    GovernedTable orders{
        .database = "sales",
        .name = "orders",
        .columns = {{"id", "int"}, {"country", "string"}, {"amount", "double"}, {"ssn", "string"}, {"note", "string"}},
        .decision_id = "d-1"};
    show(orders, {"id", "country", "amount", "note"},
         "country in ('de', 'us') and (amount > 1.5 or not id between 3 and 5) and country like '%e'");
    mask(orders, "amount", "id >= 9 and amount is not null");
    lake_.add(std::move(orders), {data_file(path)});
    GovernedTable days{
        .database = "sales", .name = "days", .columns = {{"id", "int"}}, .partition_keys = {{"day", "string"}}};
    show(days, {"id", "day"});
    std::vector<DataFile> files;
    for (auto day : {"mon", "tue", "wed"}) {
      auto file = folder_.file(std::string(day) + ".parquet");
      trusted("COPY (SELECT " + std::to_string(files.size()) + "::INT AS id) TO '" + file + "' (FORMAT parquet)");
      files.push_back(data_file(file, {day}));
    }
    lake_.add(std::move(days), std::move(files));
  }

  base::Result<bool> run(const std::string& sql, const RunOptions& options = {}) {
    taker_ = TextTaker(rows_max_);
    return run_in_process(options_, sql, lake_, options, taker_);
  }
  std::string ask(const std::string& sql, const RunOptions& options = {}) {
    auto done = run(sql, options);
    return done.ok() ? taker_.text : "! " + std::string(base::to_string(done.error().kind)) + ": " + done.error().says;
  }

  // A program of the shell's.
  std::string script(const std::string& text) {
    auto program = folder_.file("program");
    write_file(program, "#!/bin/sh\n" + text + "\n");
    std::filesystem::permissions(program, std::filesystem::perms::owner_all);
    return program;
  }

  ScratchFolder folder_;
  FakeLake lake_;
  ProcessOptions options_{.engine = {.threads = 2, .memory_bytes_max = 256 * kMiB}};
  size_t rows_max_ = 1'000'000;
  TextTaker taker_{0};
};

TEST_F(EngineProcessTest, AnswersWhatTheEngineAnswers) {
  auto engine = open_engine();
  for (auto* sql :
       {"SELECT * FROM sales.orders ORDER BY id", "SELECT count(*), sum(amount), min(note) FROM sales.orders",
        "SELECT a.id FROM sales.orders a JOIN sales.orders b ON a.id = b.id + 3 ORDER BY 1 LIMIT 20",
        "SELECT id, day FROM sales.days WHERE day > 'mon' ORDER BY id", "SELECT 1 WHERE false",
        "SELECT length(uuid()::VARCHAR), random() < 1, now() > '2024-01-01', 'a1' ~ '[a-z][0-9]'",
        "SELECT TIMESTAMPTZ '2024-07-01 12:00:00+00' AT TIME ZONE 'Europe/Amsterdam', strftime(DATE '2024-02-29', "
        "'%A')",
        "SELECT id, sum(id) OVER (ORDER BY id) FROM sales.days ORDER BY id",
        "SELECT NULL AS n, '' AS e, [1, 2] AS l, {'a': 'b'} AS s", "SELECT ssn FROM sales.orders",
        "SELECT * FROM sales.nowhere", "SELECT * FROM orders", "SELEC 1", "SELECT 1; SELECT 2",
        "SELECT CAST(country AS INT) FROM sales.orders", "SELECT * FROM read_csv('/etc/passwd')"}) {
    auto here = answer(engine, lake_, sql);
    EXPECT_EQ(ask(sql), here) << sql;
    EXPECT_FALSE(here.empty());
  }
}

TEST_F(EngineProcessTest, ReadsThePartitionsThatAreAskedFor) {
  EXPECT_EQ(ask("SELECT id FROM sales.days WHERE day = 'tue'"), "id\n1");
  EXPECT_EQ(lake_.asked_for.back(), "\"day\" = 'tue'");
  EXPECT_EQ(lake_.opened, std::set<std::string>{folder_.file("tue.parquet")});
}

TEST_F(EngineProcessTest, ErrorsOfTheLakePassThroughUntouched) {
  auto refusal = base::denied("You may not.", "table");
  refusal.log = "for the operator";
  refusal.decision_id = "d-9";
  lake_.refuse("sales.secret", refusal);
  auto done = run("SELECT * FROM sales.secret");
  ASSERT_FALSE(done.ok());
  auto& error = done.error();
  EXPECT_EQ(error.kind, base::Kind::denied);
  EXPECT_EQ(error.says + error.log + error.about + error.decision_id, "You may not.for the operatortabled-9");
}

TEST_F(EngineProcessTest, AFileThatIsGoneEndsTheQuery) {
  std::filesystem::remove(folder_.file("orders.parquet"));
  EXPECT_EQ(ask("SELECT * FROM sales.orders"), "! not_found: A data file is gone.");
}

TEST_F(EngineProcessTest, TheTakerSaysWhenItHasEnough) {
  rows_max_ = 10;
  auto done = run("SELECT range FROM range(100000000)");
  ASSERT_TRUE(done.ok());
  EXPECT_FALSE(*done);
  EXPECT_EQ(taker_.rows, 11u);
}

TEST_F(EngineProcessTest, ARowThatIsTooLargeEndsTheAnswer) {
  options_.row_bytes_max = 1000;
  auto done = run("SELECT repeat('x', 10 * range::INT) AS x FROM range(1000)");
  ASSERT_TRUE(done.ok()) << done.error().says;
  EXPECT_FALSE(*done);
  EXPECT_EQ(taker_.rows, 100u);
}

// Each item has twice the columns of the one before.
std::string doubling_with_items() {
  std::string sql = "WITH a0 AS (SELECT 1 x)";
  for (int i = 0; i < 25; ++i) {
    auto last = "a" + std::to_string(i);
    sql += ", a" + std::to_string(i + 1) + " AS (SELECT * FROM " + last + " p, " + last + " q)";
  }
  return sql + " SELECT * FROM a25";
}

TEST_F(EngineProcessTest, PlanningThatIsNotInterruptedIsEndedAllTheSame) {
  std::stop_source stop;
  std::jthread stopper([&] {
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, 300ms, [] { return false; });
    stop.request_stop();
  });
  auto begun = std::chrono::steady_clock::now();
  EXPECT_EQ(ask(doubling_with_items(), {.cancel = stop.get_token()}), "! unavailable: The query was cancelled.");
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 10s);
}

TEST_F(EngineProcessTest, WhatPlanningTakesIsTheWorkersAndHasAnEnd) {
  options_.engine.memory_bytes_max = 32 * kMiB;
  EXPECT_EQ(ask(doubling_with_items()), "! limit_exceeded: The query needs more memory than it may use.");
}

TEST_F(EngineProcessTest, AStatementThatWasStoppedBeforeItBeganIsNotRun) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(ask("SELECT 1", {.cancel = stop.get_token()}), "! unavailable: The query was cancelled.");
}

TEST_F(EngineProcessTest, AnEngineThatFallsIsAnErrorOfTheQuery) {
  options_.program = script("kill -SEGV $$");
  EXPECT_EQ(ask("SELECT 1"), "! limit_exceeded: The query asks for more than the engine can do.");
}

TEST_F(EngineProcessTest, WithoutItsProgramNothingIsRun) {
  for (auto* program : {"/nonexistent/weir-sql", "/bin/true"}) {
    options_.program = program;
    EXPECT_EQ(ask("SELECT 1"), "! unavailable: SQL cannot be run now.") << program;
  }
}

std::string frame_of(std::string_view message) {
  auto size = static_cast<uint32_t>(message.size());
  return std::string(reinterpret_cast<const char*>(&size), sizeof size) + std::string(message);
}

template <class T>
std::string frame_of(Says says, const T& what) {
  return frame_of(std::string(1, static_cast<char>(says)) + packed(what));
}

const std::vector<ResultColumn> kOneColumn = {{"x", "INTEGER"}};
const std::optional<std::string> kCell = "1", kNotText = "\xff";

// A worker that was talked into something says one thing and then listens.
TEST_F(EngineProcessTest, AWorkerThatTalksNonsenseIsNotListenedTo) {
  auto columns = frame_of(Says::columns, kOneColumn);
  for (const auto& said : {
           frame_of(""),
           frame_of("Q"),
           frame_of("D"),
           frame_of("TT"),  // no message
           frame_of(Says::stat, FileAsked{0}),
           frame_of(Says::files, FilesAsked{0, ""}),  // numbers nobody gave
           frame_of(Says::read, ReadAsked{0, 0, 1}),
           columns + columns,
           frame_of(Says::rows, kCell),
           frame_of(Says::done, Done{}),  // out of order
           frame_of(Says::columns, std::vector<ResultColumn>()),
           frame_of(Says::columns, std::vector<ResultColumn>{{"\xff", ""}}),  // no text
           columns + frame_of(Says::rows, kNotText),
           columns + frame_of("B\x01"),
           frame_of(Says::failed, base::denied("\xff")),
           frame_of(std::string(kSaidBytesMax + 2, 'T')),  // too large
           columns + frame_of(std::string(options_.row_bytes_max + 2, 'B')),
       }) {
    write_file(folder_.file("said"), said);
    options_.program = script("cat " + folder_.file("said") + " >&0\nexec cat >/dev/null");
    auto done = run("SELECT 1");
    ASSERT_FALSE(done.ok()) << said.substr(0, 40);
    EXPECT_EQ(done.error().kind, base::Kind::internal) << said.substr(0, 40);
  }
}

TEST_F(EngineProcessTest, ADecisionIsOneThatTheLakeTold) {
  auto refusal = base::denied("No.", "table");
  refusal.decision_id = "d-made-up";
  write_file(folder_.file("said"), frame_of(Says::failed, refusal));
  options_.program = script("cat " + folder_.file("said") + " >&0\nexec cat >/dev/null");
  auto done = run("SELECT 1");
  ASSERT_FALSE(done.ok());
  EXPECT_EQ(done.error().decision_id, "");
}

TEST_F(EngineProcessTest, AWorkerThatStandsStillIsEnded) {
  for (auto* text : {"kill -STOP $$", "printf 'x' >&0; exec cat >/dev/null", "exec <&-; exec sleep 1000"}) {
    std::stop_source stop;
    options_.program = script(text);
    std::jthread stopper([&] { stop.request_stop(); });
    auto done = run("SELECT 1", {.cancel = stop.get_token()});
    ASSERT_FALSE(done.ok());
  }
}

// What takes no room in the worker takes none here.
TEST_F(EngineProcessTest, CellsThatAreNothingAreCounted) {
  rows_max_ = 10;
  for (auto* sql : {"SELECT NULL AS x FROM range(3000000)", "SELECT '' AS x FROM range(3000000)"}) {
    auto done = run(sql);
    ASSERT_TRUE(done.ok()) << done.error().says;
    EXPECT_FALSE(*done);
    EXPECT_EQ(taker_.rows, 11u);
  }
  std::string wide = "SELECT 1";
  for (int i = 0; i < 300; ++i) wide += ", NULL AS c" + std::to_string(i);
  auto done = run(wide + " FROM range(1000000)");
  ASSERT_TRUE(done.ok()) << done.error().says;
  EXPECT_FALSE(*done);
}

TEST_F(EngineProcessTest, ColumnsHaveABoundToo) {
  std::string fields;
  for (int i = 0; i < 100; ++i) fields += (i ? ", '" : "'") + std::string(2000, 'n') + std::to_string(i) + "': 1";
  std::string sql = "SELECT s AS c0";
  for (int i = 1; i < 12; ++i) sql += ", s AS c" + std::to_string(i);
  EXPECT_EQ(ask(sql + " FROM (SELECT {" + fields + "} AS s) LIMIT 0"),
            "! limit_exceeded: The columns of the answer are too many, or their types too long.");
}

// Messages

GovernedTable table_with_everything() {
  GovernedTable table{
      .database = "d",
      .name = "t",
      .columns = {{"i", "int"}, {"f", "double"}, {"s", "struct<a:string,b:int>"}, {"m", "decimal(10,2)"}},
      .partition_keys = {{"day", "date"}},
      .format = FileFormat::csv,
      .text = {.separator = ',', .quote = '"', .escape = {}, .null_text = "", .header_lines = 2},
      .decision_id = "d-1"};
  show(table, {"i", "f"},
       "i = 1 or f > 0.1 and not (m in (1.25, 2) or day between date '2024-01-01' and date '2024-02-01')");
  table.view.columns.push_back({.name = "s",
                                .visible_when = table.view.row_filter,
                                .fields = {{{.name = "a", .visible_when = catalog::always()}}}});
  table.view.columns.push_back({.name = "day", .visible_when = catalog::always(), .partition_key = true});
  return table;
}

bool same_column(const permissions::VisibleColumn& a, const permissions::VisibleColumn& b) {
  bool same = a.name == b.name && a.partition_key == b.partition_key && a.fields.has_value() == b.fields.has_value() &&
              catalog::same(*a.visible_when, *b.visible_when);
  if (!same || !a.fields) return same;
  return std::equal(a.fields->begin(), a.fields->end(), b.fields->begin(), b.fields->end(), same_column);
}

TEST(Messages, ATableArrivesAsItWas) {
  auto table = table_with_everything();
  auto got = unpacked_table(packed_table({7, table}));
  ASSERT_TRUE(got);
  EXPECT_EQ(got->number, 7u);
  auto& view = got->table.view;
  EXPECT_TRUE(catalog::same(*view.row_filter, *table.view.row_filter));
  EXPECT_TRUE(std::equal(view.columns.begin(), view.columns.end(), table.view.columns.begin(), table.view.columns.end(),
                         same_column));
  EXPECT_EQ(got->table.text.quote, table.text.quote);
  EXPECT_EQ(got->table.columns.back().type, "decimal(10,2)");
  EXPECT_EQ(packed_table(*got), packed_table({7, table}));  // and so everything that is sent
}

TEST(Messages, AViewWithoutAPredicateStaysWithoutOne) {
  auto got = unpacked_table(packed_table({0, GovernedTable{}}));
  ASSERT_TRUE(got);
  EXPECT_EQ(got->table.view.row_filter, nullptr);
}

// Whatever is cut off or turned over, reading ends, inside the bytes that are there.
TEST(Messages, WhatIsNotAMessageIsNone) {
  auto bytes = packed_table({7, table_with_everything()});
  for (size_t n = 0; n < bytes.size(); ++n) EXPECT_FALSE(unpacked_table(std::string_view(bytes).substr(0, n)));
  EXPECT_FALSE(unpacked_table(bytes + "x"));
  for (size_t i = 0; i < bytes.size(); ++i)
    for (char turned : {'\x01', '\x80', '\xff'}) {
      auto other = bytes;
      other[i] = static_cast<char>(other[i] ^ turned);
      if (auto read = unpacked_table(other)) packed_table(*read);
    }
  std::string error = packed(base::denied("no"));
  error[0] = 99;
  EXPECT_FALSE(unpacked<base::Error>(error));
}

}  // namespace
}  // namespace weir::query
