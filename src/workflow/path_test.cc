// The tables of testdata/: one line per rule, read as data.
#include "workflow/path.h"

#include <gtest/gtest.h>

#include "workflow/case_files.h"
#include "workflow/result_path.h"
#include "workflow/states_error.h"

namespace weir::workflow {
namespace {

// [path, document, what it gives]; without the last nothing is there; the path alone is not a path.
TEST(Path, GivesWhatTheTableSays) {
  for (auto& row : case_rows("paths.json")) {
    SCOPED_TRACE(row[0].dump());
    auto path = Path::parse(*row[0].as_string());
    ASSERT_EQ(path.ok(), row.size() > 1);
    if (!path.ok()) continue;
    auto found = path->find(row[1], row[1]);
    ASSERT_TRUE(found.ok());
    ASSERT_EQ(found->has_value(), row.size() == 3);
    if (*found) {
      EXPECT_EQ((**found).dump(), row[2].dump());
    }
  }
}

TEST(Path, OnlyNamesAndIndexesMakeAReferencePath) {
  for (auto* text : {"$", "$.a", "$.a['b'][0].c"}) EXPECT_TRUE(Path::parse(text)->is_reference()) << text;
  for (auto* text :
       {"$.a[*]", "$..a", "$.a[0:1]", "$['a','b']", "$.a[?(@.b)]", "$.a.length()", "$$.a", "$v.a", "$.a[-1]"})
    EXPECT_FALSE(Path::parse(text)->is_reference()) << text;
}

TEST(Path, LooksAtABoundedNumberOfValues) {
  Json nested = 1;
  for (int i = 0; i < 12; ++i) nested = Json(Json::Array(3, nested));
  auto path = Path::parse("$..*..*..*..*");
  EXPECT_FALSE(path->find(nested, nested).ok());
  auto quadratic = Path::parse("$..[?(@..[?(@==2)])]");
  EXPECT_FALSE(quadratic->find(nested, nested).ok());
}

TEST(Path, FiltersDoNotNestWithoutEnd) {
  std::string deep = "$", open, negated = "$[?(";
  for (int i = 0; i < 100; ++i) deep += "[?(@", open += ")]";
  EXPECT_FALSE(Path::parse(deep + open).ok());
  EXPECT_FALSE(Path::parse(negated + std::string(100'000, '!') + "@.a)]").ok());
  EXPECT_FALSE(Path::parse(negated + std::string(100'000, '(') + "@.a)]").ok());
}

TEST(ResultPath, PutsTheResultIntoTheInput) {
  auto combined = [](const char* path, const char* input, Json result) {
    return ResultPath{false, *Path::parse(path)}.combine(*parse_payload(input), std::move(result));
  };
  EXPECT_EQ(combined("$", R"({"a":1})", 2)->dump(), "2");
  EXPECT_EQ(combined("$.r", R"({"a":1})", 2)->dump(), R"({"a":1,"r":2})");
  EXPECT_EQ(combined("$.a", R"({"a":1})", 2)->dump(), R"({"a":2})");
  EXPECT_EQ(combined("$.a.b.c", R"({"x":1})", 2)->dump(), R"({"x":1,"a":{"b":{"c":2}}})");
  EXPECT_EQ(combined("$.a[1].b", R"({"a":[0,{}]})", 2)->dump(), R"({"a":[0,{"b":2}]})");
  for (auto [path, input] : {std::pair("$.a.b", R"({"a":1})"), std::pair("$.a", R"([1])"),
                             std::pair("$.a[2]", R"({"a":[0]})"), std::pair("$.a", "null")})
    EXPECT_EQ(combined(path, input, 2).error().about, kResultPathMatchFailure) << path;
  EXPECT_EQ((ResultPath{true, {}}.combine(Json(1), Json(2)))->dump(), "1");
}

}  // namespace
}  // namespace weir::workflow
