#include "identity/naming.h"

#include <gtest/gtest.h>

#include "identity/tag.h"

namespace weir::identity {
namespace {

std::string long_text(size_t n) { return std::string(n, 'x'); }

TEST(Naming, NamesTakeWordCharactersAndSomeMarks) {
  EXPECT_TRUE(check_user_name("Ann.Lee+1=a,b@c-d_e").ok());
  for (auto* bad : {"", "a b", "a/b", "a:b", "a*", "a?", "\xc3\xa9", "a\n"})
    EXPECT_FALSE(check_user_name(bad).ok()) << bad;
}

TEST(Naming, NamesHaveTheLengthsOfTheirNoun) {
  EXPECT_TRUE(check_user_name(long_text(64)).ok());
  EXPECT_FALSE(check_user_name(long_text(65)).ok());
  EXPECT_FALSE(check_role_name(long_text(65)).ok());
  EXPECT_TRUE(check_group_name(long_text(128)).ok());
  EXPECT_FALSE(check_policy_name(long_text(129)).ok());
  EXPECT_FALSE(check_role_session_name("x").ok());
  EXPECT_TRUE(check_role_session_name("xy").ok());
  EXPECT_FALSE(check_external_id("x").ok());
  EXPECT_TRUE(check_external_id("123-456:/789").ok());
  EXPECT_FALSE(check_external_id(long_text(1225)).ok());
}

TEST(Naming, PathsBeginAndEndWithASlash) {
  for (auto* good : {"/", "/a/", "/a/b/c/"}) EXPECT_TRUE(check_path(good).ok()) << good;
  for (auto* bad : {"", "a", "/a", "a/", "//", "/a b/", "/\x7f/"}) EXPECT_FALSE(check_path(bad).ok()) << bad;
  EXPECT_FALSE(check_path("/" + long_text(511) + "/").ok());
}

TEST(Naming, SourceIdentityIsNotInTheReservedSpace) {
  EXPECT_TRUE(check_source_identity("ann").ok());
  EXPECT_FALSE(check_source_identity("AWS:ann").ok());
}

TEST(Tags, KeysThatDifferOnlyInCaseAreOneKey) {
  EXPECT_FALSE(check_tags(Tags{{"Team", "a"}, {"team", "b"}}).ok());
  EXPECT_TRUE(check_tags(Tags{{"Team", ""}, {"Cost Center", "b/c"}}).ok());
}

TEST(Tags, ReservedAndMalformedKeysAreRefused) {
  EXPECT_FALSE(check_tags(Tags{{"aws:x", "a"}}).ok());
  EXPECT_FALSE(check_tags(Tags{{"", "a"}}).ok());
  EXPECT_FALSE(check_tags(Tags{{"a*", "a"}}).ok());
  EXPECT_FALSE(check_tags(Tags{{long_text(129), "a"}}).ok());
  EXPECT_FALSE(check_tags(Tags{{"a", long_text(257)}}).ok());
  EXPECT_FALSE(check_tags(Tags{{"a", "\xff"}}).ok());
}

TEST(Tags, FiftyAreTheMost) {
  Tags tags;
  for (int i = 0; i < 50; ++i) tags.push_back({"k" + std::to_string(i), "v"});
  EXPECT_TRUE(check_tags(tags).ok());
  tags.push_back({"one more", "v"});
  EXPECT_EQ(check_tags(tags).error().kind, base::Kind::limit_exceeded);
}

TEST(Tags, MergingReplacesWithoutRegardToCase) {
  Tags merged = merged_tags({{"Team", "a"}, {"site", "x"}}, Tags{{"team", "b"}, {"new", "c"}});
  EXPECT_EQ(merged, (Tags{{"team", "b"}, {"site", "x"}, {"new", "c"}}));
  EXPECT_EQ(without_tags(merged, std::vector<std::string>{"TEAM", "none"}), (Tags{{"site", "x"}, {"new", "c"}}));
}

}  // namespace
}  // namespace weir::identity
