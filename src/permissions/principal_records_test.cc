#include "permissions/principal_records.h"

#include <gtest/gtest.h>

#include "permissions/records.h"
#include "permissions/scenario_words.h"
#include "permissions/snapshot.h"
#include "permissions/tag_records.h"
#include "store/key.h"
#include "store/memory_store.h"

namespace weir::permissions {
namespace {

using scenario::kAccount;

const std::string kGone = scenario::principal("role/a");
const std::string kLonger = scenario::principal("role/ab");  // its ARN begins with the other's

class PrincipalRecords : public testing::Test {
 protected:
  void write(const std::function<base::Status(store::Transaction&)>& body) {
    auto status = store::write(store_, body);
    ASSERT_TRUE(status.ok()) << status.error().says << status.error().log;
  }
  Snapshot loaded() { return load_snapshot(*store_.begin(store::Mode::read).value(), kAccount).value(); }
  void grant(const std::string& who, const std::string& object, const std::string& condition = {}) {
    Grant one;
    one.principal = who;
    one.resource = scenario::object(object).value();
    one.privileges = {Privilege::select};
    one.condition = condition;
    write([&](auto& tx) { return put_grant(tx, one); });
  }
  void opt_in(const std::string& who, const std::string& object) {
    OptIn one{who, scenario::object(object).value(), "", {}, {}};
    write([&](auto& tx) { return put_opt_in(tx, one); });
  }
  std::vector<std::string> left(std::string_view noun) {
    std::vector<std::string> out;
    auto tx = store_.begin(store::Mode::read).value();
    auto entries = tx->scan(store::prefix_range(store::key(kNoun, kAccount, noun)), 10'000).value();
    for (const auto& entry : entries) out.push_back(entry.key);
    return out;
  }

  store::MemoryStore store_;
};

TEST_F(PrincipalRecords, AGranteeIsForgottenWithEveryIndexAndNobodyElseIs) {
  for (const auto& who : {kGone, kLonger}) {
    for (const char* object : {"d.t", "d.t(a)", "filter f on d.t", "tables with k=v", "tag k=v", "d.*"})
      grant(who, object);
    grant(who, "d.t", "context.iam.principalTags.hasTag(\"x\")");
    opt_in(who, "d.t");
    opt_in(who, "catalog");
  }
  write([](auto& tx) { return forget_grantee(tx, kAccount, kGone); });
  EXPECT_EQ(left("grant").size(), 7u);
  EXPECT_EQ(left("grant_on").size(), 7u);
  EXPECT_EQ(left("opt_in").size(), 2u);
  EXPECT_EQ(left("opt_in_on").size(), 2u);
  EXPECT_EQ(loaded().principal(kGone), PrincipalId::none);
  EXPECT_NE(loaded().principal(kLonger), PrincipalId::none);
}

TEST_F(PrincipalRecords, MoreGrantsThanOneBatchAreForgotten) {
  for (int i = 0; i < 1001; ++i) grant(kGone, "d.t" + std::to_string(i));
  write([](auto& tx) { return forget_grantee(tx, kAccount, kGone); });
  EXPECT_TRUE(left("grant").empty());
}

TEST_F(PrincipalRecords, OfficesAreForgottenInEveryList) {
  DataLakeSettings settings;
  settings.admins = {kLonger, kGone};
  settings.read_only_admins = {kGone};
  settings.create_database_default = {{kGone, {Privilege::all}}};
  settings.create_table_default = {{kGone, {Privilege::all}}, {kLonger, {Privilege::all}}};
  write([&](auto& tx) { return put_settings(tx, kAccount, settings); });
  write([](auto& tx) { return forget_official(tx, kAccount, kGone); });
  auto now = loaded().settings();
  EXPECT_EQ(now.admins, std::vector<std::string>{kLonger});
  EXPECT_TRUE(now.read_only_admins.empty());
  EXPECT_TRUE(now.create_database_default.empty());
  EXPECT_EQ(now.create_table_default.size(), 1u);
}

TEST_F(PrincipalRecords, LocationsStayRegisteredWithoutThePrivilegedAccess) {
  for (auto [url, who] : {std::pair{"arn:aws:s3:::lake/mine", kGone}, {"arn:aws:s3:::lake/hers", kLonger}}) {
    Location location;
    location.resource_arn = url;
    location.registered_by = who;
    location.with_privileged_access = true;
    write([&](auto& tx) { return put_location(tx, kAccount, location); });
  }
  write([](auto& tx) { return forget_official(tx, kAccount, kGone); });
  EXPECT_EQ(left("location").size(), 2u);
  EXPECT_FALSE(loaded().has_privileged_location(kGone));
  EXPECT_TRUE(loaded().has_privileged_location(kLonger));
}

TEST_F(PrincipalRecords, WhoHasNothingChangesNothing) {
  grant(kLonger, "d.t");
  auto revision = [&] { return get_revision(*store_.begin(store::Mode::read).value(), kAccount).value(); };
  auto before = revision();
  write([](auto& tx) { return forget_grantee(tx, kAccount, kGone); });
  write([](auto& tx) { return forget_official(tx, kAccount, kGone); });
  EXPECT_EQ(revision(), before);
}

}  // namespace
}  // namespace weir::permissions
