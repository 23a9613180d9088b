#include "sharing/shares.h"

#include <gtest/gtest.h>

#include "sharing/test_world.h"

namespace weir::sharing {
namespace {

const std::string kOwner = "111111111111", kMember = "222222222222", kOutsider = "333333333333";
const std::string kRole = "arn:aws:iam::333333333333:role/reader";
const std::string kTable = "arn:aws:glue:us-east-1:111111111111:table/sales/orders";

class SharesTest : public testing::Test {
 protected:
  SharesTest() {
    world.members = {kOwner, kMember};
    test::follow(store, shares);
    write([&](ShareRecords& records) -> base::Status {
      Share wanted;
      wanted.owner = test::account(kOwner);
      wanted.region = "us-east-1";
      wanted.name = "orders";
      WEIR_TRY(share, records.create(wanted, now, randomness));
      WEIR_CHECK_OK(records.put_resource(share, kTable, now));
      return {};
    });
  }

  void write(const std::function<base::Status(ShareRecords&)>& body) {
    auto status = store::write(store, [&](store::Transaction& tx) -> base::Status {
      ShareRecords records(tx);
      return body(records);
    });
    ASSERT_TRUE(status.ok()) << status.error().says << status.error().log;
  }
  void add_member(const std::string& principal) {
    write([&](ShareRecords& records) -> base::Status {
      WEIR_CHECK_OK(records.put_member(share, test::receiver(principal), now));
      return {};
    });
  }
  Invitation invite(const std::string& principal, base::Seconds open_for = std::chrono::hours(12)) {
    Invitation out;
    write([&](ShareRecords& records) -> base::Status {
      WEIR_TRY(auto association, records.put_invited(share, test::receiver(principal), now, open_for, randomness));
      WEIR_TRY(auto invitation, records.find_invitation(association, share));
      out = *invitation;
      return {};
    });
    return out;
  }
  void accept(const Invitation& invitation) {
    write([&](ShareRecords& records) -> base::Status {
      WEIR_CHECK_OK(records.accept(invitation, now));
      return {};
    });
  }
  bool receives(const std::string& account, const std::vector<std::string>& principals = {}) const {
    return shares.receives(share.arn(), account, principals, world);
  }
  AssociationState state(size_t at = 0) const {
    return shares.state_of(share, shares.principals_of(share).at(at), world, now);
  }

