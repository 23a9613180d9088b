#include "server/content_choice.h"

#include <gtest/gtest.h>

namespace weir::server {
namespace {

TEST(ContentChoice, AnEncodingIsTakenWhenItIsNamed) {
  EXPECT_TRUE(takes_encoding("gzip, deflate, br", "br"));
  EXPECT_TRUE(takes_encoding("GZIP;q=0.5", "gzip"));
  EXPECT_FALSE(takes_encoding("gzip, deflate", "br"));
  EXPECT_FALSE(takes_encoding("", "gzip"));
  EXPECT_FALSE(takes_encoding("brotli", "br"));
}

TEST(ContentChoice, AWeightOfZeroRefuses) {
  EXPECT_FALSE(takes_encoding("br;q=0", "br"));
  EXPECT_FALSE(takes_encoding("br; q=0.000, gzip", "br"));
  EXPECT_TRUE(takes_encoding("br; q=0.001", "br"));
}

TEST(ContentChoice, AStarMeansWhatIsNotNamed) {
  EXPECT_TRUE(takes_encoding("*", "br"));
  EXPECT_FALSE(takes_encoding("*;q=0", "gzip"));
  EXPECT_FALSE(takes_encoding("*, br;q=0", "br"));
}

TEST(ContentChoice, AnEntityTagIsComparedWeakly) {
  EXPECT_TRUE(has_already("\"a\", W/\"b\"", "\"b\""));
  EXPECT_TRUE(has_already("*", "\"b\""));
  EXPECT_FALSE(has_already("\"a\"", "\"b\""));
  EXPECT_FALSE(has_already("", "\"b\""));
}

}  // namespace
}  // namespace weir::server
