#include "policy/pattern.h"

#include <gtest/gtest.h>

namespace weir::policy {
namespace {

struct Row {
  std::string_view pattern, text;
  Match expected;
};

Context facts() {
  Context out;
  out.set("aws:username", "ana").set("aws:PrincipalTag/team", "*").set("aws:PrincipalTag/path", "a:b/*");
  out.set_list("aws:TagKeys", {"one"});
  out.set("aws:UserAgent", "\xff");
  return out;
}

Match like(std::string_view pattern, std::string_view text, Variables variables = Variables::replaced) {
  auto compiled = Pattern::compile(pattern, Wildcards::live, variables);
  EXPECT_TRUE(compiled.ok()) << pattern;
  return compiled.ok() ? compiled->match(text, facts()) : Match::unclear;
}

Match arn(std::string_view pattern, std::string_view text) {
  auto compiled = ArnPattern::compile(pattern, Variables::replaced);
  EXPECT_TRUE(compiled.ok()) << pattern;
  return compiled.ok() ? compiled->match(text, ArnParts::of(text), facts()) : Match::unclear;
}

}  // namespace

TEST(Pattern, WildcardsAndVariablesRowByRow) {
  const Row rows[] = {
      {"", "", Match::yes},
      {"", "a", Match::no},
      {"*", "", Match::yes},
      {"a*", "a", Match::yes},
      {"a*", "b", Match::no},
      {"a*c", "abbc", Match::yes},
      {"a*c", "abbcd", Match::no},
      {"*b*", "abc", Match::yes},
      {"a?c", "abc", Match::yes},
      {"a?c", "ac", Match::no},
      {"a?c", "aéc", Match::yes},
      {"a??c", "aéc", Match::no},
      {"*é", "xxé", Match::yes},
      {"**", "x", Match::yes},
      {"a**b", "ab", Match::yes},
      {"A", "a", Match::no},
      {"${aws:username}", "ana", Match::yes},
      {"${AWS:UserName}/*", "ana/x", Match::yes},
      {"home/${aws:username}/x", "home/bob/x", Match::no},
      {"${aws:PrincipalTag/team}", "anything", Match::no},
      {"${aws:PrincipalTag/team}", "*", Match::yes},
      {"${aws:absent}", "", Match::unclear},
      {"${aws:absent, 'none'}", "none", Match::yes},
      {"${aws:username, 'none'}", "none", Match::no},
      {"${aws:absent,''}x", "x", Match::yes},
      {"${aws:TagKeys}", "one", Match::unclear},
      {"${aws:TagKeys, 'one'}", "one", Match::unclear},
      {"${aws:UserAgent}", "anything", Match::unclear},
      {"${*}", "*", Match::yes},
      {"${*}", "x", Match::no},
      {"a${?}", "a?", Match::yes},
      {"a${?}", "ab", Match::no},
      {"${$}{x}", "${x}", Match::yes},
      {"$", "$", Match::yes},
      {"$x", "$x", Match::yes},
  };
  for (auto& row : rows) EXPECT_EQ(like(row.pattern, row.text), row.expected) << row.pattern << " ~ " << row.text;
}

TEST(Pattern, OldVersionsHaveNoVariables) {
  EXPECT_EQ(like("${aws:username}", "ana", Variables::literal), Match::no);
  EXPECT_EQ(like("${aws:username}", "${aws:username}", Variables::literal), Match::yes);
  EXPECT_EQ(like("${*}", "${anything}", Variables::literal), Match::yes);
}

TEST(Pattern, MalformedVariablesAreRefused) {
  for (std::string_view text : {"${", "${}", "${aws:username", "${a:b,}", "${a:b,none}", "${a:b,'x}", "${a:b,'x' y}",
                                "${ }", "${a${b}}", "${a*}"})
    EXPECT_FALSE(Pattern::compile(text, Wildcards::live, Variables::replaced).ok()) << text;
}

TEST(Pattern, ManyStarsDoNotExplode) {
  std::string pattern, text(4000, 'a');
  for (int i = 0; i < 200; ++i) pattern += "*a";
  EXPECT_EQ(like(pattern + "b", text), Match::no);
}

TEST(ArnPattern, PartsAreMatchedOneByOne) {
  const Row rows[] = {
      {"*", "anything at all", Match::yes},
      {"arn:aws:s3:::b/*", "arn:aws:s3:::b/k/x:y", Match::yes},
      {"arn:aws:s3:::b*", "arn:aws:s3:::c/b", Match::no},
      {"arn:aws:s3:::b/*", "arn:aws:s3:::B/k", Match::no},
      {"arn:*:s3:::b", "arn:aws-cn:s3:::b", Match::yes},
      {"arn:aws:*:*:*:*", "arn:aws:glue:eu-west-1:111111111111:catalog", Match::yes},
      {"arn:aws:s3:*::table", "arn:aws:s3:::x:table", Match::no},
      {"arn:aws:iam::*:role/x", "arn:aws:iam::1:2:role/x", Match::no},
      {"arn:aws:iam::*:role/x", "arn:aws:iam::111111111111:role/x", Match::yes},
      {"arn:aws:iam::1*1:role/?", "arn:aws:iam::111111111111:role/xy", Match::no},
      {"arn:aws:s3:::${aws:username}/*", "arn:aws:s3:::ana/x", Match::yes},
      {"arn:aws:s3:::${aws:PrincipalTag/team}", "arn:aws:s3:::secret", Match::no},
      {"arn:aws:s3:::${aws:absent}/*", "arn:aws:s3:::x/y", Match::unclear},
      {"arn:aws:s3:::b", "*", Match::no},
      {"arn:aws:s3:::b", "not an arn", Match::no},
  };
  for (auto& row : rows) EXPECT_EQ(arn(row.pattern, row.text), row.expected) << row.pattern << " ~ " << row.text;
}

TEST(ArnPattern, ColonsInAVariableCannotShiftTheParts) {
  EXPECT_EQ(arn("arn:aws:iam:${aws:PrincipalTag/path}:role/x:y", "arn:aws:iam:a:b/*:role/x:y"), Match::no);
}

TEST(ArnPattern, AnUnresolvedVariableIsUnclearOnlyWhereItCouldMatter) {
  EXPECT_EQ(arn("arn:aws:s3:::home/${aws:absent}", "arn:aws:s3:::home/x"), Match::unclear);
  EXPECT_EQ(arn("arn:aws:s3:::home/${aws:absent}", "arn:aws:s3:::other/x"), Match::no);
}

TEST(ArnPattern, MustHaveSixParts) {
  for (std::string_view text : {"", "s3:bucket", "arn:aws:s3", "arn:aws:s3:::", "arn:*"}) {
    auto compiled = ArnPattern::compile(text, Variables::replaced);
    EXPECT_FALSE(compiled.ok() && compiled->has_resource()) << text;
  }
}

}  // namespace weir::policy
