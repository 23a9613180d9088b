#include "app/requests/request_watch.h"

#include <gtest/gtest.h>

#include "app/test_lake.h"
#include "app/test_outbox.h"
#include "executions/definitions.h"
#include "executions/execution_records.h"
#include "executions/keys.h"
#include "executions/machine.h"
#include "requests/request_records.h"

namespace weir::app {
namespace {

using requests::AccessGrant;
using requests::AccessRequest;
using requests::Decision;
using requests::Fulfilment;
using std::chrono::hours;

constexpr auto kAccount = "111122223333";
constexpr auto kId = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
constexpr hours kDay{24};

class RequestWatch : public testing::Test {
 protected:
  RequestWatch() {
    add_request_handlers(handlers);
    world.lake.definitions = &definitions;
  }

  // Something that is held until then; its mails say what was told.
  void hold(base::Instant expires, const std::string& principal = "444455556666") {
    AccessRequest request;
    request.id = kId;
    request.account = kAccount;
    request.items = {{"sales", "orders", {}, "", {"SELECT"}, false}};
    request.target = principal;
    request.notify_email = "me@example.org";
    request.decision = Decision::approved;
    request.fulfilment = Fulfilment::active;
    request.expires = expires;
    world.write([&](auto& tx) -> base::Status {
      WEIR_CHECK_OK(requests::RequestRecords(tx).put(request));
      WEIR_CHECK_OK(put_row(tx, principal));
      return schedule_end(tx, request, world.clock.now());
    });
  }
  base::Status put_row(store::Transaction& tx, const std::string& principal) {
    AccessGrant row;
    row.id = row.request = kId;
    row.account = kAccount;
    row.principal = principal;
    row.database = "sales";
    row.table = "orders";
    row.permissions = {"SELECT"};
    row.in_force = true;
    return requests::GrantRecords(tx).put(row);
  }
  // Everything that is due by then is called when it is due; what failed, too, and is tried again by the next pass().
  void pass(base::Instant until) {
    for (;;) {
      auto tx = world.store.begin(store::Mode::read).value();
      auto found = due_work::look(*tx, {}, until, 10).value();
      tx.reset();
      if (found.items.empty()) break;
      auto item = found.items.front();
      world.clock.set(std::max(world.clock.now(), item.due));
      auto done = handlers.call(world.lake, item);
      if (item.kind == "access.warn") warned.push_back(item.due);
      if (!done.ok()) break;
    }
    world.clock.set(std::max(world.clock.now(), until));
  }
  AccessRequest now() {
    auto tx = world.store.begin(store::Mode::read).value();
    return requests::RequestRecords(*tx).find(kAccount, kId).value().value();
  }
  // A machine that waits for months, running as the extension of what is held.
  void extend() {
    world.write([&](store::Transaction& tx) -> base::Status {
      executions::MachineRecords machines(tx, world.lake.region);
      std::string waits = R"({"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":9000000,"End":true}}})";
      executions::Revision revision{"r", false, waits, "arn:aws:iam::111122223333:role/m", {}, {}, {}, {}};
      WEIR_CHECK_OK(machines.put_revision(kAccount, revision));
      WEIR_CHECK_OK(machines.add({kAccount, kExtension.machine, false, false, revision.id, false, 0, {}, {}}));
      workflow::Execution fresh;
      fresh.input = base::Json::object();
      executions::StepsAhead at_once;
      executions::ExecutionRecords records(tx, world.lake.region, definitions, &at_once);
      WEIR_CHECK_OK(
          records.start(kExtension, {revision.id, "", {}, ""}, fresh, world.clock.now(), std::string(32, 'e')));
      WEIR_TRY(auto request, requests::RequestRecords(tx).find(kAccount, kId));
      request->extension.emplace().execution_arn = executions::execution_arn(world.lake.region, kExtension);
      return requests::RequestRecords(tx).put(*request);
    });
  }
  workflow::Execution extension() {
    auto tx = world.store.begin(store::Mode::read).value();
    return executions::ExecutionRecords(*tx, world.lake.region, definitions).get(kExtension).value();
  }
  // What was there before.
  std::string replace(const std::string& key, const std::string& value) {
    std::string before;
    world.write([&](store::Transaction& tx) -> base::Status {
      WEIR_TRY(auto there, tx.get(key));
      before = there.value_or("");
      return tx.put(key, value);
    });
    return before;
  }
  AccessGrant row() {
    auto tx = world.store.begin(store::Mode::read).value();
    return requests::GrantRecords(*tx).find(kAccount, kId).value().value();
  }
  std::vector<base::Instant> before(base::Instant end, std::initializer_list<int> days) {
    std::vector<base::Instant> out;
    for (int count : days) out.push_back(end - count * kDay);
    return out;
  }

