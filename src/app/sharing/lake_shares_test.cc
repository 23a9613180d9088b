#include "app/sharing/lake_shares.h"

#include <gtest/gtest.h>

#include <set>

#include "app/organizations/memberships.h"
#include "app/sharing/resource_shares.h"
#include "app/sharing/share_associations.h"
#include "app/sharing/share_invitations.h"
#include "app/test_lake.h"
#include "catalog/databases.h"
#include "catalog/tables.h"

namespace weir::app {
namespace {

const std::string kOwner = "111111111111", kOther = "222222222222", kThird = "333333333333";
const std::string kRole = "arn:aws:iam::222222222222:role/reader";

std::string arn(const std::string& resource) { return "arn:aws:glue:us-east-1:111111111111:" + resource; }

class LakeSharesTest : public testing::Test {
 protected:
  LakeSharesTest() {
    world.write([](store::Transaction& tx) -> base::Status {
      catalog::Database database;
      database.catalog_id = kOwner;
      database.name = "sales";
      WEIR_CHECK_OK(catalog::Databases(tx).create(database));
      for (const auto* name : {"orders", "customers"}) {
        catalog::Table table;
        table.catalog_id = kOwner;
        table.database_name = "sales";
        table.name = name;
        WEIR_CHECK_OK(catalog::Tables(tx).create(table));
      }
      return {};
    });
  }

  base::Result<std::string> attach(const LakeShareRequest& request) {
    std::string out;
    auto call = world.call(kOwner);
    auto status = store::write(world.store, [&](store::Transaction& tx) -> base::Status {
      WEIR_TRY(out, app::attach(call, tx, request));
      return {};
    });
    if (!status.ok()) return status.error();
    return out;
  }
  std::string attached(const LakeShareRequest& request) { return attach(request).value(); }
  LakeShareRequest tables(const std::string& principal, const std::string& table = "orders", int version = 3) {
    return {kOwner, principal, LakeShareKind::tables, arn("table/sales/" + table), version};
  }
  void detach(const Detachment& detachment) {
    auto call = world.call(kOwner);
    world.write([&](store::Transaction& tx) { return app::detach(tx, detachment); });
  }
  void accept_all(const std::string& account) {
    auto call = world.call(account);
    auto open = list_share_invitations(call, {}).value();
    for (const auto& one : open) {
      if (one.state_at(call.now()) != sharing::InvitationState::pending) continue;
      ASSERT_TRUE(answer_share_invitation(call, one.arn(), InvitationAnswer::accept, {}).ok());
    }
  }
  std::vector<std::string> received(const std::string& account, const std::vector<std::string>& principals = {}) {
    auto state = world.governance.current().value();
    OrganizationMemberships memberships(state->directory.organizations());
    auto received = state->shares.received(kOwner, account, principals, memberships);
    return principals.empty() ? received.by_account : received.by_principals;
  }
  const sharing::Share* find(const std::string& share) {
    state = world.governance.current().value();
    return state->shares.find(share);
  }
  bool carries(const std::string& share, const std::string& resource) {
    return world.governance.current().value()->shares.carries(share, arn(resource));
  }

