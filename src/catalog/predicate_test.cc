#include "catalog/predicate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "base/text.h"
#include "catalog/typed_value.h"

namespace weir::catalog {
namespace {

const std::vector<SchemaColumn> kSchema{
    {"country", "string", false},
    {"code", "char(2)", false},
    {"qty", "int", false},
    {"big", "bigint", false},
    {"price", "decimal(10,2)", false},
    {"ratio", "double", false},
    {"active", "boolean", false},
    {"born", "date", false},
    {"seen", "timestamp", false},
    {"tiny", "tinyint", false},
    {"tags", "array<string>", false},
    {"props", "map<string,string>", false},
    {"raw", "binary", false},
    {"ctid", "int", false},
    {"select", "int", false},
    {"odd\"name", "string", false},
    {"customer", "struct<customerId:int,home:struct<city:string,at:array<int>>,tag:map<string,int>>", false},
    {"region", "string", true},
    {"place", "struct<x:int>", true}};

const std::vector<SchemaColumn> kKeys{{"year", "int", true},
                                      {"day", "date", true},
                                      {"name", "string", true},
                                      {"hour", "timestamp", true},
                                      {"amount", "decimal(10,2)", true},
                                      {"small", "smallint", true},
                                      {"flag", "boolean", true},
                                      {"value", "double", false}};

base::Result<PredicatePtr> row(std::string_view text) { return parse_predicate(text, kSchema, Dialect::row_filter); }
base::Result<PredicatePtr> keys(std::string_view text) {
  return parse_predicate(text, kKeys, Dialect::partition_expression);
}
std::string canonical(std::string_view text) {
  auto parsed = row(text);
  return parsed.ok() ? to_text(**parsed) : "error: " + parsed.error().says;
}

using Row = std::map<std::string, std::string>;
Truth judge(const base::Result<PredicatePtr>& parsed, const Row& values) {
  EXPECT_TRUE(parsed.ok()) << (parsed.ok() ? "" : parsed.error().says);
  if (!parsed.ok()) return Truth::unknown;
  return evaluate(**parsed, [&](const std::vector<std::string>& column) -> std::optional<std::string> {
    auto found = values.find(base::join(column, "."));
    return found == values.end() ? std::nullopt : std::optional(found->second);
  });
}

TEST(RowFilter, ReadsTheDocumentedForms) {
  EXPECT_EQ(canonical("country='US'"), "\"country\" = 'US'");
  EXPECT_EQ(canonical("qty > 5 AND (country = 'a' or country='b') and not price<=1.50"),
            "\"qty\" > 5 AND (\"country\" = 'a' OR \"country\" = 'b') AND NOT (\"price\" <= 1.5)");
  EXPECT_EQ(canonical("country BETWEEN 'Z' AND 'U'"), "\"country\" BETWEEN 'Z' AND 'U'") << "bounds need no order";
  EXPECT_EQ(canonical("qty NOT IN (1,-2, 3)"), "\"qty\" NOT IN (1, -2, 3)");
  EXPECT_EQ(canonical("country not like 'a%_'"), "\"country\" NOT LIKE 'a%_'");
  EXPECT_EQ(canonical("country is not null"), "\"country\" IS NOT NULL");
  EXPECT_EQ(canonical("customer.customerid <> 1"), "\"customer\".\"customerId\" <> 1");
  EXPECT_EQ(canonical("customer.home.city != 'x''y'"), "\"customer\".\"home\".\"city\" <> 'x''y'");
  EXPECT_EQ(canonical("ratio >= 1e3 and active = true"), "\"ratio\" >= 1000 AND \"active\" = TRUE");
  EXPECT_EQ(canonical("\"odd\"\"name\" = ''"), "\"odd\"\"name\" = ''");
  EXPECT_EQ(canonical("true"), "TRUE");
}

TEST(RowFilter, NotBindsTighterThanAndThanOr) {
  EXPECT_TRUE(same(**row("not qty=1 and qty=2 or qty=3"), **row("((not (qty=1)) and qty=2) or qty=3")));
  EXPECT_FALSE(same(**row("not (qty=1 and qty=2)"), **row("not qty=1 and qty=2")));
}

TEST(RowFilter, RefusesWhatTheGrammarDoesNotHave) {
  for (auto text : {"",
                    "qty",
                    "qty =",
                    "= 5",
                    "5 = qty",
                    "qty = qty",
                    "qty = 5 and",
                    "(qty = 5",
                    "qty = 5)",
                    "qty = 5 qty = 6",
                    "upper(country) = 'A'",
                    "country = upper('a')",
                    "qty = cast('5' as int)",
                    "qty in ()",
                    "qty in 5",
                    "qty in (select 1)",
                    "qty between 1",
                    "country like qty",
                    "qty like '1%'",
                    "country like 'a' escape 'b'",
                    "qty = null",
                    "qty is 5",
                    "not",
                    "qty = 5;",
                    "qty = 5 -- x",
                    "qty == 5",
                    "qty = 5 = 5",
                    "`qty` = 5",
                    "country = \"US\"",
                    "country = 'US",
                    "qty = 5x",
                    "\"\" = 5",
                    "customer..home = 1",
                    "qty = - 'x'",
                    "qty + 1 = 5",
                    "qty = $1",
                    "qty = ?",
                    "exists (select 1)",
                    "case when qty = 1 then true end",
                    "qty = 1 /* */"})
    EXPECT_FALSE(row(text).ok()) << text;
}

TEST(RowFilter, TheLiteralMustFitTheColumn) {
  for (auto text :
       {"qty = '5'", "qty = 5.5", "qty = true", "country = 5", "country = true", "active = 'true'", "active = 1",
        "price = '1'", "price = 1e2", "ratio = '1'", "born = '2024-02-30'", "born = '2024-1-1'", "born = 5",
        "seen = '2024-01-01 25:00:00'", "big = 9223372036854775808", "ratio = 1e999", "country = DATE '2024-01-01'"})
    EXPECT_FALSE(row(text).ok()) << text;
  for (auto text : {"born = '2024-02-29'", "born >= DATE '2024-01-01'", "seen < '2024-01-01 10:00'",
                    "seen < TIMESTAMP '2024-01-01T10:00:00.5'", "big = -9223372036854775808", "ratio = 1", "price = 3"})
    EXPECT_TRUE(row(text).ok()) << text;
}

TEST(RowFilter, UnsupportedTypesAndNamesAreRefused) {
  for (auto text :
       {"tiny = 1", "tags = 'a'", "props = 'a'", "raw = 'a'", "customer = 1", "customer.home = 1", "customer.tag = 1",
        "customer.home.at = 1", "qty.x = 1", "customer.none = 1", "none = 1", "ctid = 1", "\"ctid\" = 1", "CTID = 1",
        "select = 1", "region is null", "region is not null", "place.x = 1"})
    EXPECT_FALSE(row(text).ok()) << text;
  EXPECT_TRUE(row("\"select\" = 1").ok()) << "reserved words go in quotes";
  EXPECT_TRUE(row("region = 'EU' and QTY = 1").ok());
}

TEST(RowFilter, TheLengthIsCountedInCharactersUpTo2048) {
  auto of_length = [](size_t n, const std::string& letter) {
    std::string text = "country = '";
    for (size_t i = base::utf8_length(text) + 1; i < n; ++i) text += letter;
    return text + "'";
  };
  EXPECT_TRUE(row(of_length(2048, "a")).ok());
  EXPECT_TRUE(row(of_length(2048, "é")).ok());
  EXPECT_FALSE(row(of_length(2049, "a")).ok());
  EXPECT_FALSE(keys(std::string(2030, ' ') + "name = 'aaaaaaaaaaaaa'").ok());
  EXPECT_FALSE(row("country = '\xff'").ok()) << "and it must be UTF-8";
}

TEST(RowFilter, DeepNestingIsRefusedNotFollowed) {
  auto nested = [](int n) { return std::string(n, '(') + "qty = 1" + std::string(n, ')'); };
  EXPECT_TRUE(row(nested(100)).ok());
  EXPECT_FALSE(row(nested(1000)).ok());
  std::string nots;
  for (int i = 0; i < 500; ++i) nots += "NOT ";
  EXPECT_FALSE(row(nots + "qty = 1").ok());
  std::string deep = "qty = 1";
  for (int i = 0; i < 70; ++i) deep = (i % 2 ? "(qty=2 or " : "(qty=3 and ") + deep + ")";
  EXPECT_FALSE(row(deep).ok());
}

TEST(RowFilter, ErrorsNameThePlaceAndRepeatLittle) {
  auto error = row("country = 'US' annd qty = 1 and this_is_a_long_tail_that_need_not_be_repeated").error();
  EXPECT_EQ(error.kind, base::Kind::invalid);
  EXPECT_EQ(error.says, "at character 16: expected AND, OR or the end, found 'annd qty = 1 and thi'");
  EXPECT_TRUE(base::is_valid_utf8(row("country ééééééééééééééé").error().says));
}

TEST(Partitions, KeysMayBeComparedBothWaysAndWithTypedConstants) {
  auto printed = [](std::string_view text) { return to_text(**keys(text)); };
  EXPECT_EQ(printed("'2024' <= year"), "\"year\" >= 2024");
  EXPECT_EQ(printed("5 < `year` and \"name\" = 7"), "\"year\" > 5 AND \"name\" = '7'");
  EXPECT_EQ(printed("day > DATE '2024-01-01'"), "\"day\" > '2024-01-01'");
  EXPECT_EQ(printed("day = CAST('2024-01-01' AS date)"), "\"day\" = '2024-01-01'");
  EXPECT_EQ(printed("year = cast(2024 as decimal(10,2))"), "\"year\" = 2024");
  EXPECT_EQ(printed("hour < TIMESTAMP '2024-01-01 10:00:00'"), "\"hour\" < '2024-01-01 10:00:00'");
  EXPECT_EQ(printed("name IS NULL"), "\"name\" IS NULL");
  EXPECT_EQ(printed("small in (1,'2')"), "\"small\" IN (1, 2)");
}

TEST(Partitions, OnlyPartitionKeysOfDocumentedTypes) {
  for (auto text : {"value = 1", "flag = true", "none = 1", "year.x = 1", "year = 'abc'", "year = 1.5",
                    "day = '20240101'", "year = cast('x' as int)", "year = cast(1 as blob)", "year like '20%'"})
    EXPECT_FALSE(keys(text).ok()) << text;
}

TEST(Evaluate, ComparesByTheColumnsType) {
  EXPECT_EQ(judge(keys("year > 9"), {{"year", "10"}}), Truth::yes);
  EXPECT_EQ(judge(keys("name > '9'"), {{"name", "10"}}), Truth::no);
  EXPECT_EQ(judge(keys("amount > 9.5"), {{"amount", "10.00"}}), Truth::yes);
  EXPECT_EQ(judge(keys("amount = 10"), {{"amount", "0010.000"}}), Truth::yes);
  EXPECT_EQ(judge(keys("amount < -1.5"), {{"amount", "-1.55"}}), Truth::yes);
  EXPECT_EQ(judge(keys("hour = '2024-01-01'"), {{"hour", "2024-01-01T00:00:00.000"}}), Truth::yes);
  EXPECT_EQ(judge(row("price = 100000000000000000000.01"), {{"price", "100000000000000000000.02"}}), Truth::no)
      << "decimals are exact";
}

TEST(Evaluate, NullIsUnknownAndHidesEitherWay) {
  for (auto text :
       {"country = 'a'", "not country = 'a'", "country in ('a')", "country not in ('a')", "country like '%'",
        "country between 'a' and 'b'", "not (country between 'a' and 'b')", "country <> 'a'"})
    EXPECT_EQ(judge(row(text), {}), Truth::unknown) << text;
  EXPECT_EQ(judge(row("country is null"), {}), Truth::yes);
  EXPECT_EQ(judge(row("country = 'a' or qty = 1"), {{"qty", "1"}}), Truth::yes);
  EXPECT_EQ(judge(row("country = 'a' and qty = 1"), {{"qty", "2"}}), Truth::no);
  EXPECT_EQ(judge(row("country = 'a' and qty = 1"), {{"qty", "1"}}), Truth::unknown);
  EXPECT_EQ(judge(keys("name is null"), {{"name", "__HIVE_DEFAULT_PARTITION__"}}), Truth::yes);
  EXPECT_EQ(judge(keys("name >= ''"), {{"name", "__HIVE_DEFAULT_PARTITION__"}}), Truth::unknown);
  EXPECT_EQ(judge(keys("year = 1"), {{"year", "abc"}}), Truth::unknown) << "what does not read as the type";
  EXPECT_EQ(judge(keys("not year = 1"), {{"year", "abc"}}), Truth::unknown);
}

TEST(Evaluate, LikeKnowsRunsAndSingleCharacters) {
  auto like = [](const std::string& pattern, const std::string& text) {
    return judge(row("country like '" + pattern + "'"), {{"country", text}}) == Truth::yes;
  };
  EXPECT_TRUE(like("a%c", "abbbc"));
  EXPECT_TRUE(like("%", ""));
  EXPECT_TRUE(like("_", "é"));
  EXPECT_TRUE(like("%é_", "xxéy"));
  EXPECT_FALSE(like("_", ""));
  EXPECT_FALSE(like("a", "A")) << "case matters";
  EXPECT_FALSE(like("a%b", "a%bc"));
  EXPECT_TRUE(like("a*", "a*"));
  EXPECT_FALSE(like("a*", "ab"));
  EXPECT_FALSE(like("%a%a%a%a%a%a%a%ab", std::string(1900, 'a')));
}

TEST(Predicate, ADefaultMadeOneHides) {
  EXPECT_EQ(evaluate(Predicate{}, [](auto&) { return std::optional<std::string>("x"); }), Truth::no);
}

TEST(Predicate, ConstantsAreAbsorbed) {
  auto p = *row("qty = 1");
  EXPECT_TRUE(is_always(all_of({})));
  EXPECT_EQ(any_of({})->op, Op::never);
  EXPECT_EQ(all_of({p, always()}), p);
  EXPECT_EQ(all_of({p, never()})->op, Op::never);
  EXPECT_TRUE(is_always(any_of({p, always()})));
  EXPECT_EQ(negate(negate(p)), p);
  EXPECT_EQ(all_of({all_of({p, p}), p})->children.size(), 3U);
}

TEST(Predicate, NamesItsColumnsOnce) {
  using ::testing::ElementsAre;
  EXPECT_THAT(columns_of(**row("qty = 1 or (country = 'a' and not qty in (2)) or customer.home.city = 'x'")),
              ElementsAre(ElementsAre("qty"), ElementsAre("country"), ElementsAre("customer", "home", "city")));
}

// Any tree the constructors make prints to a text that parses to the same tree.
class RandomPredicates {
 public:
  PredicatePtr any(int depth) {
    if (depth == 0 || random_() % 3 == 0) return leaf();
    std::vector<PredicatePtr> children;
    for (size_t n = random_() % 3 + 1; n > 0; --n) children.push_back(any(depth - 1));
    switch (random_() % 3) {
      case 0: return all_of(children);
      case 1: return any_of(children);
      default: return negate(children.front());
    }
  }

