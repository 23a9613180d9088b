#include "base/shared_map.h"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

namespace weir::base {
namespace {

using Model = std::map<std::string, int>;

// Few different hashes: every path down to the last level is taken.
struct PoorHash {
  size_t operator()(const std::string& key) const { return key.size() % 3; }
};

template <class Map>
Model read(const Map& map) {
  Model out;
  map.for_each([&](const std::string& key, int value) { EXPECT_TRUE(out.emplace(key, value).second) << key; });
  EXPECT_EQ(out.size(), map.size());
  return out;
}

template <class Map>
void expect_same(const Map& map, const Model& model) {
  ASSERT_EQ(read(map), model);
  for (const auto& [key, value] : model) {
    const int* found = map.find(key);
    ASSERT_TRUE(found);
    EXPECT_EQ(*found, value);
  }
  EXPECT_FALSE(map.find(std::string("never there")));
}

// Random changes to many copies of one map, each beside an ordinary map.
template <class Map>
void walk(unsigned seed, int keys) {
  std::mt19937 dice(seed);
  std::vector<std::pair<Map, Model>> copies(1);
  for (int step = 0; step < 4000; ++step) {
    auto& [map, model] = copies[dice() % copies.size()];
    auto key = std::to_string(dice() % static_cast<unsigned>(keys));
    auto what = dice() % 10;
    if (what < 6) {
      map.set(key, step);
      model[key] = step;
    } else if (what < 9) {
      EXPECT_EQ(map.erase(key), model.erase(key) > 0);
    } else if (copies.size() < 6) {
      auto copy = copies[dice() % copies.size()];
      copies.push_back(std::move(copy));
    }
  }
  for (const auto& [map, model] : copies) expect_same(map, model);
}

TEST(SharedMap, CopiesChangeApartFromEachOther) {
  for (unsigned seed = 0; seed < 8; ++seed) walk<SharedMap<std::string, int>>(seed, 700);
}

TEST(SharedMap, KeysOfOneHashAreKeptApart) {
  for (unsigned seed = 0; seed < 8; ++seed) walk<SharedMap<std::string, int, PoorHash>>(seed, 60);
}

TEST(SharedMap, HoldsManyAndForgetsThem) {
  SharedMap<uint64_t, uint64_t> map;
  constexpr uint64_t kMany = 200'000;
  for (uint64_t i = 0; i < kMany; ++i) map.set(i, i * 2);
  auto before = map;
  for (uint64_t i = 0; i < kMany; ++i) ASSERT_TRUE(map.erase(i));
  EXPECT_TRUE(map.empty());
  EXPECT_FALSE(map.find(uint64_t{7}));
  for (uint64_t i = 0; i < kMany; ++i) ASSERT_EQ(*before.find(i), i * 2);
}

TEST(SharedMap, ValuesLiveAsLongAsTheLastMapThatHasThem) {
  auto value = std::make_shared<int>(1);
  std::weak_ptr<int> watched = value;
  SharedMap<std::string, std::shared_ptr<int>> map;
  map.set("a", std::move(value));
  auto other = map.without(std::string("a"));
  EXPECT_FALSE(watched.expired());
  map = other;
  EXPECT_TRUE(watched.expired());
}

TEST(SharedMap, WithAndWithoutLeaveTheOriginal) {
  SharedMap<std::string, int> empty;
  auto one = empty.with("a", 1);
  auto two = one.with("a", 2);
  EXPECT_TRUE(empty.empty());
  EXPECT_EQ(*one.find(std::string("a")), 1);
  EXPECT_EQ(*two.find(std::string("a")), 2);
  EXPECT_EQ(two.without(std::string("b")).size(), 1u);
}

TEST(SharedMap, CopiesMayBeReadAndDroppedOnOtherThreads) {
  SharedMap<uint64_t, uint64_t> map;
  for (uint64_t i = 0; i < 5000; ++i) map.set(i, 0);
  std::vector<std::jthread> readers;
  for (uint64_t round = 1; round <= 50; ++round) {
    for (uint64_t i = 0; i < 100; ++i) map.set(i, round);
    readers.emplace_back([copy = map, round] {
      for (uint64_t i = 0; i < 100; ++i) ASSERT_EQ(*copy.find(i), round);
    });
  }
}

}  // namespace
}  // namespace weir::base
