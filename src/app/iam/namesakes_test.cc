#include "app/iam/namesakes.h"

#include <gtest/gtest.h>

#include "identity/account_records.h"
#include "permissions/records.h"
#include "store/memory_store.h"

namespace weir::app {
namespace {

const std::string kArn = "arn:aws:iam::111122223333:role/team/engine";

names::AccountId account(const std::string& digits) { return names::AccountId::parse(digits).value(); }

// More accounts than a page of them has, each with a grant to the same role, which each also lists as administrator.
class Namesakes : public testing::Test {
 protected:
  void SetUp() override {
    for (int i = 0; i < 150; ++i) accounts_.push_back(account(std::to_string(111122223333 + i)));
    write([&](store::Transaction& tx) -> base::Status {
      for (const auto& id : accounts_) WEIR_CHECK_OK(give(tx, id));
      return {};
    });
  }
  void write(const std::function<base::Status(store::Transaction&)>& body) {
    auto status = store::write(store_, body);
    ASSERT_TRUE(status.ok()) << status.error().says << status.error().log;
  }
  static base::Status give(store::Transaction& tx, const names::AccountId& id) {
    identity::Account record;
    record.id = id;
    record.name = id.text();
    WEIR_CHECK_OK(identity::AccountRecords(tx).create(record));
    permissions::Grant grant;
    grant.principal = kArn;
    WEIR_TRY(grant.resource, permissions::Resource::of_table(id.text(), "d", "t"));
    grant.privileges = {permissions::Privilege::select};
    WEIR_CHECK_OK(permissions::put_grant(tx, grant));
    permissions::DataLakeSettings settings;
    settings.admins = {kArn};
    return permissions::put_settings(tx, id.text(), settings);
  }
  size_t grants(const names::AccountId& id) {
    auto tx = store_.begin(store::Mode::read).value();
    return permissions::list_grants(*tx, id.text(), {}, "", 100).value().items.size();
  }
  size_t admins(const names::AccountId& id) {
    auto tx = store_.begin(store::Mode::read).value();
    return permissions::get_settings(*tx, id.text()).value().admins.size();
  }

  std::vector<names::AccountId> accounts_;
  store::MemoryStore store_;
};

TEST_F(Namesakes, GrantsEndInEveryAccountAndOfficesInTheirOwn) {
  ASSERT_EQ(grants(accounts_.back()), 1u);
  write([&](auto& tx) { return end_what_lake_formation_gave(tx, accounts_.front(), kArn); });
  for (const auto& id : accounts_) EXPECT_EQ(grants(id), 0u) << id.text();
  EXPECT_EQ(admins(accounts_.front()), 0u);
  EXPECT_EQ(admins(accounts_.back()), 1u);
}

TEST_F(Namesakes, AnotherPathIsAnotherPrincipal) {
  write([&](auto& tx) {
    return end_what_lake_formation_gave(tx, accounts_.front(), "arn:aws:iam::111122223333:role/engine");
  });
  EXPECT_EQ(grants(accounts_.front()), 1u);
  EXPECT_EQ(admins(accounts_.front()), 1u);
}

const std::string kProvider = "arn:aws:iam::111122223333:saml-provider/corp";

base::Status grant_to(store::Transaction& tx, const std::string& owner, const std::string& principal) {
  permissions::Grant grant;
  grant.principal = principal;
  WEIR_TRY(grant.resource, permissions::Resource::of_table(owner, "d", "t"));
  grant.privileges = {permissions::Privilege::select};
  return permissions::put_grant(tx, grant);
}

TEST_F(Namesakes, TheUsersAndGroupsOfAProviderEndWithItAndThoseOfOthersStay) {
  const auto& owner = accounts_.back().text();
  write([&](store::Transaction& tx) -> base::Status {
    for (const char* whose : {":user/ann", ":group/staff", "2:user/ann", "2:group/staff"})
      WEIR_CHECK_OK(grant_to(tx, owner, kProvider + whose));
    return {};
  });
  ASSERT_EQ(grants(accounts_.back()), 5u);
  write([&](auto& tx) { return end_what_lake_formation_gave_through(tx, accounts_.front(), kProvider); });
  EXPECT_EQ(grants(accounts_.back()), 3u);
  EXPECT_EQ(grants(accounts_.front()), 1u);
}

}  // namespace
}  // namespace weir::app
