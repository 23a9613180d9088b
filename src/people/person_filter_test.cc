#include "people/person_filter.h"

#include <gtest/gtest.h>

namespace weir::people {
namespace {

bool matches(const char* filter) {
  Person ann;
  ann.username = "ann";
  ann.attributes = {{"email", "ann@example.org"}, {"name", R"(Ann "A" B)"}};
  return PersonFilter::parse(filter).value().matches(ann);
}

TEST(PersonFilter, FindsByEqualityAndByBeginning) {
  EXPECT_TRUE(matches(""));
  EXPECT_TRUE(matches(R"(username = "ann")"));
  EXPECT_FALSE(matches(R"(username = "an")"));
  EXPECT_TRUE(matches(R"(email ^= "ann@")"));
  EXPECT_TRUE(matches(R"(name="Ann \"A\" B")"));
  EXPECT_TRUE(matches(R"(cognito:user_status = "FORCE_CHANGE_PASSWORD")"));
  EXPECT_FALSE(matches(R"(status = "Disabled")"));
}

TEST(PersonFilter, RefusesWhatItDoesNotUnderstand) {
  for (const char* text : {"username", "= \"a\"", "^= \"a\"", "username = a", "username = \"a", "username = \"a\" x",
                           "custom:team = \"a\"", "password_hash ^= \"$\"", "username == \"a\""})
    EXPECT_FALSE(PersonFilter::parse(text).ok()) << text;
}

}  // namespace
}  // namespace weir::people