  test::TestLake world;
  std::shared_ptr<const State> state;
};

TEST_F(LakeSharesTest, TheShareIsNamedForItsVersionAndInvites) {
  auto share = attached(tables(kOther, "orders", 4));
  ASSERT_NE(find(share), nullptr);
  EXPECT_TRUE(find(share)->name.starts_with("LakeFormation-V4-"));
  EXPECT_TRUE(received(kOther).empty());
  accept_all(kOther);
  EXPECT_EQ(received(kOther), std::vector<std::string>{share});
  EXPECT_TRUE(received(kThird).empty());
}

TEST_F(LakeSharesTest, ASecondTableGoesIntoTheSameShareWithoutANewInvitation) {
  auto share = attached(tables(kOther));
  accept_all(kOther);
  EXPECT_EQ(attached(tables(kOther, "customers")), share);
  EXPECT_EQ(received(kOther), std::vector<std::string>{share});
  EXPECT_TRUE(carries(share, "table/sales/orders"));
  EXPECT_TRUE(carries(share, "table/sales/customers"));
}

TEST_F(LakeSharesTest, AnAccountPairHasAtMostThreeSharesForNamesAndTwoForTags) {
  std::set<std::string> named, tags;
  for (int version = 3; version <= 5; ++version) {
    for (const auto& principal : {kOther, kRole}) {
      named.insert(attached(tables(principal, "orders", version)));
      named.insert(attached({kOwner, principal, LakeShareKind::databases, arn("database/sales"), version}));
      named.insert(attached({kOwner, principal, LakeShareKind::all_tables, arn("database/sales"), version}));
      named.insert(attached({kOwner, principal, LakeShareKind::catalog, arn("catalog"), version}));
      tags.insert(attached({kOwner, principal, LakeShareKind::tag_databases, arn("catalog"), version}));
      tags.insert(attached({kOwner, principal, LakeShareKind::tag_tables, arn("catalog"), version}));
    }
  }
  EXPECT_EQ(named.size(), 3u);
  EXPECT_EQ(tags.size(), 2u);
  EXPECT_FALSE(named.contains(attached(tables(kThird)))) << "another account has its own";
}

TEST_F(LakeSharesTest, InVersionOneEveryObjectHasItsOwnShare) {
  EXPECT_NE(attached(tables(kOther, "orders", 1)), attached(tables(kOther, "customers", 1)));
}

TEST_F(LakeSharesTest, PrincipalsNeedVersionThree) {
  EXPECT_EQ(attach(tables(kRole, "orders", 2)).error().about, "version");
  EXPECT_TRUE(attach({kOwner, kOther, LakeShareKind::tag_tables, arn("catalog"), 2}).ok());
  EXPECT_EQ(attach(tables(kOther, "orders", 0)).error().about, "version");
  EXPECT_EQ(attach(tables(kOther, "orders", 6)).error().about, "version");
}

TEST_F(LakeSharesTest, ARoleHasAnInvitationOfItsOwnAndReachesNobodyElse) {
  auto share = attached(tables(kRole));
  accept_all(kOther);
  EXPECT_EQ(received(kOther, {kRole}), std::vector<std::string>{share});
  EXPECT_TRUE(received(kOther).empty());
}

TEST_F(LakeSharesTest, WhatIsNotThereIsNotShared) {
  EXPECT_EQ(attach(tables(kOther, "absent")).error().about, "resource");
  EXPECT_EQ(attach({kThird, kOther, LakeShareKind::tables, arn("table/sales/orders"), 3}).error().about, "operation");
  EXPECT_FALSE(attach(tables(kOwner)).ok());
  EXPECT_FALSE(attach(tables("*")).ok());
  EXPECT_TRUE(world.governance.current().value()->shares.owned_by(kOwner).empty());
}

TEST_F(LakeSharesTest, DetachingTakesAwayWhatNothingIsGrantedThroughAnyMore) {
  auto share = attached(tables(kOther));
  ASSERT_EQ(attached(tables(kOther, "customers")), share);
  accept_all(kOther);
  detach({share, arn("table/sales/orders"), kOther, true, true});
  EXPECT_TRUE(carries(share, "table/sales/orders"));
  detach({share, arn("table/sales/orders"), kOther, false, true});
  EXPECT_FALSE(carries(share, "table/sales/orders"));
  EXPECT_EQ(received(kOther).size(), 1u);
  detach({share, arn("table/sales/customers"), kOther, false, false});
  EXPECT_EQ(find(share), nullptr);
  EXPECT_TRUE(received(kOther).empty());
  detach({share, arn("table/sales/customers"), kOther, false, false});
}

TEST_F(LakeSharesTest, DetachingCancelsAnOpenInvitation) {
  auto share = attached(tables(kOther));
  auto call = world.call(kOther);
  auto invitation = list_share_invitations(call, {}).value().at(0).arn();
  detach({share, arn("table/sales/orders"), kOther, false, false});
  auto later = world.call(kOther);
  EXPECT_EQ(answer_share_invitation(later, invitation, InvitationAnswer::accept, {}).error().about, "invitation");
}

TEST_F(LakeSharesTest, AttachingAgainRenewsAnInvitationThatFailed) {
  auto share = attached(tables(kOther));
  world.clock.advance(std::chrono::hours(13));
  accept_all(kOther);
  EXPECT_TRUE(received(kOther).empty()) << "the invitation had expired";
  EXPECT_EQ(attached(tables(kOther)), share);
  accept_all(kOther);
  EXPECT_EQ(received(kOther), std::vector<std::string>{share});
}

TEST_F(LakeSharesTest, ThroughRamItsOwnerTakesItAwayAndAddsNothing) {
  auto share = attached(tables(kOther));
  accept_all(kOther);
  auto call = world.call(kOwner);
  EXPECT_EQ(associate(call, {share, {}, {kThird}, {}}).error().about, "operation");
  EXPECT_EQ(associate(call, {share, {arn("database/sales")}, {}, {}}).error().about, "operation");
  EXPECT_EQ(update_share(call, {share, "mine", {}, {}}).error().about, "operation");
  ASSERT_TRUE(disassociate(call, {share, {}, {kOther}, {}}).ok());
  EXPECT_EQ(find(share), nullptr) << "nobody is left in it";
  EXPECT_TRUE(received(kOther).empty());
  auto fresh = attached(tables(kOther));
  EXPECT_NE(fresh, share);
  auto again = world.call(kOwner);
  ASSERT_TRUE(delete_share(again, fresh, {}).ok());
  EXPECT_NE(attached(tables(kOther)), fresh);
}

TEST_F(LakeSharesTest, TheGrantorIsAskedAboutTheShareThatIsThereOrIsToBeMade) {
  auto before = world.call(kOwner);
  auto make = asks_of_attaching(before, tables(kOther)).value();
  ASSERT_EQ(make.size(), 1u);
  EXPECT_EQ(make[0].action, "ram:CreateResourceShare");
  auto share = attached(tables(kOther));
  auto after = world.call(kOwner);
  auto add = asks_of_attaching(after, tables(kOther, "customers")).value();
  EXPECT_EQ(add.at(0).action, "ram:AssociateResourceShare");
  EXPECT_EQ(add.at(0).resource, share);
}

}  // namespace
}  // namespace weir::app
