#include "app/permissions/resource_tags.h"

#include <gtest/gtest.h>

namespace weir::app {
namespace {

using permissions::TagExpression;

TagExpression expression(std::vector<permissions::TagTerm> terms) { return *TagExpression::of(std::move(terms)); }

TEST(ResourceTags, EveryKeyMustHaveOneOfItsValues) {
  auto wanted = expression({{"area", {"us", "eu"}}, {"pii", {"no"}}});
  EXPECT_TRUE(matches(wanted, {{"area", "eu"}, {"pii", "no"}, {"more", "x"}}));
  EXPECT_FALSE(matches(wanted, {{"area", "eu"}}));
  EXPECT_FALSE(matches(wanted, {{"area", "asia"}, {"pii", "no"}}));
}

TEST(ResourceTags, AnEmptyExpressionMatchesNothing) {
  EXPECT_FALSE(matches({}, {{"area", "eu"}}));
  EXPECT_FALSE(matches({}, {}));
}

}  // namespace
}  // namespace weir::app