  const executions::ExecutionId kExtension{kAccount, "m", "run-1"};
  test::TestLake world;
  executions::Definitions definitions;
  DueHandlers handlers;
  std::vector<base::Instant> warned;
};

TEST_F(RequestWatch, WhoHasItIsWarnedFourteenThreeAndOneDaysBeforeTheEnd) {
  auto end = world.clock.now() + 30 * kDay;
  hold(end);
  pass(end - hours(1));
  EXPECT_EQ(warned, before(end, {14, 3, 1}));
  EXPECT_EQ(now().fulfilment, Fulfilment::active);
  size_t mails = test::due_entries(world.store, world.clock.now()).size();
  pass(end);
  EXPECT_EQ(warned.size(), 3u);
  EXPECT_EQ(now().fulfilment, Fulfilment::ended);
  EXPECT_GT(test::due_entries(world.store, world.clock.now()).size(), mails);
}

TEST_F(RequestWatch, WhatLastsFourDaysHasTheWarningsThatFit) {
  auto end = world.clock.now() + 4 * kDay;
  hold(end);
  pass(end);
  EXPECT_EQ(warned, before(end, {3, 1}));
}

TEST_F(RequestWatch, WhatLastsAnHourIsNotWarnedOf) {
  auto end = world.clock.now() + hours(1);
  hold(end);
  pass(end);
  EXPECT_TRUE(warned.empty());
  EXPECT_EQ(now().fulfilment, Fulfilment::ended);
}

TEST_F(RequestWatch, WhatCannotBeTakenBackIsSaidAndTriedUntilItCan) {
  auto end = world.clock.now() + hours(1);
  hold(end, "no principal");
  pass(end);
  EXPECT_EQ(now().fulfilment, Fulfilment::revoke_failed);
  EXPECT_NE(now().reason.find("tried again"), std::string::npos);
  EXPECT_TRUE(row().in_force);
  pass(end + hours(1));
  EXPECT_EQ(now().fulfilment, Fulfilment::revoke_failed);
  world.write([&](auto& tx) { return put_row(tx, "444455556666"); });
  pass(end + hours(2));
  EXPECT_EQ(now().fulfilment, Fulfilment::ended);
  EXPECT_FALSE(row().in_force);
  EXPECT_EQ(row().ended_by, "expiry");
}

TEST_F(RequestWatch, TheMachineOfAnExtensionStopsWhenWhatItExtendsEnds) {
  auto end = world.clock.now() + hours(1);
  hold(end);
  extend();
  pass(end);
  EXPECT_EQ(now().fulfilment, Fulfilment::ended);
  EXPECT_EQ(extension().status, workflow::ExecutionStatus::aborted);
  EXPECT_EQ(extension().failure.error, "Grant.Ended");
}

TEST_F(RequestWatch, AMachineThatCouldNotBeStoppedIsStoppedLater) {
  auto end = world.clock.now() + hours(1);
  hold(end);
  extend();
  auto key = executions::keys::execution(kExtension);
  auto whole = replace(key, "no record");
  pass(end);
  EXPECT_EQ(now().fulfilment, Fulfilment::ended);
  pass(end + hours(1));
  replace(key, whole);
  EXPECT_EQ(extension().status, workflow::ExecutionStatus::running);
  pass(end + hours(2));
  EXPECT_EQ(extension().status, workflow::ExecutionStatus::aborted);
}

}  // namespace
}  // namespace weir::app
