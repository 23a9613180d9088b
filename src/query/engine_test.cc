#include "query/engine.h"

#include <gtest/gtest.h>

#include "query/fake_lake.h"

namespace weir::query {
namespace {

using testing::Test;

class EngineTest : public Test {
 protected:
  static Engine& engine() {
    static Engine shared = open_engine();
    return shared;
  }

  void SetUp() override {
    trusted(
        "COPY (SELECT i::INT AS id, ['de','us','fr'][1 + i % 3] AS country, i * 10 AS amount, 'ssn-' || i AS "
        "ssn, "
        "{'city': 'c' || i, 'zip': i::INT} AS address FROM range(9) t(i)) TO '" +
        folder_.file("orders.parquet") + "' (FORMAT parquet)");
    GovernedTable orders{.database = "sales",
                         .name = "orders",
                         .columns = {{"id", "int"},
                                     {"country", "string"},
                                     {"amount", "bigint"},
                                     {"ssn", "string"},
                                     {"address", "struct<city:string,zip:int>"}},
                         .decision_id = "d-1"};
    show(orders, {"id", "country", "amount"}, "country = 'de'");
    lake_.add(std::move(orders), {data_file(folder_.file("orders.parquet"))});
  }

  std::string ask(const std::string& sql, const RunOptions& options = {}) {
    return answer(engine(), lake_, sql, options);
  }

