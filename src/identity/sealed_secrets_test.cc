#include "identity/sealed_secrets.h"

#include <gtest/gtest.h>

#include "identity/saml_provider_records.h"
#include "identity/test_world.h"

namespace weir::identity::test {
namespace {

struct Rotating : testing::Test {
  SamlProvider provider(const std::string& name, const std::vector<std::string>& pems) {
    SamlProvider made;
    world.write([&](store::Transaction& tx) -> base::Status {
      SamlProviderRecords records(tx, account(kLakeAccount));
      WEIR_TRY(made, records.create({.name = name, .metadata = "m", .valid_until = {}, .encryption = {}, .tags = {}},
                                    world.now, world.randomness));
      for (const auto& pem : pems) {
        SamlProviderChange change;
        change.add_key = base::Secret(pem);
        WEIR_TRY(made, records.update(name, change, world.ring, world.now, world.randomness));
      }
      return {};
    });
    return made;
  }
  std::vector<std::string> opened(const std::string& name) {
    std::vector<std::string> out;
    world.write([&](store::Transaction& tx) -> base::Status {
      WEIR_TRY(auto found, SamlProviderRecords(tx, account(kLakeAccount)).get(name));
      for (const auto& key : found.private_keys) {
        WEIR_TRY(auto pem, open_private_key(found, key, world.ring));
        out.push_back(pem.reveal());
      }
      return {};
    });
    return out;
  }
  base::Result<size_t> rotate() {
    auto next = world.ring.rotated(KeyUse::storage, world.now, world.randomness);
    auto sealed = seal_anew(world.store, next, world.randomness);
    if (sealed.ok()) world.ring = next.retire_storage_keys(world.now);
    return sealed;
  }

  World world;
};

TEST_F(Rotating, EverySecretOpensWithTheNewKeyAlone) {
  auto ana = world.user(kLakeAccount, "ana");
  auto key = world.key_for(kLakeAccount, ana.id);
  provider("first", {"pem one", "pem two"});
  provider("second", {"pem three"});
  provider("none", {});
  EXPECT_EQ(must(rotate()), 3u) << "an access key and two providers";
  EXPECT_FALSE(world.ring.has_older(KeyUse::storage));
  EXPECT_EQ(must(world.authenticate(key.key.id)).secret->reveal(), key.secret.reveal());
  EXPECT_EQ(opened("first"), (std::vector<std::string>{"pem one", "pem two"}));
  EXPECT_EQ(opened("second"), std::vector<std::string>{"pem three"});
}

TEST_F(Rotating, WhatIsUpToDateIsLeftAlone) {
  provider("first", {"pem"});
  EXPECT_EQ(must(rotate()), 1u);
  EXPECT_EQ(must(seal_anew(world.store, world.ring, world.randomness)), 0u);
}

TEST_F(Rotating, MoreThanOneBatchIsSealed) {
  for (int i = 0; i < 450; ++i) world.key_for(kLakeAccount, "AIDAOWNER" + std::to_string(i));
  EXPECT_EQ(must(rotate()), 450u);
}

TEST_F(Rotating, ASecretWhoseKeyIsGoneIsAnErrorAndStaysAsItIs) {
  provider("first", {"pem"});
  auto right = world.ring;
  world.ring = KeyRing::fresh(world.now, world.randomness);
  EXPECT_EQ(rotate().error().kind, base::Kind::internal);
  world.ring = right;
  EXPECT_EQ(opened("first"), std::vector<std::string>{"pem"});
}

TEST_F(Rotating, AKeyIsInUseWhileAnyValueIsSealedWithIt) {
  provider("first", {"pem"});
  auto next = world.ring.rotated(KeyUse::storage, world.now, world.randomness);
  EXPECT_TRUE(must(has_older_seals(world.store, next)));
  EXPECT_EQ(must(seal_anew(world.store, next, world.randomness)), 1u);
  EXPECT_FALSE(must(has_older_seals(world.store, next)));
  auto sealed = seal_secret(world.ring, "of somebody else", base::Secret("x"), world.randomness);
  world.write([&](store::Transaction& tx) { return tx.put("zz-elsewhere", R"({"Sealed":")" + sealed + "\"}"); });
  EXPECT_TRUE(must(has_older_seals(world.store, next))) << "found wherever it is";
  EXPECT_FALSE(must(has_older_seals(world.store, next.retire_storage_keys(world.now))));
}

TEST_F(Rotating, OlderKeysAreKnownUntilTheyRetire) {
  EXPECT_FALSE(world.ring.has_older(KeyUse::storage));
  auto next = world.ring.rotated(KeyUse::storage, world.now, world.randomness);
  EXPECT_TRUE(next.has_older(KeyUse::storage));
  EXPECT_FALSE(next.has_older(KeyUse::session));
  EXPECT_FALSE(next.retire_storage_keys(world.now).has_older(KeyUse::storage));
}

}  // namespace
}  // namespace weir::identity::test