  store::MemoryStore store;
  Shares shares;
  test::World world;
  base::SeededRandomness randomness{11};
  base::Instant now = base::from_epoch_seconds(1795341600);
  Share share;
};

TEST_F(SharesTest, AMemberReceivesAtOnceAndOnlyWhileItIsOne) {
  add_member(kMember);
  EXPECT_TRUE(receives(kMember));
  EXPECT_EQ(state(), AssociationState::associated);
  world.members.erase(kMember);
  EXPECT_FALSE(receives(kMember));
  EXPECT_EQ(state(), AssociationState::disassociated);
}

TEST_F(SharesTest, SwitchingSharingOffInTheOrganizationEndsWhatStoodOnMembership) {
  add_member(kMember);
  add_member(std::string(test::kOrganization));
  world.sharing = false;
  EXPECT_FALSE(receives(kMember));
  EXPECT_EQ(state(0), AssociationState::disassociated);
  EXPECT_EQ(state(1), AssociationState::disassociated);
}

TEST_F(SharesTest, AnOrganizationStandsForItsMembersAndAUnitForItsOwn) {
  add_member(std::string(test::kUnit));
  EXPECT_FALSE(receives(kMember));
  world.unit = {kMember, kOutsider};
  EXPECT_TRUE(receives(kMember));
  EXPECT_FALSE(receives(kOutsider)) << "in no organization";
  add_member(std::string(test::kOrganization));
  world.unit.clear();
  EXPECT_TRUE(receives(kMember));
}

TEST_F(SharesTest, TheOwnerLeavingItsOrganizationSharesWithNobodyInIt) {
  add_member(std::string(test::kOrganization));
  world.members.erase(kOwner);
  EXPECT_FALSE(receives(kMember));
  EXPECT_EQ(state(), AssociationState::disassociated);
}

TEST_F(SharesTest, AnOwnerDoesNotReceiveItsOwnShare) {
  add_member(std::string(test::kOrganization));
  EXPECT_FALSE(receives(kOwner));
  EXPECT_TRUE(shares.all_received_by(kOwner, world).empty());
}

TEST_F(SharesTest, AnInvitedAccountReceivesWhenItAccepted) {
  auto invitation = invite(kOutsider);
  EXPECT_FALSE(receives(kOutsider));
  EXPECT_EQ(state(), AssociationState::associating);
  EXPECT_EQ(shares.invitations_to(kOutsider).size(), 1u);
  accept(invitation);
  EXPECT_TRUE(receives(kOutsider));
  EXPECT_EQ(state(), AssociationState::associated);
  EXPECT_EQ(shares.received(kOwner, kOutsider, {}, world), (ReceivedShares{{share.arn()}, {}}));
  EXPECT_EQ(shares.owners_sharing_with(kOutsider, {}, world), std::vector<std::string>{kOwner});
}

TEST_F(SharesTest, AnAnswerIsForTheAccountOrForTheOneItNames) {
  auto to_account = invite(kOutsider), to_role = invite(kRole);
  auto received = [&] { return shares.received(kOwner, kOutsider, {kRole}, world); };
  EXPECT_EQ(received(), ReceivedShares());
  accept(to_role);
  EXPECT_EQ(received(), (ReceivedShares{{}, {share.arn()}})) << "the account has not answered";
  EXPECT_EQ(shares.received(kOwner, kOutsider, {}, world), ReceivedShares()) << "nobody else of it";
  accept(to_account);
  EXPECT_EQ(received(), (ReceivedShares{{share.arn()}, {share.arn()}}));
  EXPECT_EQ(shares.received(kOwner, kOutsider, {}, world), (ReceivedShares{{share.arn()}, {}}));
}

TEST_F(SharesTest, TheAccountsAnswerIsNotItsPrincipals) {
  auto to_account = invite(kOutsider);
  invite(kRole);
  accept(to_account);
  EXPECT_EQ(shares.received(kOwner, kOutsider, {kRole}, world), (ReceivedShares{{share.arn()}, {}}));
}

TEST_F(SharesTest, WhatAnOrganizationReceivesItsAccountsReceive) {
  add_member(std::string(test::kOrganization));
  EXPECT_EQ(shares.received(kOwner, kMember, {}, world), (ReceivedShares{{share.arn()}, {}}));
}

TEST_F(SharesTest, AnAcceptedInvitationOutlivesItsTime) {
  accept(invite(kOutsider));
  now += std::chrono::hours(24);
  EXPECT_EQ(state(), AssociationState::associated);
  EXPECT_TRUE(receives(kOutsider));
}

TEST_F(SharesTest, RejectedAndExpiredInvitationsFail) {
  auto invitation = invite(kOutsider);
  auto later = now + std::chrono::hours(12);
  EXPECT_EQ(shares.state_of(share, shares.principals_of(share).at(0), world, later), AssociationState::failed);
  write([&](ShareRecords& records) -> base::Status {
    WEIR_CHECK_OK(records.reject(invitation, now));
    return {};
  });
  EXPECT_EQ(state(), AssociationState::failed);
  EXPECT_FALSE(receives(kOutsider));
}

TEST_F(SharesTest, AnAnsweredInvitationIsAnsweredOnce) {
  auto tx = store.begin(store::Mode::write).value();
  ShareRecords records(*tx);
  auto association =
      records.put_invited(share, test::receiver(kOutsider), now, std::chrono::hours(12), randomness).value();
  auto invitation = records.find_invitation(association, share).value().value();
  auto accepted = records.accept(invitation, now).value();
  EXPECT_EQ(records.accept(accepted, now).error().about, "accepted");
  EXPECT_EQ(records.reject(accepted, now).error().about, "accepted");
  auto late = records.accept(invitation, invitation.expires);
  EXPECT_EQ(late.error().kind, base::Kind::expired);
  auto rejected = records.reject(invitation, now).value();
  EXPECT_EQ(records.accept(rejected, now).error().about, "rejected");
}

TEST_F(SharesTest, AShareWithOneRoleReachesNobodyElseOfItsAccount) {
  accept(invite(kRole));
  EXPECT_TRUE(receives(kOutsider, {kRole}));
  EXPECT_FALSE(receives(kOutsider));
  EXPECT_FALSE(receives(kOutsider, {kRole + "2"}));
  EXPECT_FALSE(receives(kMember, {kRole})) << "an ARN means nothing in another account";
  EXPECT_EQ(shares.all_received_by(kOutsider, world).size(), 1u);
}

TEST_F(SharesTest, WhatIsTakenOutIsGone) {
  accept(invite(kOutsider));
  EXPECT_TRUE(shares.carries(share.arn(), kTable));
  write([&](ShareRecords& records) { return records.erase(share); });
  EXPECT_EQ(shares.find(share.arn()), nullptr);
  EXPECT_FALSE(receives(kOutsider));
  EXPECT_FALSE(shares.carries(share.arn(), kTable));
  EXPECT_TRUE(shares.invitations_to(kOutsider).empty());
  EXPECT_TRUE(shares.owned_by(kOwner).empty());
}

TEST_F(SharesTest, ANewInvitationReplacesTheOldOne) {
  auto old = invite(kOutsider);
  auto fresh = invite(kOutsider);
  EXPECT_EQ(shares.find_invitation(old.arn()), nullptr);
  ASSERT_NE(shares.find_invitation(fresh.arn()), nullptr);
  EXPECT_EQ(shares.invitations_to(kOutsider).size(), 1u);
}

TEST_F(SharesTest, ForgedArnsFindNothing) {
  auto arn = share.arn();
  for (const std::string& forged :
       {std::string("arn:aws:ram:us-east-1:333333333333:resource-share/") + share.id,
        std::string("arn:aws:ram:eu-west-1:111111111111:resource-share/") + share.id, arn + "x", std::string(),
        std::string("arn:aws:ram:us-east-1:111111111111:resource-share/"),
        std::string("arn:aws-cn:ram:us-east-1:111111111111:resource-share/") + share.id}) {
    EXPECT_EQ(shares.find(forged), nullptr) << forged;
    EXPECT_FALSE(shares.carries(forged, kTable)) << forged;
  }
  auto invitation = invite(kOutsider);
  EXPECT_EQ(shares.find_invitation("arn:aws:ram:us-east-1:333333333333:resource-share-invitation/" + invitation.id),
            nullptr);
}

TEST_F(SharesTest, RecordsThatCannotBeReadGiveNothing) {
  auto invitation = invite(kOutsider);
  accept(invitation);
  auto association = shares.principals_of(share).at(0);
  for (const auto& key : {keys::share(kOwner, share.id), keys::principal(kOwner, share.id, kOutsider),
                          keys::invitation(kOwner, association.invitation)}) {
    ASSERT_TRUE(receives(kOutsider));
    std::string before;
    write([&](ShareRecords&) -> base::Status { return {}; });
    ASSERT_TRUE(store::write(store, [&](store::Transaction& tx) -> base::Status {
                  WEIR_TRY(auto value, tx.get(key));
                  before = *value;
                  return tx.put(key, "not a record");
                }).ok());
    EXPECT_FALSE(receives(kOutsider)) << key;
    ASSERT_TRUE(store::write(store, [&](store::Transaction& tx) { return tx.put(key, before); }).ok());
  }
}

TEST_F(SharesTest, ARecordUnderAnotherOwnersKeyIsNoWordOfThatOwner) {
  ASSERT_TRUE(store::write(store, [&](store::Transaction& tx) {
                return tx.put(keys::share(kOutsider, "x"), base::encode_record(share));
              }).ok());
  EXPECT_TRUE(shares.owned_by(kOutsider).empty());
}

}  // namespace
}  // namespace weir::sharing
