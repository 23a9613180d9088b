#include "wire/sigv4/checksum.h"

#include <gtest/gtest.h>

namespace weir::wire {
namespace {
std::string checksum(std::string_view name, std::string_view text, size_t piece) {
  Checksum sum(*checksum_algorithm(name));
  for (size_t at = 0; at < text.size(); at += piece) sum.update(text.substr(at, piece));
  return sum.value();
}
}  // namespace

TEST(Checksum, TheCheckValuesOfNineDigitsHold) {
  for (size_t piece : {1ul, 4ul, 9ul}) {
    EXPECT_EQ(checksum("x-amz-checksum-crc32", "123456789", piece), "y/Q5Jg==");
    EXPECT_EQ(checksum("X-Amz-Checksum-CRC32C", "123456789", piece), "4waSgw==");
    EXPECT_EQ(checksum("CRC64NVME", "123456789", piece), "rosUhgp5mIg=");
    EXPECT_EQ(checksum("sha1", "123456789", piece), "98O8HYCOBHMq32eZZczDTKeuNEE=");
    EXPECT_EQ(checksum("x-amz-checksum-sha256", "123456789", piece), "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=");
    EXPECT_EQ(checksum("Content-MD5", "123456789", piece), "JfnnlDI7RTiF9RgfG2JNCw==");
  }
  EXPECT_EQ(checksum("crc32", "", 1), "AAAAAA==");
}

TEST(Checksum, UnknownAlgorithmsAreACleanRefusal) {
  for (auto name : {"", "x-amz-checksum-", "XXHASH64", "SHA512", "x-amz-checksum-algorithm"}) {
    auto found = checksum_algorithm(name);
    ASSERT_FALSE(found.ok()) << name;
    EXPECT_EQ(found.error().kind, base::Kind::invalid);
    EXPECT_EQ(found.error().about, "checksum");
  }
}

TEST(Checksum, ClaimedValuesHaveTheAlgorithmsForm) {
  EXPECT_TRUE(check_checksum_form(ChecksumAlgorithm::crc32, "y/Q5Jg==").ok());
  for (auto wrong : {"", "y/Q5Jg", "y/Q5", "y/Q5Jg==\n", "4waSgw==4waSgw==", "crosUhgp5mIg="})
    EXPECT_FALSE(check_checksum_form(ChecksumAlgorithm::crc32, wrong).ok()) << wrong;
}

}  // namespace weir::wire
