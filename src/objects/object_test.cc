#include "objects/object.h"

#include <gtest/gtest.h>

namespace weir::objects {

TEST(ObjectKey, AnyUtf8UpTo1024BytesButNul) {
  for (std::string key : {std::string("../../etc/passwd"), std::string("a//b"), std::string("a/"), std::string("/"),
                          std::string("%2e%2e"), std::string("\xf0\x9f\xa6\x86"), std::string(1024, 'k')})
    EXPECT_TRUE(check_key(key).ok()) << key;
  EXPECT_FALSE(check_key("").ok());
  EXPECT_FALSE(check_key(std::string(1025, 'k')).ok());
  EXPECT_FALSE(check_key(std::string_view("a\0b", 3)).ok());
  EXPECT_FALSE(check_key("\xc0\xaf").ok()) << "an overlong slash";
  EXPECT_FALSE(check_key("\xed\xa0\x80").ok()) << "a lone surrogate";
}

TEST(ObjectMetadata, IsBoundedAndLowerCase) {
  Metadata metadata;
  metadata.user["colour"] = std::string(kUserMetadataBytesMax - 6, 'x');
  EXPECT_TRUE(check_metadata(metadata).ok());
  metadata.user["colour"] += "x";
  EXPECT_EQ(check_metadata(metadata).error().kind, base::Kind::limit_exceeded);
  EXPECT_FALSE(check_metadata({.user = {{"Colour", "red"}}}).ok());
  EXPECT_FALSE(check_metadata({.user = {{"a", "red\r\nset-cookie: x"}}}).ok()) << "header injection";
}

TEST(ObjectInfo, SurvivesItsRecord) {
  ObjectInfo info{.key = "", .size = int64_t{1} << 41, .etag = "e-3"};
  info.last_modified = base::from_epoch_seconds(1.5);
  info.metadata = {.content_type = "text/csv", .cache_control = "no-store", .user = {{"a", "ü"}}};
  info.checksum = Checksum{ChecksumAlgorithm::sha256, ChecksumType::composite, "AAAA-3"};
  info.parts = 3;
  info.version = "v";
  auto back = base::decode_record<ObjectInfo>(base::encode_record(info));
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(*back, info);
}

}  // namespace weir::objects
