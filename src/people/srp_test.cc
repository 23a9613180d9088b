#include "people/srp.h"

#include <gtest/gtest.h>

#include "base/hash.h"
#include "base/text.h"

namespace weir::people {
namespace {

const SrpIdentity kAnn{"aBcDeFgHi", "ann"};
constexpr std::string_view kSalt = "8f1a2b3c4d5e6f708192a3b4c5d6e7f8";

// The other side is tested against clients of other people (tests/people_test.py); here a claim is wrong on purpose.
SrpClaim claim_of(std::string a) {
  return {std::move(a), base::base64("block"), "Sun Nov 22 01:02:03 UTC 2026", base::base64("x")};
}

TEST(Srp, TheVerifierDependsOnPoolNameSaltAndPassword) {
  base::Secret password("Corr3ct!horse");
  auto of = [&](const SrpIdentity& who, std::string_view salt, const base::Secret& secret) {
    return srp_verifier(who, salt, secret).value().reveal();
  };
  auto ours = of(kAnn, kSalt, password);
  EXPECT_EQ(ours, of(kAnn, kSalt, password));
  EXPECT_NE(ours, of({"other", "ann"}, kSalt, password));
  EXPECT_NE(ours, of({"aBcDeFgHi", "bob"}, kSalt, password));
  EXPECT_NE(ours, of(kAnn, "00", password));
  EXPECT_NE(ours, of(kAnn, kSalt, base::Secret("another")));
}

// One person in 512 has such a salt: clients that read it as a number could not sign in.
TEST(Srp, ASaltIsTheSameNumberForEverybody) {
  using namespace std::string_view_literals;
  EXPECT_EQ(srp_salt("\x00\x7f\x1a"sv).value(), "7f1a");
  EXPECT_EQ(srp_salt("\x00\x00\x8f\x00"sv).value(), "8f00");
  EXPECT_EQ(srp_salt("\x0a\x1b"sv).value(), "0a1b");
  base::Secret password("Corr3ct!horse");
  EXPECT_EQ(srp_verifier(kAnn, "007f1a", password).value().reveal(),
            srp_verifier(kAnn, "7f1a", password).value().reveal());
  EXPECT_NE(srp_verifier(kAnn, "7f1a00", password).value().reveal(),
            srp_verifier(kAnn, "7f1a", password).value().reveal());
}

TEST(Srp, NumbersThatFixTheKeyAreRefused) {
  const std::string prime =
      "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B"
      "302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE6"
      "49286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB9ED529077096966D"
      "670C354E4ABC9804F1746C08CA18217C32905E462E36CE3BE39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF695581718"
      "3995497CEA956AE515D2261898FA051015728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7D"
      "B3970F85A6E1E4C7ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C"
      "BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF";
  for (const std::string& a : {std::string("0"), std::string("00"), prime, std::string(), std::string("xyz"),
                               std::string("-1"), std::string(4000, 'f')})
    EXPECT_FALSE(check_srp_public(a).ok()) << a.substr(0, 20);
  EXPECT_TRUE(check_srp_public("02").ok());
}

TEST(Srp, AClaimThatIsMadeUpDoesNotHold) {
  base::SeededRandomness randomness(3);
  auto verifier = srp_verifier(kAnn, kSalt, base::Secret("Corr3ct!horse")).value();
  auto offer = srp_offer(verifier, randomness).value();
  EXPECT_FALSE(srp_holds(kAnn, verifier, offer, claim_of("02")).value());
  auto broken = claim_of("02");
  broken.signature = "not base64!";
  EXPECT_FALSE(srp_holds(kAnn, verifier, offer, broken).value());
  EXPECT_FALSE(srp_holds(kAnn, verifier, offer, claim_of("0")).ok());
}

TEST(Srp, EveryOfferIsAnother) {
  base::SeededRandomness randomness(3);
  auto verifier = srp_verifier(kAnn, kSalt, base::Secret("Corr3ct!horse")).value();
  EXPECT_NE(srp_offer(verifier, randomness).value().offered, srp_offer(verifier, randomness).value().offered);
}

TEST(Srp, TimestampsAreOfOneForm) {
  EXPECT_EQ(base::to_iso8601(read_srp_timestamp("Sun Nov 2 01:02:03 UTC 2026").value()), "2026-11-02T01:02:03Z");
  EXPECT_EQ(base::to_iso8601(read_srp_timestamp("Sun Nov 22 01:02:03 UTC 2026").value()), "2026-11-22T01:02:03Z");
  for (const char* text : {"", "Sun Nov 22 01:02:03 CET 2026", "Sun Nov 022 01:02:03 UTC 2026", "2026-11-22T01:02:03Z",
                           "Sun Nov 32 01:02:03 UTC 2026", "Sun November 2 01:02:03 UTC 2026"})
    EXPECT_FALSE(read_srp_timestamp(text).ok()) << text;
}

}  // namespace
}  // namespace weir::people
