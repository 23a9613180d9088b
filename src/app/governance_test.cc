#include "app/governance.h"

#include <gtest/gtest.h>

#include "permissions/decide.h"
#include "permissions/records.h"
#include "store/memory_store.h"

namespace weir::app {
namespace {

using permissions::Privilege;

const std::string kOwner = "111122223333", kConsumer = "222222222222";
const std::string kAnalyst = "arn:aws:iam::222222222222:role/analyst";
const std::string kShare = "arn:aws:ram:r:111122223333:resource-share/1";

permissions::Grant grant(const std::string& who) {
  permissions::Grant out;
  out.principal = who;
  out.resource = permissions::Resource::of_table(kOwner, "d", "t").value();
  out.privileges = {Privilege::select};
  return out;
}
permissions::Grant shared() {
  auto out = grant(kConsumer);
  out.share = kShare;
  return out;
}
permissions::Grant passed_on() {
  auto out = grant(kAnalyst);
  out.local_to = kConsumer;
  return out;
}

bool reads(const State& state) {
  permissions::TableFacts facts;
  facts.columns = {{"a", "bigint", false}};
  permissions::Caller caller{kConsumer, {kAnalyst}};
  caller.received.as = {kConsumer};
  caller.received.shares = {kShare};
  auto table = permissions::Resource::of_table(kOwner, "d", "t").value();
  return permissions::decide({caller, Privilege::select, table, &facts}, state.permissions(kOwner)).allowed();
}

void commit(store::Store& store, const std::function<base::Status(store::Transaction&)>& body) {
  ASSERT_TRUE(store::write(store, body).ok());
}

TEST(Governance, WhatAnAccountPassesOnCountsInTheOwnersSnapshotLoadedOrFollowed) {
  store::MemoryStore store;
  commit(store, [](auto& tx) { return permissions::put_grant(tx, passed_on()); });
  Governance governance;
  ASSERT_TRUE(governance.start(store).ok());
  EXPECT_EQ(governance.current().value()->permissions(kOwner).grant_count(), 1u) << "loaded";
  EXPECT_EQ(governance.current().value()->permissions(kConsumer).grant_count(), 0u);
  EXPECT_FALSE(reads(**governance.current()));
  commit(store, [](auto& tx) { return permissions::put_grant(tx, shared()); });
  EXPECT_TRUE(reads(**governance.current()));
  commit(store, [](auto& tx) { return permissions::erase_grant(tx, passed_on()); });
  EXPECT_FALSE(reads(**governance.current())) << "taken away inside the account";
  commit(store, [](auto& tx) { return permissions::put_grant(tx, passed_on()); });
  EXPECT_TRUE(reads(**governance.current())) << "followed";
  commit(store, [](auto& tx) { return permissions::erase_grant(tx, shared()); });
  EXPECT_FALSE(reads(**governance.current())) << "revoked by the owner: at once";
}

TEST(Governance, FoldingInAnyOrderIsTheSame) {
  std::vector<store::Change> changes;
  for (const auto& one : {shared(), passed_on()})
    changes.push_back({permissions::grant_key(one), base::encode_record(one)});
  EXPECT_TRUE(reads(**fold(State(), changes)));
  std::swap(changes[0], changes[1]);
  EXPECT_TRUE(reads(**fold(State(), changes)));
  changes.push_back({permissions::grant_key(passed_on()), std::nullopt});
  EXPECT_FALSE(reads(**fold(State(), changes)));
}

}  // namespace
}  // namespace weir::app
