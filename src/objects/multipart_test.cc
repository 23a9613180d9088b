#include "objects/multipart.h"

#include <gtest/gtest.h>

#include "base/hash.h"
#include "base/text.h"

namespace weir::objects {
namespace {

std::vector<Part> three_parts() {
  std::vector<Part> parts(3);
  for (int i = 0; i < 3; ++i) {
    auto n = static_cast<size_t>(i);
    parts[n].number = i + 1;
    parts[n].size = i == 2 ? 1 : kPartBytesMin;
    parts[n].etag = base::hex(base::md5(std::to_string(i)));
  }
  return parts;
}
std::vector<CompletedPart> named(const std::vector<Part>& parts) {
  std::vector<CompletedPart> out;
  for (auto& part : parts) out.push_back({part.number, part.etag, ""});
  return out;
}
std::string refusal(const std::vector<CompletedPart>& wanted) {
  auto chosen = choose_parts(three_parts(), wanted);
  return chosen.ok() ? "" : chosen.error().about;
}

}  // namespace

TEST(CompleteUpload, TakesTheNamedPartsInOrder) {
  auto wanted = named(three_parts());
  EXPECT_EQ(refusal(wanted), "");
  wanted[1].etag = "\"" + wanted[1].etag + "\"";
  EXPECT_EQ(refusal(wanted), "") << "quotes do not matter";
  wanted.erase(wanted.begin() + 1);
  EXPECT_EQ(choose_parts(three_parts(), wanted)->size(), 2u) << "a part may be left out";
}

TEST(CompleteUpload, RefusesWrongLists) {
  auto wanted = named(three_parts());
  EXPECT_EQ(refusal({}), "parts");
  EXPECT_EQ(refusal({wanted[1], wanted[0]}), "part-order");
  EXPECT_EQ(refusal({wanted[0], wanted[0]}), "part-order");
  EXPECT_EQ(refusal({{4, wanted[0].etag, ""}}), "part");
  EXPECT_EQ(refusal({{1, wanted[1].etag, ""}}), "part");
  EXPECT_EQ(refusal({{1, wanted[0].etag, "AAAAAA=="}}), "part") << "a checksum that was not stored";
  auto parts = three_parts();
  parts[0].size = kPartBytesMin - 1;
  EXPECT_EQ(choose_parts(parts, wanted).error().about, "part-size");
}

TEST(CompleteUpload, EtagIsMd5OfMd5sWithTheCount) {
  auto parts = three_parts();
  std::string digests = base::md5("0") + base::md5("1") + base::md5("2");
  EXPECT_EQ(*multipart_etag(parts), base::hex(base::md5(digests)) + "-3");
}

TEST(PartNumber, IsBetween1And10000) {
  EXPECT_TRUE(check_part_number(1).ok());
  EXPECT_TRUE(check_part_number(10'000).ok());
  for (int number : {0, -1, 10'001}) EXPECT_FALSE(check_part_number(number).ok());
}

}  // namespace weir::objects
