#include "app/permissions/location_conditions.h"

#include <gtest/gtest.h>

namespace weir::app {
namespace {

permissions::Location location() {
  permissions::Location out;
  out.resource_arn = "arn:aws:s3:::lake/raw";
  out.role_arn = "arn:aws:iam::111122223333:role/reader";
  out.last_modified = *base::parse_iso8601("2026-11-22T01:02:03Z") + std::chrono::milliseconds(250);
  return out;
}

bool chosen(std::string_view field, std::string_view comparison, const std::vector<std::string>& values) {
  auto condition = parse_location_condition(field, comparison, values);
  EXPECT_TRUE(condition.ok());
  return condition.ok() && holds(*condition, location());
}

TEST(LocationConditions, TextsAreComparedAndSearched) {
  EXPECT_TRUE(chosen("RESOURCE_ARN", "EQ", {"arn:aws:s3:::lake/raw"}));
  EXPECT_FALSE(chosen("RESOURCE_ARN", "NE", {"arn:aws:s3:::lake/raw"}));
  EXPECT_TRUE(chosen("RESOURCE_ARN", "CONTAINS", {"lake"}));
  EXPECT_FALSE(chosen("RESOURCE_ARN", "NOT_CONTAINS", {"lake"}));
  EXPECT_TRUE(chosen("RESOURCE_ARN", "BEGINS_WITH", {"arn:aws:s3:::la"}));
  EXPECT_FALSE(chosen("RESOURCE_ARN", "BEGINS_WITH", {"lake"}));
  EXPECT_TRUE(chosen("ROLE_ARN", "IN", {"x", "arn:aws:iam::111122223333:role/reader"}));
  EXPECT_TRUE(chosen("ROLE_ARN", "BETWEEN", {"arn:aws:iam::1", "arn:aws:iam::2"}));
  EXPECT_FALSE(chosen("ROLE_ARN", "BETWEEN", {"arn:aws:iam::2", "arn:aws:iam::1"}));
}

TEST(LocationConditions, DatesAreComparedAsDatesInWholeSeconds) {
  EXPECT_TRUE(chosen("LAST_MODIFIED", "EQ", {"2026-11-22T01:02:03Z"}));
  EXPECT_TRUE(chosen("LAST_MODIFIED", "LE", {"2026-11-22T01:02:03Z"}));
  EXPECT_FALSE(chosen("LAST_MODIFIED", "GT", {"2026-11-22T01:02:03Z"}));
  EXPECT_TRUE(chosen("LAST_MODIFIED", "GT", {"99"}));  // as a text, 99 would come after
  EXPECT_TRUE(chosen("LAST_MODIFIED", "BETWEEN", {"0", "2027-01-01T00:00:00Z"}));
}

TEST(LocationConditions, WhatDoesNotFitIsRefused) {
  EXPECT_FALSE(parse_location_condition("LAST_MODIFIED", "CONTAINS", {"2026"}).ok());
  EXPECT_FALSE(parse_location_condition("LAST_MODIFIED", "EQ", {"yesterday"}).ok());
  EXPECT_FALSE(parse_location_condition("LAST_MODIFIED", "EQ", {"nan"}).ok());
  EXPECT_FALSE(parse_location_condition("RESOURCE_ARN", "EQ", {}).ok());
  EXPECT_FALSE(parse_location_condition("RESOURCE_ARN", "EQ", {"a", "b"}).ok());
  EXPECT_FALSE(parse_location_condition("RESOURCE_ARN", "BETWEEN", {"a"}).ok());
  EXPECT_FALSE(parse_location_condition("RESOURCE_ARN", "IN", {}).ok());
  EXPECT_FALSE(parse_location_condition("BUCKET", "EQ", {"a"}).ok());
  EXPECT_FALSE(parse_location_condition("RESOURCE_ARN", "LIKE", {"a"}).ok());
}

}  // namespace
}  // namespace weir::app
