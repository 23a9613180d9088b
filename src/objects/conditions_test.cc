#include "objects/conditions.h"

#include <gtest/gtest.h>

namespace weir::objects {
namespace {

const base::Instant kNoon = base::from_epoch_seconds(1'000'000.75);
const Current kObject{"abc", kNoon};
auto seconds(int n) { return kNoon + base::Seconds(n); }

std::optional<EtagSet> tags(std::string_view header) { return *parse_etags(header); }
Verdict read(const Conditions& conditions, const Current* current = &kObject) {
  return evaluate(conditions, current, Access::read);
}
Verdict write(const Conditions& conditions, const Current* current = &kObject) {
  return evaluate(conditions, current, Access::write);
}
using enum Verdict;

}  // namespace

TEST(Conditions, NoneProceed) {
  EXPECT_EQ(read({}), proceed);
  EXPECT_EQ(write({}, nullptr), proceed);
}

TEST(Conditions, IfMatchNeedsTheSameEtag) {
  EXPECT_EQ(read({.if_match = tags("\"abc\"")}), proceed);
  EXPECT_EQ(read({.if_match = tags("abc")}), proceed);
  EXPECT_EQ(read({.if_match = tags("\"x\", \"abc\"")}), proceed);
  EXPECT_EQ(read({.if_match = tags("\"x\"")}), precondition_failed);
  EXPECT_EQ(read({.if_match = tags("W/\"abc\"")}), precondition_failed) << "weak tags never match strongly";
  EXPECT_EQ(write({.if_match = tags("*")}, nullptr), precondition_failed);
}

TEST(Conditions, IfNoneMatchIsNotModifiedForReadsAndFailsWrites) {
  EXPECT_EQ(read({.if_none_match = tags("\"abc\"")}), not_modified);
  EXPECT_EQ(read({.if_none_match = tags("W/\"abc\"")}), not_modified);
  EXPECT_EQ(read({.if_none_match = tags("\"x\"")}), proceed);
  EXPECT_EQ(write({.if_none_match = tags("*")}), precondition_failed);
  EXPECT_EQ(write({.if_none_match = tags("*")}, nullptr), proceed);
}

TEST(Conditions, DatesCountInWholeSeconds) {
  EXPECT_EQ(read({.if_modified_since = seconds(0)}), not_modified);
  EXPECT_EQ(read({.if_modified_since = kNoon - std::chrono::milliseconds(700)}), not_modified);
  EXPECT_EQ(read({.if_modified_since = seconds(-1)}), proceed);
  EXPECT_EQ(read({.if_unmodified_since = seconds(0)}), proceed);
  EXPECT_EQ(read({.if_unmodified_since = seconds(-1)}), precondition_failed);
}

TEST(Conditions, EtagsOverruleDates) {
  EXPECT_EQ(read({.if_match = tags("abc"), .if_unmodified_since = seconds(-9)}), proceed);
  EXPECT_EQ(read({.if_none_match = tags("x"), .if_modified_since = seconds(9)}), proceed);
  EXPECT_EQ(read({.if_none_match = tags("abc"), .if_modified_since = seconds(-9)}), not_modified);
  EXPECT_EQ(read({.if_match = tags("x"), .if_none_match = tags("abc")}), precondition_failed);
}

TEST(Etags, ParseListsAndRefuseNonsense) {
  EXPECT_TRUE(parse_etags("*")->any);
  EXPECT_TRUE(parse_etags("\"*\"")->any);
  EXPECT_EQ(parse_etags("\"a,b\" , W/\"c\"")->tags.size(), 2u);
  EXPECT_EQ(parse_etags("\"a,b\"")->tags[0].text, "a,b");
  EXPECT_EQ(parse_etags("\"\"")->tags[0].text, "");
  for (auto bad : {"", "\"a", "a\"b", ",", "\"a\" \"b\"", "\"a\","}) EXPECT_FALSE(parse_etags(bad).ok()) << bad;
}

}  // namespace weir::objects
