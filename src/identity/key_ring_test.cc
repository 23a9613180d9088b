#include "identity/key_ring.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "identity/key_ring_file.h"

namespace weir::identity {
namespace {

const base::Instant kNow{std::chrono::seconds(1'800'000'000)};

struct Ring : testing::Test {
  base::SeededRandomness randomness{6};
  KeyRing ring = KeyRing::fresh(kNow, randomness);
};

TEST_F(Ring, TextComesBackAsTheSameRing) {
  auto again = KeyRing::parse(ring.text().reveal()).value();
  EXPECT_EQ(again.deployment(), ring.deployment());
  auto sealed = seal_secret(ring, "p", base::Secret("s3cret"), randomness);
  EXPECT_EQ(open_secret(again, "p", sealed).value().reveal(), "s3cret");
}

TEST_F(Ring, ASecretOpensOnlyForItsPurpose) {
  auto sealed = seal_secret(ring, "access-key/a", base::Secret("s3cret"), randomness);
  EXPECT_TRUE(open_secret(ring, "access-key/a", sealed).ok());
  EXPECT_FALSE(open_secret(ring, "access-key/b", sealed).ok());
  EXPECT_EQ(sealed.find("s3cret"), std::string::npos);
  EXPECT_FALSE(open_secret(ring, "access-key/a", "").ok());
  EXPECT_FALSE(open_secret(ring, "access-key/a", "AAAA").ok());
}

TEST_F(Ring, RotationKeepsOldSecretsReadableUntilToldOtherwise) {
  auto sealed = seal_secret(ring, "p", base::Secret("s3cret"), randomness);
  auto later = ring.rotated(KeyUse::storage, kNow, randomness);
  later = later.rotated(KeyUse::storage, kNow + std::chrono::hours(1000), randomness);
  EXPECT_TRUE(open_secret(later, "p", sealed).ok());
  EXPECT_TRUE(is_sealed_with_active(ring, sealed));
  EXPECT_FALSE(is_sealed_with_active(later, sealed));
  EXPECT_FALSE(open_secret(later.retire_storage_keys(kNow), "p", sealed).ok());
}

TEST_F(Ring, RetiredKeysAreGoneFromTheText) {
  auto before = ring.active(KeyUse::storage);
  auto later = ring.rotated(KeyUse::storage, kNow, randomness).retire_storage_keys(kNow);
  EXPECT_EQ(later.find(KeyUse::storage, before.id), nullptr);
  EXPECT_TRUE(KeyRing::parse(later.text().reveal()).ok());
}

TEST_F(Ring, AKeyServesOneUseOnly) {
  EXPECT_EQ(ring.find(KeyUse::storage, ring.active(KeyUse::session).id), nullptr);
  EXPECT_NE(ring.active(KeyUse::session).sealing.reveal(), ring.active(KeyUse::session).deriving.reveal());
}

TEST_F(Ring, BrokenRingsAreRefused) {
  auto text = ring.text().reveal();
  for (auto [from, to] : {std::pair{"active", "retired"},
                          {"active", "verify-only"},
                          {"active", "other"},
                          {"session", "storage"},
                          {"\"Id\":\"", "\"Id\":\"zz"}}) {
    auto bent = text;
    bent.replace(bent.find(from), std::string_view(from).size(), to);
    EXPECT_FALSE(KeyRing::parse(bent).ok()) << from << " -> " << to;
  }
  EXPECT_FALSE(KeyRing::parse("{}").ok());
  EXPECT_FALSE(KeyRing::parse("").ok());
}

struct RingFile : Ring {
  void SetUp() override {
    char name[] = "/tmp/weir-ring-XXXXXX";
    directory = ::mkdtemp(name);
  }
  void TearDown() override {
    std::remove((directory + "/keys").c_str());
    ::rmdir(directory.c_str());
  }
  std::string directory;
};

TEST_F(RingFile, FirstStartMakesARingAndTheNextOneFindsIt) {
  auto first = load_key_ring(directory, kNow, randomness);
  ASSERT_TRUE(first.ok()) << first.error().log;
  auto second = load_key_ring(directory, kNow, randomness);
  EXPECT_EQ(first->deployment(), second->deployment());
  struct stat status {};
  ASSERT_EQ(::stat((directory + "/keys").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
}

TEST_F(RingFile, AFileThatOthersMayReadIsRefused) {
  ASSERT_TRUE(write_key_ring(directory, ring).ok());
  ::chmod((directory + "/keys").c_str(), 0640);
  EXPECT_FALSE(read_key_ring(directory).ok());
}

TEST_F(RingFile, ABrokenFileIsNotReplacedByAFreshRing) {
  ASSERT_TRUE(write_key_ring(directory, ring).ok());
  { std::ofstream(directory + "/keys") << "{"; }
  EXPECT_FALSE(load_key_ring(directory, kNow, randomness).ok());
}

TEST_F(RingFile, WritingReplacesTheRing) {
  ASSERT_TRUE(write_key_ring(directory, ring).ok());
  auto next = ring.rotated(KeyUse::session, kNow, randomness);
  ASSERT_TRUE(write_key_ring(directory, next).ok());
  EXPECT_EQ((*read_key_ring(directory).value()).active(KeyUse::session).id, next.active(KeyUse::session).id);
}

TEST_F(RingFile, TheEnvironmentComesFirst) {
  ::setenv(kKeyRingVariable, ring.text().reveal().c_str(), 1);
  auto loaded = load_key_ring(directory, kNow, randomness);
  ::unsetenv(kKeyRingVariable);
  EXPECT_EQ(loaded.value().deployment(), ring.deployment());
  EXPECT_FALSE(read_key_ring(directory).value().has_value());
}

}  // namespace
}  // namespace weir::identity
