#include "backends/jsonata/engine.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "backends/jsonata/engine_fixture.h"

namespace weir::backends::jsonata {
namespace {

using base::Json;
using Names = std::vector<std::string>;

std::string told(const std::string& expression) { return Asking().told(expression); }

// What a hostile expression gets, and how long it took; then that the engine goes on.
std::string survived(const std::string& expression) {
  auto begin = std::chrono::steady_clock::now();
  auto out = told(expression);
  // A second of processor time, on a machine that has other work too.
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(15)) << expression;
  EXPECT_EQ(told("1 + 1"), "2") << "after " << expression;
  return out;
}

TEST(Engine, ChecksSayWhatIsReadFromOutside) {
  EXPECT_EQ(*engine().check("$states.input.a + $x"), (Names{"states", "x"}));
  EXPECT_EQ(*engine().check("($y := $x; $y)"), Names{"x"});
  EXPECT_EQ(*engine().check("($x := $x + 1; $x)"), Names{"x"});
  EXPECT_EQ(*engine().check("$map($l, function($v, $i) { $v * $factor })"), (Names{"l", "factor"}));
  EXPECT_EQ(*engine().check("($f := function($n) { $f($n - 1) }; $f(3))"), Names{});
  EXPECT_EQ(*engine().check("$states.input.a@$v.b[$v = $w]"), (Names{"states", "w"}));
  EXPECT_EQ(*engine().check("$sum($partition($range(1, 9, 1), 3)) & $uuid() & $now()"), Names{});
  EXPECT_EQ(*engine().check("a[$i].{$k: $v}"), (Names{"i", "k", "v"}));
}

TEST(Engine, ChecksRefuseWhatDoesNotParse) {
  for (auto* text : {"", "1 +", "$states.", "(", "{\"a\"", "a[", "\"", "function(", "/", "?"}) {
    EXPECT_FALSE(engine().check(text).ok()) << text;
  }
  EXPECT_EQ(engine().check("1 +").error().says, "S0207: Unexpected end of expression");
  EXPECT_FALSE(engine().check(std::string(100'000, '(')).ok());
  EXPECT_FALSE(engine().check(std::string(60'000, '(')).ok());
  EXPECT_FALSE(engine().check(std::string(60'000, '-') + "1").ok());
}

TEST(Engine, TheTopLevelHasNoInput) {
  Asking asking;
  asking.input = *base::parse_json(R"({"a":1})");
  EXPECT_EQ(asking.told("$"), "nothing");
  EXPECT_EQ(asking.told("$$"), "nothing");
  EXPECT_EQ(asking.told("a"), "nothing");
  EXPECT_EQ(asking.told("$states.input.a"), "1");
}

TEST(Engine, FunctionsOfTheStatesLanguage) {
  EXPECT_EQ(told("$partition([1, 2, 3, 4, 5], 2)"), "[[1,2],[3,4],[5]]");
  EXPECT_EQ(told("$partition([1], 0)").substr(0, 13), "error: D3901:");
  EXPECT_EQ(told("$range(1, 9, 3)"), "[1,4,7]");
  EXPECT_EQ(told("$range(9, 1, -4)"), "[9,5,1]");
  EXPECT_EQ(told("$range(1, 1e9, 1)").substr(0, 13), "error: D3903:");
  EXPECT_EQ(told("$range(1, 2, 0)").substr(0, 13), "error: D3902:");
  EXPECT_EQ(told("$hash('a', 'MD5')"), "\"0cc175b9c0f1b6a831c399e269772661\"");
  EXPECT_EQ(told("$hash('a', 'SHA-1')"), "\"86f7e437faa5a7fce15d1ddcb9eaeaea377667b8\"");
  EXPECT_EQ(told("$length($hash('é', 'SHA-256'))"), "64");
  EXPECT_EQ(told("$length($hash('a', 'SHA-384'))"), "96");
  EXPECT_EQ(told("$length($hash('a', 'SHA-512'))"), "128");
  EXPECT_EQ(told("$hash('a', 'sha1')").substr(0, 13), "error: D3904:");
  EXPECT_EQ(told("$parse('{\"a\": [1]}').a"), "[1]");
  EXPECT_EQ(told("$parse('{')").substr(0, 13), "error: D3905:");
  EXPECT_EQ(told("$parse($states.input.missing)"), "nothing");
  EXPECT_EQ(told("$parse(1)").substr(0, 13), "error: T0410:");
  EXPECT_EQ(told("$uuid(1)").substr(0, 13), "error: T0410:");
  EXPECT_EQ(told("$hash($sum, 'MD5')").substr(0, 13), "error: T0410:");
  EXPECT_EQ(told("[1..4] ~> $partition(2) ~> $map(function($p) { $sum($p) })"), "[3,7]");
  EXPECT_EQ(told("$map(['[1]', '2'], $parse)"), "[[1],2]");
  EXPECT_EQ(told("($pairs := $partition(?, 2); $pairs([1..3]))"), "[[1,2],[3]]");
  EXPECT_EQ(told("('[1]').$parse()"), "[1]");
  EXPECT_EQ(told("('abc').$base64encode()"), "\"YWJj\"");
  EXPECT_EQ(told("$partition('a', 1)"), "[[\"a\"]]");
  EXPECT_EQ(told("$eval('1')").substr(0, 13), "error: T1006:");
  EXPECT_EQ(told("$type($random()) = 'number' and $random() < 1 and $random(7) = $random(7)"), "true");
  EXPECT_EQ(told("$random(7) = $random(8)"), "false");
  EXPECT_EQ(told("$match($uuid(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/).index"),
            "0");
}

TEST(Engine, ChanceAndTimeAreTheScopes) {
  Asking one, other;
  other.seed = "another sixteen bytes";
  std::string drawn = "[$uuid(), $random(), $shuffle([1..20]), $uuid()]";
  EXPECT_EQ(one.told(drawn), one.told(drawn));
  EXPECT_NE(one.told(drawn), other.told(drawn));
  EXPECT_EQ(told("$uuid() = $uuid()"), "false");
  EXPECT_EQ(told("$now()"), "\"2026-01-01T00:00:00.125Z\"");
  EXPECT_EQ(told("$millis()"), "1767225600125");
  EXPECT_EQ(told("$fromMillis(0)"), "\"1970-01-01T00:00:00.000Z\"");
}

TEST(Engine, ManyExpressionsAreAnsweredInOrder) {
  auto answers = Asking().answers({"1", "$nothing", "1 +", "'x'"});
  ASSERT_EQ(answers.size(), 4u);
  EXPECT_EQ((*answers[0])->dump(), "1");
  EXPECT_FALSE(answers[1]->has_value());
  EXPECT_FALSE(answers[2].ok());
  EXPECT_EQ((*answers[3])->dump(), "\"x\"");
}

TEST(Engine, ValuesAreDataAndFinite) {
  EXPECT_EQ(told("$sum").substr(0, 13), "error: D3906:");
  EXPECT_EQ(told("{'f': function($x) { $x }}").substr(0, 13), "error: D3906:");
  EXPECT_EQ(told("/a/").substr(0, 13), "error: D3906:");
  EXPECT_EQ(told("1 / 0").substr(0, 13), "error: D1001:");
  EXPECT_EQ(told("$pad('', 2000000)").substr(0, 13), "error: D3907:");
}

TEST(Engine, TextsTravelUnchanged) {
  Asking asking;
  asking.input = Json(std::string("é 😀 \" \\ \n \x01 \u2028 </script>") + std::string(1, '\0') + "end");
  EXPECT_EQ(asking.told("$states.input"), asking.input.dump());
  asking.input = *base::parse_json(R"({"__proto__":{"a":1},"constructor":2,"toJSON":3,"hasOwnProperty":4})");
  EXPECT_EQ(asking.told("$states.input"), asking.input.dump());
}

TEST(Engine, EndlessWorkEndsInTime) {
  for (auto* text : {"($f := function($n) { $f($n + 1) }; $f(1))",
                     "$match('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', /^(a+)+$/)",
                     "$sort([1..300000], function($a, $b) { $a < $b })", "$count([1..10000000].[1..10000000])",
                     "($f := function($n) { $n = 0 ? 1 : $f($n - 1) + $f($n - 1) }; $f(60))"}) {
    EXPECT_EQ(survived(text), "error: it took too much time") << text;
  }
}

TEST(Engine, EndlessRecursionAndHungerForMemoryEnd) {
  for (auto* text :
       {"($f := function($n) { 1 + $f($n + 1) }; $f(1))", "$pad('', 1000000000)",
        "($d := function($s, $n) { $n = 0 ? $s : $d($s & $s, $n - 1) }; $length($d('0123456789abcdef', 24)))",
        "($d := function($s, $n) { $n = 0 ? $s : $d($s & $s, $n - 1) }; $uppercase($d('0123456789', 26)))",
        "($d := function($a, $n) { $n = 0 ? $a : $d([$a, $a], $n - 1) }; $string($d([1], 26)))",
        "[[1..10000000], [1..10000000], [1..10000000], [1..10000000]]",
        "($big := $pad('', 900000, 'x'); $join([1..10000].($big), ''))"}) {
    EXPECT_EQ(survived(text).substr(0, 6), "error:") << text;
  }
}

TEST(Engine, NoExpressionFindsWhatAnotherLeft) {
  for (auto* text : {"$states ~> | $ | {'__proto__': {'polluted': 1}} |", "{'__proto__': {'polluted': 1}}.a",
                     "$merge([{'__proto__': {'polluted': 1}}])", "($sum := 1; $polluted := 2)",
                     "$states.input.constructor.prototype", "$sum.implementation", "$lookup({}, 'constructor')",
                     "$lookup($states, '__proto__')", "($x := {'a': 1}; $x.constructor.constructor('return 1')())",
                     "$each($states, function($v, $k) { $v.constructor })"}) {
    told(text);
    EXPECT_EQ(told("$polluted"), "nothing") << text;
    EXPECT_EQ(told("$states.input.polluted"), "nothing") << text;
    EXPECT_EQ(told("$sum([1, 2])"), "3") << text;
  }
  EXPECT_EQ(told("$states.input.constructor"), "nothing");
  EXPECT_EQ(told("$lookup({}, 'constructor')"), "nothing");
  EXPECT_EQ(told("$lookup($states.input, '__proto__')"), "nothing");
  EXPECT_EQ(told("$begin"), "nothing");
  EXPECT_EQ(told("$digest"), "nothing");
}

TEST(Engine, OnlyVariablesThatAreReadAreSent) {
  Asking asking;
  asking.variables.emplace("large", Json(std::string(40'000'000, 'x')));
  asking.variables.emplace("small", Json(7));
  EXPECT_EQ(asking.told("$small"), "7");
  EXPECT_EQ(asking.told("$large"), "error: what the expressions read is too large");
}

// Whatever stands in an expression, it is answered, and the worker stays.
TEST(Engine, WordsInAnyOrderAreAnswered) {
  const Names words = {"$",     "$$",
                       "$x",    "a",
                       "1",     "'t'",
                       "(",     ")",
                       "[",     "]",
                       "{",     "}",
                       ":",     ",",
                       ".",     "..",
                       "*",     "**",
                       "%",     "@$v",
                       "#$i",   "^(",
                       ">",     "~>",
                       "|",     "?",
                       ":=",    "/a+/",
                       "=",     "and",
                       "in",    "&",
                       "-",     "$map",
                       "$sum",  "$string",
                       "null",  "$now",
                       "[0]",   "$parse",
                       "$hash", ";",
                       "/*",    "*/",
                       "`b`",   "function($v){"};
  workflow::Entropy dice("the same dice for every run");
  for (int i = 0; i < 400; ++i) {
    std::string text;
    for (uint64_t n = 1 + dice.below(12); n > 0; --n) text += words[dice.below(words.size())] + " ";
    EXPECT_FALSE(told(text).empty()) << text;
  }
  EXPECT_EQ(told("1 + 1"), "2");
}

TEST(Engine, ThreadsShareItsWorkers) {
  std::vector<std::thread> threads;
  std::atomic<int> right = 0;
  for (int t = 0; t < 6; ++t)
    threads.emplace_back([&right, t] {
      Asking asking;
      asking.variables.emplace("t", Json(t));
      for (int i = 0; i < 10; ++i) right += asking.told("$t * 10 + " + std::to_string(i)) == std::to_string(t * 10 + i);
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(right, 60);
}

TEST(Engine, WithoutItsProgramNothingIsEvaluated) {
  Engine absent("/nonexistent/weir-jsonata");
  EXPECT_EQ(absent.check("1").error().kind, base::Kind::unavailable);
  Engine silent("/bin/true");
  EXPECT_EQ(silent.check("1").error().kind, base::Kind::unavailable);
}

}  // namespace
}  // namespace weir::backends::jsonata
