#include "catalog/partitions.h"

#include <random>

#include "base/text.h"
#include "catalog/partition_keys.h"
#include "catalog/test_catalog.h"

namespace weir::catalog {
namespace {

using base::Kind;
using ::testing::ElementsAre;

class PartitionsTest : public TestCatalog {
 protected:
  void SetUp() override { make_database("d"); }

  Table made(std::vector<Column> keys) {
    make_table(table("d", "t", std::move(keys)));
    return stored("d", "t");
  }
  std::vector<std::string> listed(const Table& of, std::string_view expression, const Segment& segment = {}) {
    auto t = read();
    Partitions partitions(*t, of);
    auto predicate = partitions.parse_expression(expression);
    EXPECT_TRUE(predicate.ok()) << expression;
    std::vector<std::string> out;
    PageRequest request{"", 7};  // small pages, so that paging is in every test
    for (;;) {
      auto page = partitions.list(*predicate, segment, request).value();
      for (auto& partition : page.items) out.push_back(base::join(partition.values, "/"));
      if (!page.next_token) return out;
      request.token = *page.next_token;
    }
  }
};

TEST_F(PartitionsTest, AreOrderedByTheirTypedValues) {
  auto of = made({column("n", "int"), column("s", "string")});
  for (auto& values : std::vector<std::vector<std::string>>{
           {"10", "a"}, {"9", "b"}, {"-1", "c"}, {"9", "a"}, {"__HIVE_DEFAULT_PARTITION__", "z"}, {"odd", "x"}})
    ASSERT_TRUE(add_partition(of, values).ok());
  EXPECT_THAT(listed(of, ""), ElementsAre("__HIVE_DEFAULT_PARTITION__/z", "-1/c", "9/a", "9/b", "10/a", "odd/x"));
  EXPECT_THAT(listed(of, "n >= 9"), ElementsAre("9/a", "9/b", "10/a")) << "NULL and what is no number do not match";
  EXPECT_THAT(listed(of, "n is null"), ElementsAre("__HIVE_DEFAULT_PARTITION__/z"));
  EXPECT_THAT(listed(of, "not n = 9"), ElementsAre("-1/c", "10/a"));
}

TEST_F(PartitionsTest, ASpellingIsAnIdentityAndAValueIsAComparison) {
  auto of = made({column("month", "int")});
  ASSERT_TRUE(add_partition(of, {"01"}).ok());
  ASSERT_TRUE(add_partition(of, {"1"}).ok());
  EXPECT_EQ(add_partition(of, {"1"}).error().kind, Kind::already_exists);
  EXPECT_EQ(listed(of, "month = 1").size(), 2U);
  auto t = read();
  EXPECT_TRUE(Partitions(*t, of).get({"01"}).ok());
  EXPECT_EQ(Partitions(*t, of).get({"001"}).error().kind, Kind::not_found);
}

TEST_F(PartitionsTest, ValuesMustBeAsManyAsKeysAndNotTooLong) {
  auto of = made({column("a1", "string"), column("b1", "string")});
  EXPECT_EQ(add_partition(of, {"x"}).error().kind, Kind::invalid);
  EXPECT_EQ(add_partition(of, {"x", "y", "z"}).error().kind, Kind::invalid);
  EXPECT_EQ(add_partition(of, {"x", ""}).error().kind, Kind::invalid);
  EXPECT_EQ(add_partition(of, {"x", std::string(1025, 'y')}).error().kind, Kind::invalid);
  EXPECT_TRUE(add_partition(of, {"x", std::string(1024, 'y')}).ok());
}

TEST_F(PartitionsTest, UpdateKeepsTheValuesAndTheBirth) {
  auto of = made({column("y", "int")});
  Partition first;
  first.values = {"1"};
  first.creation_time = base::from_epoch_seconds(5);
  ASSERT_TRUE(write([&](auto& t) { return Partitions(t, of).create(first); }).ok());
  Partition second;
  second.parameters = Parameters{{"k", "v"}};
  ASSERT_TRUE(write([&](auto& t) { return Partitions(t, of).update({"1"}, second); }).ok());
  auto t = read();
  auto now = Partitions(*t, of).get({"1"}).value();
  EXPECT_EQ(now.creation_time, first.creation_time);
  EXPECT_EQ(now.parameters->at("k"), "v");
  EXPECT_EQ(now.table_name, "t");
  t.reset();
  second.values = {"2"};
  EXPECT_EQ(write([&](auto& w) { return Partitions(w, of).update({"1"}, second); }).error().kind, Kind::invalid);
  EXPECT_EQ(write([&](auto& w) { return Partitions(w, of).update({"2"}, second); }).error().kind, Kind::not_found);
  EXPECT_TRUE(write([&](auto& w) { return Partitions(w, of).erase({"1"}); }).ok());
  EXPECT_EQ(write([&](auto& w) { return Partitions(w, of).erase({"1"}); }).error().kind, Kind::not_found);
}

TEST_F(PartitionsTest, SegmentsHoldEveryPartitionOnce) {
  auto of = made({column("y", "int")});
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(add_partition(of, {std::to_string(i)}).ok());
  std::multiset<std::string> seen;
  for (int number = 0; number < 4; ++number) {
    auto part = listed(of, "", {number, 4});
    EXPECT_GT(part.size(), 5U);
    seen.insert(part.begin(), part.end());
  }
  EXPECT_EQ(seen.size(), 100U);
  EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()).size(), 100U);
  auto t = read();
  for (Segment bad : {Segment{4, 4}, Segment{-1, 4}, Segment{0, 0}, Segment{0, 11}})
    EXPECT_EQ(Partitions(*t, of).list(nullptr, bad, {}).error().kind, Kind::invalid);
}

