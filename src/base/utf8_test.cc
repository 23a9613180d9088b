#include "base/utf8.h"

#include <gtest/gtest.h>

namespace weir::base {
namespace {

TEST(Utf8Prefix, KeepsWholeCharacters) {
  const std::string_view text = "aé€𝄞z";  // 1 + 2 + 3 + 4 + 1 bytes
  EXPECT_EQ(utf8_prefix(text, 0), "");
  EXPECT_EQ(utf8_prefix(text, 2), "a");
  EXPECT_EQ(utf8_prefix(text, 3), "aé");
  EXPECT_EQ(utf8_prefix(text, 5), "aé");
  EXPECT_EQ(utf8_prefix(text, 9), "aé€");
  EXPECT_EQ(utf8_prefix(text, 10), "aé€𝄞");
  EXPECT_EQ(utf8_prefix(text, 11), text);
  EXPECT_EQ(utf8_prefix(text, 100), text);
}

TEST(Utf8Prefix, IsNeverLongerThanAskedForWhateverTheBytesAre) {
  const std::string_view bytes = "\x80\x80\x80\xff\x80";
  for (size_t most = 0; most <= bytes.size(); ++most) EXPECT_LE(utf8_prefix(bytes, most).size(), most);
}

}  // namespace
}  // namespace weir::base
