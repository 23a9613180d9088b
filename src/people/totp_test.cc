#include "people/totp.h"

#include <gtest/gtest.h>

namespace weir::people {
namespace {

// RFC 6238 appendix B, of which these are the last six digits.
const base::Secret kSecret("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");

TEST(Totp, CodesAreThoseOfTheRfc) {
  EXPECT_EQ(totp_code(kSecret, 59 / 30), "287082");
  EXPECT_EQ(totp_code(kSecret, 1111111109 / 30), "081804");
  EXPECT_EQ(totp_code(kSecret, 20000000000 / 30), "353130");
  EXPECT_EQ(totp_code(base::Secret("not base32"), 1), "");
}

TEST(Totp, ACodeCountsAroundItsTimeAndOnce) {
  auto now = base::from_epoch_seconds(1111111109);
  int64_t step = 1111111109 / 30;
  EXPECT_EQ(totp_step(kSecret, "081804", now, 0), step);
  EXPECT_EQ(totp_step(kSecret, "081804", now + base::Seconds(30), 0), step);
  EXPECT_EQ(totp_step(kSecret, "081804", now + base::Seconds(90), 0), std::nullopt);
  EXPECT_EQ(totp_step(kSecret, "081804", now, step), std::nullopt);
  EXPECT_EQ(totp_step(kSecret, "", now, 0), std::nullopt);
  EXPECT_EQ(totp_step(base::Secret(""), "", now, 0), std::nullopt);
}

}  // namespace
}  // namespace weir::people