TEST_F(PartitionsTest, RetypedKeysStillFindWhatIsThere) {
  make_table(table("d", "t", {column("y", "string")}));
  auto before = stored("d", "t");
  for (auto value : {"9", "10"}) ASSERT_TRUE(add_partition(before, {value}).ok());
  ASSERT_TRUE(update(table("d", "t", {column("y", "int")})).ok());
  auto after = stored("d", "t");
  EXPECT_THAT(listed(after, "y > 9"), ElementsAre("10")) << "compared as the type is now";
  EXPECT_TRUE(Partitions(*read(), after).get({"9"}).ok());
  EXPECT_EQ(update(table("d", "t", {column("y", "int"), column("z", "int")})).error().kind, Kind::invalid);
}

// Counts what a transaction hands out, to show that pruning reads little.
class CountingTransaction final : public store::Transaction {
 public:
  explicit CountingTransaction(store::Transaction& inner) : inner_(inner) {}
  base::Result<std::optional<std::string>> get(std::string_view key) override { return inner_.get(key); }
  base::Result<std::vector<std::optional<std::string>>> get_many(std::span<const std::string> keys) override {
    return inner_.get_many(keys);
  }
  base::Result<std::vector<store::Entry>> scan(const store::Range& range, size_t limit, bool reverse) override {
    auto found = inner_.scan(range, limit, reverse);
    scanned += found.ok() ? found->size() : 0;
    return found;
  }
  base::Status put(std::string_view, std::string_view) override { return base::internal("read only"); }
  base::Status erase(std::string_view) override { return base::internal("read only"); }
  base::Status commit() override { return {}; }
  size_t scanned = 0;

 private:
  store::Transaction& inner_;
};

