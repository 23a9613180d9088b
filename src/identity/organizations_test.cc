#include "identity/organizations.h"

#include <gtest/gtest.h>

#include "identity/invitation_records.h"
#include "identity/organization_keys.h"
#include "identity/organization_records.h"
#include "identity/test_world.h"

namespace weir::identity {
namespace {

using test::kEngineAccount;
using test::kLakeAccount;
using test::must;

const std::string kDenyBuckets = test::policy(test::statement("Deny", "s3:CreateBucket"));

// Two accounts, one of which manages an organization with a unit that has the other one in it.
class OrganizationsTest : public testing::Test {
 protected:
  OrganizationsTest() {
    write([&](store::Transaction& tx) -> base::Status {
      for (const auto& id : {kEngineAccount, kLakeAccount}) {
        Account record;
        record.id = test::account(id);
        WEIR_CHECK_OK(AccountRecords(tx).create(record));
      }
      WEIR_TRY(organization, create_organization(tx, test::account(kEngineAccount), now, randomness));
      return {};
    });
    change([&](OrganizationRecords& records) -> base::Status {
      WEIR_CHECK_OK(records.enable_control_policies());
      WEIR_TRY(auto made, records.create_unit(records.organization().root_id, "Lake", {}, randomness));
      unit = made.id;
      WEIR_CHECK_OK(records.join(test::account(kLakeAccount), true, {}, now));
      return records.move(test::account(kLakeAccount), organization.root_id, unit);
    });
  }

  void write(const std::function<base::Status(store::Transaction&)>& body) { must(store::write(store, body)); }
  void change(const std::function<base::Status(OrganizationRecords&)>& body) {
    write([&](store::Transaction& tx) -> base::Status {
      WEIR_TRY(auto current, get_organization(tx, organization.id));
      OrganizationRecords records(tx, std::move(current));
      return body(records);
    });
  }
  Directory directory() {
    auto tx = must(store.begin(store::Mode::read));
    return must(load_directory(*tx));
  }
  StandingPtr standing(const std::string& account) { return directory().organizations().standing_of(account); }

  // Whether everything is denied to the account's principals by what stands above it.
  bool is_shut(const std::string& account) {
    policy::Caller caller;
    caller.kind = policy::PrincipalKind::root;
    caller.account = account;
    policy::Context nothing;
    auto above = standing(account);
    policy::Request request{caller, nothing, "s3:ListBucket", "*", account};
    request.scps = above->levels;
    return !policy::evaluate(request).allowed();
  }

