#include "store/key.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "store/store.h"

namespace weir::store {

using std::string_literals::operator""s;

TEST(Key, ComparesAsItsParts) {
  std::mt19937 random(1);
  auto any_part = [&] {
    std::string out;
    for (size_t n = random() % 4; n > 0; --n) out += "\0\1a\xff"s[random() % 4];
    return out;
  };
  for (int i = 0; i < 20000; ++i) {
    std::vector<std::string> a{any_part(), any_part()}, b{any_part(), any_part()};
    ASSERT_EQ(key(a[0], a[1]) < key(b[0], b[1]), a < b);
    ASSERT_EQ(split_key(key(a[0], a[1])).value(), a);
  }
}

TEST(Key, OneIsNeverThePrefixOfAnotherNumberOfParts) {
  EXPECT_LT(key("a", "b"), key("a\0"s));
  EXPECT_LT(key("a\0"s), key("ab"));
  EXPECT_TRUE(key("a", "b").starts_with(key("a")));
  EXPECT_FALSE(key("ab").starts_with(key("a")));
  EXPECT_FALSE(key("a\0b"s).starts_with(key("a")));
}

TEST(Key, BrokenOnesDoNotSplit) {
  for (auto& broken : {"a"s, "a\0"s, "a\0\2"s, "\0\xff"s}) EXPECT_FALSE(split_key(broken).ok());
  EXPECT_TRUE(split_key("").value().empty());
}

TEST(KeyBuilder, IntegersSortAsNumbers) {
  int64_t least = std::numeric_limits<int64_t>::min(), most = std::numeric_limits<int64_t>::max();
  std::vector<int64_t> sorted{least, -256, -10, -9, -1, 0, 1, 9, 10, 255, 256, most};
  for (size_t i = 1; i < sorted.size(); ++i)
    EXPECT_LT(KeyBuilder().integer(sorted[i - 1]).take(), KeyBuilder().integer(sorted[i]).take());
}

TEST(KeyBuilder, NumbersSortAsNumbersAndZeroIsOneKey) {
  double infinity = std::numeric_limits<double>::infinity();
  std::vector<double> sorted{-infinity, -1e300, -2.5, -1e-300, 0.0, 5e-324, 1.0, 1.5, 2.0, 1e300, infinity};
  for (size_t i = 1; i < sorted.size(); ++i)
    EXPECT_LT(KeyBuilder().number(sorted[i - 1]).take(), KeyBuilder().number(sorted[i]).take());
  EXPECT_EQ(KeyBuilder().number(-0.0).take(), KeyBuilder().number(0.0).take());
}

TEST(KeyBuilder, NullIsLowestAndPartsDoNotRunTogether) {
  EXPECT_LT(KeyBuilder().null().take(), KeyBuilder().integer(std::numeric_limits<int64_t>::min()).take());
  EXPECT_LT(KeyBuilder().null().take(), KeyBuilder().text("").take());
  EXPECT_NE(KeyBuilder().text("a").text("b").take(), KeyBuilder().text("ab").text("").take());
  EXPECT_LT(KeyBuilder("p").text("a").integer(9).take(), KeyBuilder("p").text("a").integer(10).take());
}

TEST(PrefixRange, EndsWhereThePrefixEnds) {
  EXPECT_EQ(prefix_range("ab").last, "ac");
  EXPECT_EQ(prefix_range("a\xff\xff").last, "b");
  EXPECT_EQ(prefix_range("\xff").last, "");
  EXPECT_EQ(prefix_range("").last, "");
}

}  // namespace weir::store
