#include "objects/range.h"

#include <gtest/gtest.h>

namespace weir::objects {
namespace {

void expect_part(std::string_view header, uint64_t size, uint64_t offset, uint64_t length) {
  auto verdict = resolve_range(header, size);
  EXPECT_EQ(verdict.answer, RangeAnswer::part) << header;
  EXPECT_EQ(verdict.range, (ByteRange{offset, length})) << header;
}

}  // namespace

TEST(Range, ThreeFormsAreCutToTheObject) {
  expect_part("bytes=0-0", 10, 0, 1);
  expect_part("bytes=2-5", 10, 2, 4);
  expect_part("bytes=2-", 10, 2, 8);
  expect_part("bytes=2-99", 10, 2, 8);
  expect_part("bytes=-3", 10, 7, 3);
  expect_part("bytes=-99", 10, 0, 10);
  expect_part("Bytes=0-99999999999999999999999999", 10, 0, 10);
}

TEST(Range, OutsideTheObjectIsUnsatisfiable) {
  for (auto header : {"bytes=10-", "bytes=10-11", "bytes=-0", "bytes=99999999999999999999-"})
    EXPECT_EQ(resolve_range(header, 10).answer, RangeAnswer::unsatisfiable) << header;
  EXPECT_EQ(resolve_range("bytes=0-", 0).answer, RangeAnswer::unsatisfiable);
  EXPECT_EQ(resolve_range("bytes=-5", 0).answer, RangeAnswer::unsatisfiable);
}

TEST(Range, MalformedOtherUnitsAndSeveralAreIgnored) {
  for (auto header : {"", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=5-2", "lines=1-2", "bytes=1-2,4-5",
                      "bytes=--1", "bytes=+1-2", "bytes=1- 2", "bytes=0x1-2"})
    EXPECT_EQ(resolve_range(header, 10).answer, RangeAnswer::whole) << header;
}

TEST(CopyRange, IsStrict) {
  EXPECT_EQ(*parse_copy_range("bytes=0-9", 10), (ByteRange{0, 10}));
  for (auto header : {"", "bytes=0-", "bytes=-5", "bytes=0-10", "bytes=5-2", "bytes=0-1,2-3", "0-1"})
    EXPECT_FALSE(parse_copy_range(header, 10).ok()) << header;
}

}  // namespace weir::objects
