#include "requests/access_request.h"

#include <gtest/gtest.h>

#include "requests/request_records.h"
#include "store/memory_store.h"

namespace weir::requests {
namespace {

constexpr Decision kDecisions[] = {Decision::submitted,         Decision::pending,   Decision::auto_approved,
                                   Decision::approved,          Decision::denied,    Decision::expired,
                                   Decision::changes_requested, Decision::withdrawn, Decision::failed};
constexpr Fulfilment kFulfilments[] = {
    Fulfilment::none,          Fulfilment::granting,          Fulfilment::awaiting_ram,
    Fulfilment::active,        Fulfilment::extension_pending, Fulfilment::grant_failed,
    Fulfilment::revoke_failed, Fulfilment::revoked,           Fulfilment::ended,
    Fulfilment::by_machine};

TEST(AccessRequest, WhatIsDecidedStaysDecided) {
  for (auto from : kDecisions)
    for (auto to : kDecisions)
      EXPECT_FALSE(is_decided(from) && legal(from, to)) << to_string(from) << ' ' << to_string(to);
}

TEST(AccessRequest, PeopleWhoAreAskedAreNotPassedOver) {
  EXPECT_FALSE(legal(Decision::pending, Decision::auto_approved));
  EXPECT_TRUE(legal(Decision::pending, Decision::approved));
  EXPECT_TRUE(legal(Decision::submitted, Decision::auto_approved));
}

TEST(AccessRequest, WhatHasEndedIsNotHeldAgain) {
  for (auto from : {Fulfilment::revoked, Fulfilment::ended, Fulfilment::by_machine})
    for (auto to : kFulfilments) EXPECT_FALSE(legal(from, to));
  EXPECT_FALSE(legal(Fulfilment::none, Fulfilment::active));
  EXPECT_FALSE(legal(Fulfilment::grant_failed, Fulfilment::active));
  EXPECT_TRUE(legal(Fulfilment::extension_pending, Fulfilment::ended));
}

TEST(AccessRequest, StatesReadAsTheyAreWritten) {
  for (auto state : kDecisions) {
    auto read = Decision::failed;
    ASSERT_TRUE(from_json(to_json(state), read).ok());
    EXPECT_EQ(read, state);
  }
  for (auto state : kFulfilments) {
    auto read = Fulfilment::none;
    ASSERT_TRUE(from_json(to_json(state), read).ok());
    EXPECT_EQ(read, state);
  }
  auto read = Decision::failed;
  EXPECT_FALSE(from_json(base::Json("approved"), read).ok());
}

TEST(AccessRequest, IdsSortByTimeAndNeverMeet) {
  base::SeededRandomness randomness(1);
  auto early = new_id(base::from_epoch_seconds(1795341600), randomness);
  auto same = new_id(base::from_epoch_seconds(1795341600), randomness);
  auto late = new_id(base::from_epoch_seconds(1795341601), randomness);
  EXPECT_EQ(early.size(), 26u);
  EXPECT_NE(early, same);
  EXPECT_LT(early, late);
  EXPECT_LT(same, late);
}

AccessGrant grant(const std::string& id, const std::string& request) {
  AccessGrant out;
  out.id = id;
  out.account = "111122223333";
  out.request = request;
  out.principal = "444455556666";
  out.database = "sales";
  out.table = "orders";
  return out;
}

TEST(RequestRecords, RowsAreFoundByRequestAndWhileTheyCountByPrincipal) {
  store::MemoryStore memory;
  ASSERT_TRUE(store::write(memory, [&](store::Transaction& tx) -> base::Status {
                GrantRecords records(tx);
                WEIR_CHECK_OK(records.put(grant("A", "R1")));
                WEIR_CHECK_OK(records.put(grant("B", "R2")));
                EXPECT_EQ(records.counting("111122223333", "sales", "444455556666").value().size(), 2u);
                EXPECT_EQ(records.of_request("111122223333", "R1").value().size(), 1u);
                auto ended = grant("A", "R1");
                ended.ended = base::Instant{};
                WEIR_CHECK_OK(records.put(ended));
                EXPECT_EQ(records.counting("111122223333", "sales", "444455556666").value().size(), 1u);
                EXPECT_EQ(records.of_request("111122223333", "R1").value().size(), 1u);
                EXPECT_TRUE(records.counting("111122223333", "sale", "444455556666").value().empty());
                EXPECT_TRUE(records.counting("444455556666", "sales", "444455556666").value().empty());
                return {};
              }).ok());
}

TEST(RequestRecords, ListsGoFromTheNewestOnAndMissNothing) {
  store::MemoryStore memory;
  ASSERT_TRUE(store::write(memory, [&](store::Transaction& tx) -> base::Status {
                RequestRecords records(tx);
                for (char id = 'A'; id <= 'G'; ++id) {
                  AccessRequest request;
                  request.id = std::string(1, id);
                  request.account = "111122223333";
                  WEIR_CHECK_OK(records.put(request));
                  EXPECT_EQ(request.version, 1);
                }
                std::string seen, from;
                do {
                  auto page = records.list("111122223333", from, 3).value();
                  for (const auto& one : page.items) seen += one.id;
                  from = page.next;
                } while (!from.empty());
                EXPECT_EQ(seen, "GFEDCBA");
                EXPECT_TRUE(records.list("11112222333", "", 3).value().items.empty());
                return {};
              }).ok());
}

}  // namespace
}  // namespace weir::requests