  ScratchFolder folder_;
  FakeLake lake_;
};

TEST_F(EngineTest, ShowsVisibleRowsAndColumnsOnly) {
  EXPECT_EQ(ask("SELECT * FROM sales.orders"), "id|country|amount\n0|de|0\n3|de|30\n6|de|60");
}

TEST_F(EngineTest, CountsVisibleRowsOnly) {
  EXPECT_EQ(ask("SELECT count(*) AS n FROM sales.orders"), "n\n3");
  EXPECT_EQ(ask("SELECT min(id) AS a, max(amount) AS b FROM sales.orders"), "a|b\n0|60");
}

TEST_F(EngineTest, HiddenColumnsDoNotExist) {
  auto text = ask("SELECT ssn FROM sales.orders");
  EXPECT_NE(text.find("not found in FROM clause"), std::string::npos) << text;
  EXPECT_EQ(text.find("address"), std::string::npos) << text;
  EXPECT_EQ(ask("SELECT count(*) AS n FROM sales.orders WHERE id = 3 AND amount = 30"), "n\n1");
}

TEST_F(EngineTest, CandidateNamesInErrorsAreVisibleOnes) {
  auto text = ask("SELECT sss FROM sales.orders");
  EXPECT_EQ(text.find("ssn"), std::string::npos) << text;
}

// DuckDB calls these errors of binding, and finds them while the query runs.
TEST_F(EngineTest, ErrorsThatRunningRaisesQuoteNoValue) {
  for (auto tail : {"LIMIT (SELECT 4611686018427387904 + max(amount) FROM sales.orders)",
                    "LIMIT 1 OFFSET (SELECT 4611686018427387904 + max(amount) FROM sales.orders)",
                    "LIMIT (SELECT -max(amount) FROM sales.orders)%",
                    "LIMIT 10% OFFSET (SELECT 4611686018427387904 + max(amount) FROM sales.orders)"})
    EXPECT_EQ(ask(std::string("SELECT id FROM sales.orders ") + tail),
              "! invalid: The query failed while it ran: a function refused a value.")
        << tail;
}

TEST_F(EngineTest, ResolvesNamesInEverySpelling) {
  for (auto name : {"sales.orders", "SALES.Orders", "\"sales\".\"orders\"", "\"Sales\".ORDERS",
                    "awsdatacatalog.sales.orders", "AwsDataCatalog.\"sales\".orders"})
    EXPECT_EQ(ask(std::string("SELECT count(*) AS n FROM ") + name), "n\n3") << name;
  EXPECT_EQ(ask("SELECT count(*) AS n FROM orders", {.default_database = "sales", .cancel = {}}), "n\n3");
  EXPECT_EQ(ask("SELECT count(*) AS n FROM orders"), "! not_found: Table orders has no database.");
  EXPECT_EQ(ask("SELECT * FROM elsewhere.sales.orders"), "! not_found: Catalog elsewhere does not exist.");
}

TEST_F(EngineTest, TableIsResolvedOncePerQuery) {
  EXPECT_EQ(ask("SELECT count(*) AS n FROM sales.orders a JOIN SALES.ORDERS b USING (id) WHERE a.id IN "
                "(SELECT id FROM sales.orders)"),
            "n\n3");
  EXPECT_EQ(lake_.resolved, 1);
}

TEST_F(EngineTest, JoinsAggregatesWindowsAndCtesWork) {
  EXPECT_EQ(ask("WITH x AS (SELECT id, sum(amount) OVER (ORDER BY id) AS s FROM sales.orders) SELECT a.id, "
                "b.s FROM x a JOIN x b USING (id) ORDER BY id DESC LIMIT 2"),
            "id|s\n6|90\n3|30");
  EXPECT_EQ(ask("WITH orders AS (SELECT 1 AS one) SELECT * FROM orders", {.default_database = "sales", .cancel = {}}),
            "one\n1");
  EXPECT_EQ(ask("SELECT id FROM sales.orders UNION ALL VALUES (99) ORDER BY 1 DESC LIMIT 1"), "id\n99");
  EXPECT_EQ(ask("FROM sales.orders o SELECT o ORDER BY id LIMIT 1"), "o\n{'id': 0, 'country': de, 'amount': 0}");
}

TEST_F(EngineTest, LakesErrorsComeBackWhole) {
  auto refusal = base::denied("You lack SELECT on table sales.secret.", "table");
  refusal.decision_id = "d-42";
  lake_.refuse("sales.secret", refusal);
  auto rows = engine().run("SELECT * FROM sales.orders, sales.secret", lake_);
  ASSERT_FALSE(rows.ok());
  EXPECT_EQ(rows.error().kind, base::Kind::denied);
  EXPECT_EQ(rows.error().says, "You lack SELECT on table sales.secret.");
  EXPECT_EQ(rows.error().decision_id, "d-42");
}

TEST_F(EngineTest, NoVisibleColumnIsADenial) {
  lake_.table("sales.orders").view = {};
  auto rows = engine().run("SELECT count(*) FROM sales.orders", lake_);
  ASSERT_FALSE(rows.ok());
  EXPECT_EQ(rows.error().kind, base::Kind::denied);
  EXPECT_EQ(rows.error().decision_id, "d-1");
}

TEST_F(EngineTest, AbsentRowFilterShowsNoRow) {
  lake_.table("sales.orders").view.row_filter = nullptr;
  EXPECT_EQ(ask("SELECT count(*) AS n FROM sales.orders"), "n\n0");
}

TEST_F(EngineTest, HiddenCellsReadNull) {
  auto& orders = lake_.table("sales.orders");
  show(orders, {"id", "country", "ssn"});
  mask(orders, "ssn", "country = 'us'");
  EXPECT_EQ(ask("SELECT id, ssn FROM sales.orders WHERE id < 3"), "id|ssn\n0|NULL\n1|ssn-1\n2|NULL");
  EXPECT_EQ(ask("SELECT id FROM sales.orders WHERE ssn = 'ssn-2'"), "id");
  EXPECT_EQ(ask("SELECT id FROM sales.orders WHERE ssn = 'ssn-4'"), "id\n4");
  EXPECT_EQ(ask("SELECT count(*) AS n FROM sales.orders WHERE ssn IS NULL"), "n\n6");
  EXPECT_EQ(ask("SELECT count(ssn) AS n, min(ssn) AS least FROM sales.orders"), "n|least\n3|ssn-1");
}

TEST_F(EngineTest, EveryPredicateFormIsEnforced) {
  auto& orders = lake_.table("sales.orders");
  auto count = [&](const std::string& filter) {
    show(orders, {"id"}, filter);
    return ask("SELECT string_agg(id::VARCHAR, ',' ORDER BY id) AS ids FROM sales.orders");
  };
  EXPECT_EQ(count("amount between 20 and 40"), "ids\n2,3,4");
  EXPECT_EQ(count("id in (1, 5, 99)"), "ids\n1,5");
  EXPECT_EQ(count("not (id in (1, 5)) and id < 4"), "ids\n0,2,3");
  EXPECT_EQ(count("ssn like '%-7'"), "ids\n7");
  EXPECT_EQ(count("ssn not like 'ssn-_'"), "ids\nNULL");
  EXPECT_EQ(count("country = 'us' or id = 0"), "ids\n0,1,4,7");
  EXPECT_EQ(count("country is null"), "ids\nNULL");
  EXPECT_EQ(count("country is not null and id <> 3 and amount >= 60"), "ids\n6,7,8");
  EXPECT_EQ(count("address.city = 'c4'"), "ids\n4");
  EXPECT_EQ(count("id > 3000000000"), "ids\nNULL");
  EXPECT_EQ(count("id < 3000000000 and id > -1 and id != 8"), "ids\n0,1,2,3,4,5,6,7");
}

TEST_F(EngineTest, FilterOverAMissingColumnDeniesTheQuery) {
  auto& orders = lake_.table("sales.orders");
  show(orders, {"id"}, "amount > 10");
  orders.columns[2].name = "renamed";
  auto rows = ask("SELECT * FROM sales.orders");
  EXPECT_TRUE(rows.starts_with("! denied: Table sales.orders:")) << rows;
}

TEST_F(EngineTest, FilterOverARetypedColumnDeniesTheQuery) {
  auto& orders = lake_.table("sales.orders");
  show(orders, {"id"}, "amount > 10");
  orders.columns[2].type = "string";
  EXPECT_TRUE(ask("SELECT * FROM sales.orders").starts_with("! denied: Table sales.orders:"));
}

TEST_F(EngineTest, CancelStopsARunningQuery) {
  std::stop_source stop;
  lake_.before_read = [&](const DataFile&) { stop.request_stop(); };
  EXPECT_EQ(ask("SELECT count(*) FROM sales.orders, range(1000000000000)", {.cancel = stop.get_token()}),
            "! unavailable: The query was cancelled.");
}

TEST_F(EngineTest, CancelledBeforeItStartsReadsNothing) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(ask("SELECT * FROM sales.orders", {.cancel = stop.get_token()}), "! unavailable: The query was cancelled.");
  EXPECT_EQ(lake_.bytes_read, 0U);
}

TEST_F(EngineTest, StreamsMoreThanItHolds) {
  auto rows = engine().run("SELECT x FROM range(100000000) t(x)", lake_);
  ASSERT_TRUE(rows.ok());
  auto batch = rows->next();
  ASSERT_TRUE(batch.ok());
  EXPECT_EQ((*batch)[0][0], "0");
}

}  // namespace
}  // namespace weir::query
