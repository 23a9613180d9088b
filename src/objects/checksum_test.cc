#include "objects/checksum.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include "base/hash.h"
#include "base/text.h"

namespace weir::objects {
namespace {

uint32_t crc32_of(std::string_view text) {
  return static_cast<uint32_t>(::crc32_z(0, reinterpret_cast<const unsigned char*>(text.data()), text.size()));
}
std::string base64_of(uint64_t word, size_t bytes) {
  std::string raw;
  for (size_t i = bytes; i-- > 0;) raw += static_cast<char>(word >> (8 * i));
  return base::base64(raw);
}

}  // namespace

TEST(Checksum, CrcsOfPartsCombineToTheCrcOfTheWhole) {
  std::string text = "Weir holds back what may not flow.";
  for (size_t cut = 0; cut <= text.size(); ++cut) {
    auto a = std::string_view(text).substr(0, cut), b = std::string_view(text).substr(cut);
    EXPECT_EQ(combine_crc32(crc32_of(a), crc32_of(b), b.size()), crc32_of(text));
    EXPECT_EQ(combine_crc32c(base::crc32c(0, a), base::crc32c(0, b), b.size()), base::crc32c(0, text));
    EXPECT_EQ(combine_crc64nvme(base::crc64nvme(0, a), base::crc64nvme(0, b), b.size()), base::crc64nvme(0, text));
  }
}

TEST(Checksum, CombiningAgreesWithZlibForLongParts) {
  for (uint64_t size : {uint64_t{1} << 20, uint64_t{5} << 30, (uint64_t{5} << 40) + 7})
    EXPECT_EQ(combine_crc32(0x12345678, 0x9abcdef0, size),
              ::crc32_combine64(0x12345678, 0x9abcdef0, static_cast<long>(size)));
}

TEST(Checksum, FullObjectOfThreePartsIsThatOfTheirConcatenation) {
  std::vector<std::string> pieces = {"one", "", "three and more"};
  std::vector<PartChecksum> parts;
  std::string whole;
  for (auto& piece : pieces) {
    parts.push_back({base64_of(base::crc64nvme(0, piece), 8), piece.size()});
    whole += piece;
  }
  auto combined = combine(ChecksumAlgorithm::crc64nvme, ChecksumType::full_object, parts);
  ASSERT_TRUE(combined.ok());
  EXPECT_EQ(combined->value, base64_of(base::crc64nvme(0, whole), 8));
}

TEST(Checksum, CompositeIsTheChecksumOfChecksumsWithTheCount) {
  std::string a = base::sha256("a"), b = base::sha256("b");
  std::vector<PartChecksum> parts = {{base::base64(a), 1}, {base::base64(b), 1}};
  auto combined = combine(ChecksumAlgorithm::sha256, ChecksumType::composite, parts);
  ASSERT_TRUE(combined.ok());
  EXPECT_EQ(combined->value, base::base64(base::sha256(a + b)) + "-2");
}

TEST(Checksum, RefusesPairsThatS3DoesNotOfferAndBrokenParts) {
  std::vector<PartChecksum> part = {{base::base64(base::sha256("a")), 1}};
  EXPECT_FALSE(combine(ChecksumAlgorithm::sha256, ChecksumType::full_object, part).ok());
  EXPECT_FALSE(combine(ChecksumAlgorithm::crc64nvme, ChecksumType::composite, part).ok());
  EXPECT_FALSE(combine(ChecksumAlgorithm::crc32, ChecksumType::composite, part).ok()) << "of the wrong length";
  EXPECT_FALSE(combine(ChecksumAlgorithm::crc32, ChecksumType::composite, {}).ok());
}

TEST(Checksum, NamesAreThoseOfTheWire) {
  for (auto name : {"CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"})
    EXPECT_EQ(to_string(*parse_checksum_algorithm(name)), name);
  EXPECT_FALSE(parse_checksum_algorithm("XXHASH64"));
  EXPECT_FALSE(parse_checksum_algorithm("crc32"));
}

}  // namespace weir::objects