  store::MemoryStore store;
  base::SeededRandomness randomness{7};
  base::Instant now = base::from_epoch_seconds(1795341600);
  Organization organization;
  std::string unit;
};

TEST_F(OrganizationsTest, AStandingHasThePathAndOneLevelForEachStepDown) {
  auto lake = standing(kLakeAccount);
  EXPECT_EQ(lake->path, organization.id + "/" + organization.root_id + "/" + unit + "/");
  ASSERT_EQ(lake->levels.size(), 3u);
  EXPECT_EQ(lake->levels[1].name, "unit Lake");
  EXPECT_FALSE(lake->manages);
  EXPECT_EQ(standing("999999999999"), nullptr);
}

TEST_F(OrganizationsTest, TheManagementAccountHasNoLevels) {
  EXPECT_TRUE(standing(kEngineAccount)->manages);
  EXPECT_TRUE(standing(kEngineAccount)->levels.empty());
}

TEST_F(OrganizationsTest, WithoutTheTypeThereAreNoLevels) {
  change([](OrganizationRecords& records) { return records.disable_control_policies(); });
  EXPECT_TRUE(standing(kLakeAccount)->levels.empty());
  EXPECT_FALSE(standing(kLakeAccount)->organization.empty());
}

TEST_F(OrganizationsTest, AStandingIsKeptUntilItsOrganizationChanges) {
  auto moment = directory();
  auto first = moment.organizations().standing_of(kLakeAccount);
  EXPECT_EQ(first, moment.organizations().standing_of(kLakeAccount));
  auto next = moment;
  auto renamed = organization;
  renamed.has_control_policies = false;
  next.apply(keys::organization(organization.id), base::encode_record(renamed));
  EXPECT_TRUE(next.organizations().standing_of(kLakeAccount)->levels.empty());
  EXPECT_EQ(moment.organizations().standing_of(kLakeAccount)->levels.size(), 3u);
}

TEST_F(OrganizationsTest, RecordsThatCannotBeReadDeny) {
  EXPECT_FALSE(is_shut(kLakeAccount));
  for (const auto& key : {keys::organization(organization.id), keys::unit(organization.id, unit),
                          keys::membership(test::account(kLakeAccount))}) {
    std::string before;
    write([&](store::Transaction& tx) -> base::Status {
      WEIR_TRY(auto value, tx.get(key));
      before = *value;
      return tx.put(key, "not a record");
    });
    EXPECT_TRUE(is_shut(kLakeAccount)) << key;
    write([&](store::Transaction& tx) { return tx.put(key, before); });
    EXPECT_FALSE(is_shut(kLakeAccount));
  }
}

TEST_F(OrganizationsTest, RecordsThatAreMissingDeny) {
  for (const auto& key : {keys::organization(organization.id), keys::unit(organization.id, unit)}) {
    std::string before;
    write([&](store::Transaction& tx) -> base::Status {
      WEIR_TRY(auto value, tx.get(key));
      before = *value;
      return tx.erase(key);
    });
    EXPECT_TRUE(is_shut(kLakeAccount)) << key;
    write([&](store::Transaction& tx) { return tx.put(key, before); });
  }
}

TEST_F(OrganizationsTest, AnAttachedPolicyThatIsGoneDenies) {
  std::string made;
  change([&](OrganizationRecords& records) -> base::Status {
    WEIR_TRY(auto policy, records.create_policy({{}, "p", {}, kDenyBuckets, {}}, randomness));
    made = policy.id;
    return records.attach(made, unit);
  });
  EXPECT_FALSE(is_shut(kLakeAccount));
  write([&](store::Transaction& tx) { return tx.erase(keys::control_policy(organization.id, made)); });
  EXPECT_TRUE(is_shut(kLakeAccount));
}

TEST_F(OrganizationsTest, UnitsInACircleDeny) {
  write([&](store::Transaction& tx) {
    return save(tx, keys::unit(organization.id, unit), OrganizationalUnit{unit, unit, "Lake", {}, {}});
  });
  EXPECT_TRUE(is_shut(kLakeAccount));
}

TEST_F(OrganizationsTest, FollowingChangesAndLoadingAgree) {
  Directory followed = directory();
  std::vector<store::Change> heard;
  store.watch(keys::organization_key(), [&](std::span<const store::Change> changes) {
    for (const auto& change : changes) followed.apply(change.key, change.value);
  });
  change([&](OrganizationRecords& records) -> base::Status {
    WEIR_TRY(auto policy, records.create_policy({{}, "p", {}, kDenyBuckets, {}}, randomness));
    return records.attach(policy.id, kLakeAccount);
  });
  EXPECT_EQ(followed.organizations().standing_of(kLakeAccount)->levels[2].policies.size(), 2u);
  change([&](OrganizationRecords& records) { return records.remove(test::account(kLakeAccount)); });
  EXPECT_EQ(followed.organizations().standing_of(kLakeAccount), nullptr);
  change([&](OrganizationRecords& records) { return records.erase_unit(unit); });
  change([&](OrganizationRecords& records) { return records.erase_organization(); });
  EXPECT_EQ(followed.organizations().standing_of(kEngineAccount), nullptr);
  EXPECT_EQ(followed.organizations().find(organization.id), nullptr);
}

TEST_F(OrganizationsTest, ArnsOfTheOrganizationAndOfUnitsContainTheirAccounts) {
  auto moment = directory();
  const auto& all = moment.organizations();
  EXPECT_TRUE(all.contains(organization.arn(), kLakeAccount));
  EXPECT_TRUE(all.contains(organization.arn(), kEngineAccount));
  EXPECT_TRUE(all.contains(unit_arn(organization, unit), kLakeAccount));
  EXPECT_FALSE(all.contains(unit_arn(organization, unit), kEngineAccount));
  EXPECT_FALSE(all.contains(organization.arn(), "999999999999"));
  EXPECT_FALSE(all.contains(organization.arn() + "x", kLakeAccount));
  EXPECT_FALSE(all.contains("arn:aws:organizations::1:ou/" + organization.id + "/" + unit, kLakeAccount));
  EXPECT_FALSE(all.contains(unit_arn(organization, ""), kLakeAccount));
}

TEST_F(OrganizationsTest, InvitationsExpire) {
  auto tx = must(store.begin(store::Mode::write));
  InvitationRecords records(*tx);
  Invitation wanted;
  wanted.organization = organization.id;
  wanted.management = organization.management;
  wanted.account = test::account(kLakeAccount);
  auto made = must(records.create(wanted, now, randomness));
  EXPECT_EQ(records.create(wanted, now, randomness).error().kind, base::Kind::already_exists);
  auto later = now + std::chrono::hours(24 * 15);
  EXPECT_EQ(made.state_at(later), "EXPIRED");
  EXPECT_EQ(records.conclude(made, "ACCEPTED", later).error().about, "handshake transition");
  EXPECT_TRUE(records.create(wanted, later, randomness).ok());
}

}  // namespace
}  // namespace weir::identity
