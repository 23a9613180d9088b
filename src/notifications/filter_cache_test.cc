#include "notifications/filter_cache.h"

#include <gtest/gtest.h>

namespace weir::notifications {
namespace {

std::string policy_for(const std::string& value) { return R"({"kind":[")" + value + R"("]})"; }

TEST(FilterCache, APolicyIsReadOnce) {
  FilterCache cache;
  auto first = cache.find(policy_for("a"), FilterScope::attributes);
  EXPECT_EQ(cache.find(policy_for("a"), FilterScope::attributes), first);
  EXPECT_EQ(cache.misses(), 1u);
}

TEST(FilterCache, TheSameTextMeansAnotherThingInAnotherScope) {
  FilterCache cache;
  std::string nested = R"({"a":{"b":["c"]}})";
  EXPECT_EQ(cache.find(nested, FilterScope::attributes), nullptr);
  EXPECT_NE(cache.find(nested, FilterScope::body), nullptr);
}

TEST(FilterCache, WhatIsNoPolicyIsRememberedAsNone) {
  FilterCache cache;
  for (int i = 0; i < 2; ++i) EXPECT_EQ(cache.find("{", FilterScope::attributes), nullptr);
  EXPECT_EQ(cache.misses(), 1u);
}

TEST(FilterCache, WhatNobodyAsksForGoesAndWhatIsAskedForStays) {
  FilterCache cache;
  cache.find(policy_for("often"), FilterScope::attributes);
  cache.find(policy_for("once"), FilterScope::attributes);
  std::string filling(1000, 'x');
  for (size_t i = 0; i < 4 * FilterCache::kBytesMax / filling.size(); ++i) {
    cache.find(policy_for(filling + std::to_string(i)), FilterScope::attributes);
    cache.find(policy_for("often"), FilterScope::attributes);
  }
  auto misses = cache.misses();
  cache.find(policy_for("often"), FilterScope::attributes);
  EXPECT_EQ(cache.misses(), misses);
  cache.find(policy_for("once"), FilterScope::attributes);
  EXPECT_EQ(cache.misses(), misses + 1);
}

}  // namespace
}  // namespace weir::notifications
