#include "app/approvals/bound_approvers.h"

#include <gtest/gtest.h>

#include "identity/test_world.h"

namespace weir::app {
namespace {

using namespace identity::test;

struct Bound : testing::Test {
  World world;
  identity::User ann = world.user(kLakeAccount, "ann");
  identity::SamlProvider idp = world.saml_provider(kLakeAccount, "idp");
  const std::string stewards = idp.arn() + ":group/stewards", root = "arn:aws:iam::222233334444:root";
  const std::string nobody = "arn:aws:iam::222233334444:role/nobody";

  approvals::Approval opened(std::vector<std::string> approvers) const {
    approvals::Approval out;
    out.approvers = std::move(approvers);
    out.bound = bound_principals(*world.directory(), out);
    out.opened_at = world.now;
    return out;
  }
  bool meant(const approvals::Approval& approval, const std::string& principal) const {
    return is_meant(*world.directory(), approval, principal);
  }
  void make_ann_again() {
    world.write([&](store::Transaction& tx) { return identity::UserRecords(tx, account(kLakeAccount)).erase("ann"); });
    ann = world.user(kLakeAccount, "ann");
  }
};

TEST_F(Bound, WhoIsThereIsMeant) {
  auto approval = opened({ann.arn(), stewards, root, "anna@example.org", "channel:x"});
  for (const auto& principal : {ann.arn(), stewards, root}) EXPECT_TRUE(meant(approval, principal)) << principal;
  EXPECT_EQ(approval.bound->size(), 3u) << "addresses and channels are not principals";
}

TEST_F(Bound, WhoHasTheNameAfterwardsIsNot) {
  auto approval = opened({ann.arn(), stewards});
  make_ann_again();
  world.erase_saml_provider(kLakeAccount, "idp");
  EXPECT_FALSE(meant(approval, stewards));
  world.saml_provider(kLakeAccount, "idp");
  EXPECT_FALSE(meant(approval, ann.arn()));
  EXPECT_FALSE(meant(approval, stewards));
}

TEST_F(Bound, WhoWasNotThereYetNeverIs) {
  auto approval = opened({nobody});
  EXPECT_EQ(approval.bound->front().id, "");
  EXPECT_FALSE(meant(approval, nobody));
  world.role(kLakeAccount, "nobody", trusting("*"));
  EXPECT_FALSE(meant(approval, nobody));
}

TEST_F(Bound, OfAnOlderApprovalWhoWasThereBeforeIsMeant) {
  auto approval = opened({ann.arn(), stewards, nobody});
  auto json = base::to_json(approval).dump();
  approval.bound.reset();
  auto older = base::decode_record<approvals::Approval>(base::to_json(approval).dump()).value();
  EXPECT_FALSE(older.bound.has_value());
  EXPECT_TRUE(base::decode_record<approvals::Approval>(json).value().bound.has_value());
  EXPECT_TRUE(meant(older, ann.arn()));
  EXPECT_TRUE(meant(older, stewards));
  world.now += base::Seconds(1);
  make_ann_again();
  world.role(kLakeAccount, "nobody", trusting("*"));
  EXPECT_FALSE(meant(older, ann.arn()));
  EXPECT_FALSE(meant(older, nobody));
}

TEST_F(Bound, AUserWhoIsExcludedIsSoByItsId) {
  approvals::Approval approval;
  approval.excluded = {ann.arn(), stewards};
  EXPECT_EQ(excluded_id(approval, ann.arn()), "") << "of the earlier code";
  approval.bound = bound_principals(*world.directory(), approval);
  EXPECT_EQ(excluded_id(approval, ann.arn()), ann.id);
  EXPECT_EQ(excluded_id(approval, stewards), "") << "its provider is everybody's";
}

}  // namespace
}  // namespace weir::app
