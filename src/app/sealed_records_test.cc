#include "app/sealed_records.h"

#include <gtest/gtest.h>

#include "app/events/connection_credentials.h"
#include "app/events/connections.h"
#include "app/functions/registered_functions.h"
#include "app/notifications/channels.h"
#include "app/test_lake.h"
#include "events/keys.h"
#include "functions/function_records.h"
#include "identity/sealed_secrets.h"
#include "store/record_access.h"

namespace weir::app {
namespace {

constexpr auto kOwner = "111122223333";

struct SealedRecords : testing::Test {
  template <class T>
  T must(base::Result<T> result) {
    EXPECT_TRUE(result.ok()) << (result.ok() ? "" : result.error().says + result.error().log);
    return std::move(*result);
  }
  std::string function(const std::string& name) {
    auto call = world.call(kOwner);
    return must(register_function(call, {.name = name, .url = "https://h/" + name})).secret->reveal();
  }
  functions::Function found(const std::string& name) {
    auto tx = world.store.begin(store::Mode::read).value();
    return *must(functions::FunctionRecords(*tx).find(kOwner, name));
  }
  template <class T>
  T loaded(const std::string& key) {
    auto tx = world.store.begin(store::Mode::read).value();
    return *must(store::load<T>(*tx, key));
  }
  size_t rotate() {
    auto next = world.keys.rotated(identity::KeyUse::storage, world.clock.now(), world.randomness);
    auto sealed = must(seal_records_anew(world.store, next, world.randomness));
    world.keys = next;
    return sealed;
  }
  void retire() {
    EXPECT_FALSE(must(identity::has_older_seals(world.store, world.keys)));
    world.keys = world.keys.retire_storage_keys(world.clock.now());
  }

  test::TestLake world;
};

TEST_F(SealedRecords, FunctionsChannelsAndConnectionsOpenWithTheNewKeyAlone) {
  auto secret = function("hook");
  auto call = world.call(kOwner);
  auto channel = must(put_channel(call, {"ops", events::ChannelKind::signed_webhook, "https://h/hush"}));
  auto parameters = base::parse_json(R"({"ApiKeyAuthParameters":{"ApiKeyName":"x-key","ApiKeyValue":"hush"}})").value();
  must(create_connection(call, {"api", "", "API_KEY", parameters}));
  EXPECT_EQ(rotate(), 3u);
  retire();
  EXPECT_EQ(must(secret_of(world.lake, found("hook"))).reveal(), secret);
  auto kept = loaded<events::Channel>(events::keys::channel(kOwner, "ops"));
  EXPECT_EQ(must(open_channel_url(world.lake, kept)).reveal(), "https://h/hush");
  EXPECT_EQ(must(open_channel_secret(world.lake, kept)).reveal(), channel.fresh_secret->reveal());
  auto opened = must(open_parameters(world.lake, loaded<events::Connection>(events::keys::connection(kOwner, "api"))));
  EXPECT_EQ(opened.api_key->value.reveal(), "hush");
}

TEST_F(SealedRecords, TokensOfConnectionsAreDroppedForTheNextCallFetchesOne) {
  auto key = events::keys::token("an-id");
  auto hold = [&] {
    auto sealed = identity::seal_secret(world.keys, "connection-token/an-id", base::Secret("t"), world.randomness);
    world.write([&](store::Transaction& tx) { return store::save(tx, key, events::HeldToken{sealed, {}}); });
  };
  auto is_held = [&] { return must(world.store.begin(store::Mode::read).value()->get(key)).has_value(); };
  hold();
  rotate();
  EXPECT_FALSE(is_held());
  hold();
  must(seal_records_anew(world.store, world.keys, world.randomness));
  EXPECT_TRUE(is_held()) << "one of the new key";
}

TEST_F(SealedRecords, MoreThanAPageIsSealedAndWhatIsUpToDateIsLeftAlone) {
  for (int i = 0; i < 450; ++i) function("f" + std::to_string(i));
  EXPECT_EQ(rotate(), 450u);
  EXPECT_EQ(must(seal_records_anew(world.store, world.keys, world.randomness)), 0u);
  retire();
}

TEST_F(SealedRecords, WhatDoesNotOpenStaysAndKeepsNobodyElse) {
  function("a");
  auto other = function("c");
  auto broken = found("a");
  broken.name = "b";  // sealed for another name
  test::TestLake::must(
      store::write(world.store, [&](store::Transaction& tx) { return functions::FunctionRecords(tx).put(broken); }));
  EXPECT_EQ(rotate(), 2u);
  EXPECT_EQ(found("b").sealed_secret, broken.sealed_secret);
  EXPECT_EQ(must(secret_of(world.lake, found("c"))).reveal(), other);
  EXPECT_TRUE(must(identity::has_older_seals(world.store, world.keys))) << "its key stays";
}

}  // namespace
}  // namespace weir::app
