#include "app/notifications/unconfirmed_mail.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "app/approvals/approval_notices.h"
#include "app/requests/request_changes.h"
#include "app/test_lake.h"
#include "app/test_outbox.h"

namespace weir::app {
namespace {

using notifications::Errand;

constexpr auto kAccount = "111122223333";
constexpr auto kOther = "444455556666";

class UnconfirmedMail : public testing::Test {
 protected:
  bool may(const std::string& account) {
    bool out = false;
    world.write([&](store::Transaction& tx) -> base::Status {
      WEIR_TRY(out, may_mail_unconfirmed(world.lake, tx, account, "id"));
      return {};
    });
    return out;
  }
  void use_up() {
    for (int64_t i = 0; i < kUnconfirmedMailsMax; ++i) ASSERT_TRUE(may(kAccount)) << i;
  }
  int64_t waiting(Errand errand) {
    return std::ranges::count(test::due_entries(world.store, world.clock.now()), errand,
                              &notifications::OutboxEntry::errand);
  }
  // A request that names an address, and an approval that asks one.
  void mail_two() {
    requests::AccessRequest request;
    request.account = kAccount;
    request.notify_email = "victim@example.org";
    approvals::Approval approval;
    approval.account = kAccount;
    approval.approvers = {"other-victim@example.org"};
    approval.expires_at = world.clock.now() + kUnconfirmedMailsPeriod;
    world.write([&](store::Transaction& tx) -> base::Status {
      WEIR_CHECK_OK(tell_of_request(world.lake, tx, request, "grant.extended", "x"));
      return notify_approvers(world.lake, tx, approval, ApprovalOccasion::opened);
    });
  }

  test::TestLake world;
};

TEST_F(UnconfirmedMail, AddressesThatAreNamedAreWrittenToWhileThereIsRoom) {
  mail_two();
  EXPECT_EQ(waiting(Errand::mail), 2);
}

TEST_F(UnconfirmedMail, WhenThereIsNoRoomNobodyIsWrittenToAndTheRecordSaysSoOnce) {
  use_up();
  EXPECT_EQ(waiting(Errand::trail), 0);
  EXPECT_FALSE(may(kAccount));
  EXPECT_EQ(waiting(Errand::trail), 1);
  mail_two();
  EXPECT_EQ(waiting(Errand::mail), 0);
  EXPECT_EQ(waiting(Errand::trail), 2);  // and what the request was told of
}

TEST_F(UnconfirmedMail, EachAccountHasItsOwnAndEachDayItsOwn) {
  use_up();
  EXPECT_FALSE(may(kAccount));
  EXPECT_TRUE(may(kOther));
  world.clock.advance(kUnconfirmedMailsPeriod - base::Seconds(1));
  EXPECT_FALSE(may(kAccount));
  world.clock.advance(base::Seconds(1));
  use_up();
  EXPECT_FALSE(may(kAccount));
}

}  // namespace
}  // namespace weir::app