 private:
  PredicatePtr leaf() {
    static const std::vector<std::string> kLeaves{"qty = -5",
                                                  "big <> 9",
                                                  "country < 'o''clock'",
                                                  "code >= '%é'",
                                                  "ratio > -0.125",
                                                  "ratio <= 1e300",
                                                  "price = -0.50",
                                                  "active = false",
                                                  "born between '2024-01-01' and '2023-01-01'",
                                                  "seen in ('2024-01-01 00:00:00.120','2024-01-01')",
                                                  "country like '_%'",
                                                  "customer.home.city is null",
                                                  "\"select\" in (1)",
                                                  "\"odd\"\"name\" = '\"'",
                                                  "true",
                                                  "false"};
    return *row(kLeaves[random_() % kLeaves.size()]);
  }
  std::mt19937 random_{3};
};

TEST(Predicate, CanonicalTextRoundTrips) {
  RandomPredicates random;
  for (int i = 0; i < 3000; ++i) {
    auto p = random.any(4);
    auto text = to_text(*p);
    if (base::utf8_length(text) > 2048) continue;
    auto again = row(text);
    ASSERT_TRUE(again.ok()) << text << "\n" << again.error().says;
    ASSERT_TRUE(same(*p, **again)) << text;
  }
}

TEST(TypedValue, CanonicalFormsAreUnique) {
  auto text = [](std::string_view raw, TypeFamily family) {
    auto value = typed_value(raw, family);
    return value.ok() ? std::get<std::string>(value->value) : "error";
  };
  EXPECT_EQ(text("-000.500", TypeFamily::decimal), "-0.5");
  EXPECT_EQ(text("-0.0", TypeFamily::decimal), "0");
  EXPECT_EQ(text("007", TypeFamily::decimal), "7");
  for (auto bad : {"", "-", ".", "1.2.3", "1e5", " 1", "--1"})
    EXPECT_EQ(text(bad, TypeFamily::decimal), "error") << bad;
  EXPECT_EQ(text("2024-01-01T10:00:00.1200", TypeFamily::timestamp), "2024-01-01 10:00:00.12");
  EXPECT_EQ(text("2024-01-01 10:00", TypeFamily::timestamp), "2024-01-01 10:00:00");
  for (auto bad : {"2024-01-01 ", "2024-01-01 10", "2024-01-01 10:00.5", "2024-01-01 10:00:00.", "2024-13-01", "x"})
    EXPECT_EQ(text(bad, TypeFamily::timestamp), "error") << bad;
}

TEST(TypedValue, OrdersWithinItsFamily) {
  auto less = [](std::string_view a, std::string_view b, TypeFamily family) {
    return compare(*typed_value(a, family), *typed_value(b, family)) == std::partial_ordering::less;
  };
  EXPECT_TRUE(less("-10", "-9.5", TypeFamily::decimal));
  EXPECT_TRUE(less("-0.01", "0", TypeFamily::decimal));
  EXPECT_TRUE(less("9.99", "10", TypeFamily::decimal));
  EXPECT_TRUE(less("1.5", "1.51", TypeFamily::decimal));
  EXPECT_TRUE(less("2024-01-01 10:00:00", "2024-01-01 10:00:00.1", TypeFamily::timestamp));
  EXPECT_EQ(compare(*typed_value("1", TypeFamily::integer), *typed_value("1", TypeFamily::text)),
            std::partial_ordering::unordered);
}

TEST(FamilyOf, KnowsTheHiveTypes) {
  EXPECT_EQ(family_of("VARCHAR(10)"), TypeFamily::text);
  EXPECT_EQ(family_of("decimal(18,2)"), TypeFamily::decimal);
  EXPECT_EQ(family_of(" bigint "), TypeFamily::integer);
  EXPECT_EQ(family_of("struct<a:int>"), TypeFamily::unsupported);
  EXPECT_EQ(family_of("array<string>"), TypeFamily::unsupported);
  EXPECT_EQ(family_of(""), TypeFamily::unsupported);
}

}  // namespace
}  // namespace weir::catalog