TEST_F(PartitionsTest, TenThousandArePrunedByRange) {
  auto of = made({column("year", "int"), column("day", "date"), column("amount", "decimal(10,2)")});
  ASSERT_TRUE(
      write([&](auto& t) -> base::Status {
        Partitions partitions(t, of);
        for (int i = 0; i < 10'000; ++i) {
          Partition one;
          auto month = std::to_string(i / 100 % 10 + 101).substr(1), day = std::to_string(i / 10 % 10 + 110).substr(1);
          one.values = {std::to_string(2000 + i / 1000), "2024-" + month + "-" + day, std::to_string(i % 10) + ".50"};
          if (month == "00") one.values[1] = "2024-12-" + day;
          WEIR_CHECK_OK(partitions.create(one));
        }
        return {};
      }).ok());
  auto inner = read();
  auto scan = [&](std::string_view expression) {
    CountingTransaction counting(*inner);
    Partitions partitions(counting, of);
    auto page = partitions.list(*partitions.parse_expression(expression), {}, {"", 10'000}).value();
    return std::pair(page.items.size(), counting.scanned);
  };
  EXPECT_EQ(scan("year = 2004"), std::pair(size_t{1000}, size_t{1000}));
  EXPECT_EQ(scan("year between 2004 and 2005"), std::pair(size_t{2000}, size_t{2000}));
  EXPECT_EQ(scan("year > 2007 and year < 2009"), std::pair(size_t{1000}, size_t{1000}));
  EXPECT_EQ(scan("day = DATE '2024-03-15' and '2004' = year"), std::pair(size_t{10}, size_t{10}));
  EXPECT_EQ(scan("year = 2004 and day = '2024-03-15' and amount > 3.5"), std::pair(size_t{6}, size_t{7}));
  EXPECT_EQ(scan("year in (2003, 2005)"), std::pair(size_t{2000}, size_t{3000})) << "from the least to the greatest";
  EXPECT_EQ(scan("year = 2004 or day = '2024-03-15'").first, 1090U);
  EXPECT_EQ(scan("year = 1999"), std::pair(size_t{0}, size_t{0}));
  EXPECT_EQ(scan("year between 2005 and 2004"), std::pair(size_t{0}, size_t{0}));
}

// Whatever the expression: the pruned list is the list of all, filtered.
TEST_F(PartitionsTest, PruningNeverLosesAPartition) {
  auto of = made({column("n", "int"), column("p", "decimal(5,1)"), column("s", "string")});
  std::mt19937 random(5);
  auto pick = [&](std::vector<std::string> from) { return from[random() % from.size()]; };
  const std::vector<std::string> numbers{"-1", "0", "00", "1", "2", "x", "__HIVE_DEFAULT_PARTITION__"};
  const std::vector<std::string> prices{"0", "0.0", "1.5", "-1.5", "100000000000000000001", "100000000000000000002"};
  const std::vector<std::string> texts{"a", "ab", "b", "__HIVE_DEFAULT_PARTITION__", "A"};
  for (int i = 0; i < 150; ++i) (void)add_partition(of, {pick(numbers), pick(prices), pick(texts)});
  auto all = listed(of, "");
  auto constant = [&](const std::string& column) {
    if (column == "n") return pick({"-1", "0", "1", "2"});
    if (column == "p") return pick({"0", "1.5", "-1.5", "100000000000000000001"});
    return "'" + pick({"a", "ab", "b"}) + "'";
  };
  auto test = [&] {
    auto column = pick({"n", "p", "s"});
    switch (random() % 5) {
      case 0: return column + " in (" + constant(column) + "," + constant(column) + ")";
      case 1: return column + " between " + constant(column) + " and " + constant(column);
      case 2: return "not " + column + " = " + constant(column);
      default: return column + pick({"=", "<", "<=", ">", ">=", "<>"}) + constant(column);
    }
  };
  for (int i = 0; i < 300; ++i) {
    auto expression = test() + pick({" and ", " and ", " or "}) + test() + " and " + test();
    auto t = read();
    Partitions partitions(*t, of);
    auto predicate = partitions.parse_expression(expression).value();
    std::vector<std::string> expected;
    for (auto& values : all) {
      Partition partition;
      for (auto value : base::split(values, '/')) partition.values.emplace_back(value);
      if (partitions.satisfies(partition, *predicate) == Truth::yes) expected.push_back(values);
    }
    ASSERT_EQ(listed(of, expression), expected) << expression;
  }
}

}  // namespace
}  // namespace weir::catalog
