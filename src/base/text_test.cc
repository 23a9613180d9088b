#include "base/text.h"

#include <gtest/gtest.h>

#include "base/hash.h"

namespace weir::base {

TEST(Text, Base64RoundTripsAndRefusesLooseEnds) {
  for (std::string bytes : {"", "f", "fo", "foo", "foob", "fooba", "foobar"}) {
    EXPECT_EQ(*unbase64(base64(bytes)), bytes);
    EXPECT_EQ(*unbase64url(base64url(bytes)), bytes);
  }
  EXPECT_EQ(base64("foob"), "Zm9vYg==");
  EXPECT_FALSE(unbase64("Zm9vYh==").ok()) << "bits beyond the last byte";
  EXPECT_FALSE(unbase64("Zm9vYg").ok()) << "padding is required";
  EXPECT_FALSE(unbase64("Zm9v\n").ok());
}

TEST(Text, UriCodingFollowsRfc3986) {
  EXPECT_EQ(uri_encode("a b/ü+~"), "a%20b%2F%C3%BC%2B~");
  EXPECT_EQ(uri_encode("a/b", true), "a/b");
  EXPECT_EQ(uri_decode("a%20b%2f+%zz%"), "a b/+%zz%");
  EXPECT_EQ(uri_decode("a+b", true), "a b");
}

TEST(Text, GlobHandlesStarsAndRuns) {
  EXPECT_TRUE(glob_match("s3:Get*", "s3:GetObject"));
  EXPECT_TRUE(glob_match("*", ""));
  EXPECT_TRUE(glob_match("a*b*c", "aXXbYYbZc"));
  EXPECT_FALSE(glob_match("a?c", "ac"));
  EXPECT_FALSE(glob_match("a*b", "aXbY"));
}

TEST(Text, Utf8RefusesOverlongAndSurrogates) {
  EXPECT_TRUE(is_valid_utf8("grün 木 😀"));
  EXPECT_FALSE(is_valid_utf8("\xc0\xaf"));
  EXPECT_FALSE(is_valid_utf8("\xed\xa0\x80"));
  EXPECT_FALSE(is_valid_utf8("\xf5\x80\x80\x80"));
}

TEST(Hash, KnownAnswers) {
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(crc32c(0, "123456789"), 0xe3069283U);
  EXPECT_EQ(crc64nvme(0, "123456789"), 0xae8b14860a799888ULL);
  EXPECT_EQ(hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(Hash, UnsealRefusesAnyChange) {
  std::string key(32, 'k'), nonce(12, 'n');
  auto sealed = seal(key, nonce, "secret", "aad");
  EXPECT_EQ(*unseal(key, sealed, "aad"), "secret");
  EXPECT_FALSE(unseal(key, sealed, "other").ok());
  for (size_t i = 0; i < sealed.size(); ++i) {
    auto changed = sealed;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(unseal(key, changed, "aad").ok()) << i;
  }
}

}  // namespace weir::base
