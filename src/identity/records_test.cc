#include "identity/records.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "identity/aws_managed_policies.h"
#include "identity/test_world.h"
#include "identity/trust.h"

namespace weir::identity {
namespace {

using namespace test;
using base::Kind;

struct Records : testing::Test {
  World world;
  names::AccountId here = account(kEngineAccount);

  // What the body answers inside one committed transaction.
  template <class F>
  auto in(F body) {
    auto tx = must(world.store.begin(store::Mode::write));
    auto answer = body(*tx);
    if (answer.ok()) must(tx->commit());
    return answer;
  }
  template <class F>
  auto users(F body) {
    return in([&](store::Transaction& tx) { return body(UserRecords(tx, here)); });
  }
  template <class F>
  auto groups(F body) {
    return in([&](store::Transaction& tx) { return body(GroupRecords(tx, here)); });
  }
  template <class F>
  auto roles(F body) {
    return in([&](store::Transaction& tx) { return body(RoleRecords(tx, here)); });
  }
  template <class F>
  auto policies(F body) {
    return in([&](store::Transaction& tx) { return body(PolicyRecords(tx, here)); });
  }

  base::Result<Group> group(const std::string& name) {
    return groups([&](GroupRecords g) { return g.create(name, "/", world.now, world.randomness); });
  }
  std::string managed(const std::string& name, const std::string& document = allow("s3:*")) {
    return must(policies([&](PolicyRecords p) {
             return p.create({name, "/", "", document, {}}, world.now, world.randomness);
           }))
        .arn();
  }
  template <class T>
  static void expect_refused(const base::Result<T>& answer, Kind kind, std::string_view about) {
    ASSERT_FALSE(answer.ok());
    EXPECT_EQ(answer.error().kind, kind) << answer.error().says;
    EXPECT_EQ(answer.error().about, about);
  }
};

// --- Users

TEST_F(Records, NamesAreUniqueWithoutRegardToCaseAndKeepTheirSpelling) {
  auto ann = world.user(kEngineAccount, "Ann");
  expect_refused(users([&](UserRecords u) {
                   return u.create({"ANN", "/", {}, {}}, world.now, world.randomness);
                 }),
                 Kind::already_exists, "user");
  EXPECT_EQ(must(users([](UserRecords u) { return u.get("aNN"); })).name, "Ann");
  EXPECT_EQ(ann.arn(), "arn:aws:iam::111122223333:user/Ann");
  EXPECT_NO_THROW(world.user(kLakeAccount, "ann")) << "another account is another space";
}

TEST_F(Records, AbsentThingsAreNotFoundByNoun) {
  expect_refused(users([](UserRecords u) { return u.get("nobody"); }), Kind::not_found, "user");
  expect_refused(groups([](GroupRecords g) { return g.get("nobody"); }), Kind::not_found, "group");
  expect_refused(roles([](RoleRecords r) { return r.get("nobody"); }), Kind::not_found, "role");
  expect_refused(policies([](PolicyRecords p) { return p.get("arn:aws:iam::111122223333:policy/none"); }),
                 Kind::not_found, "policy");
  expect_refused(policies([](PolicyRecords p) { return p.get(""); }), Kind::not_found, "policy");
}

TEST_F(Records, UserWithBelongingsIsNotDeleted) {
  auto ann = world.user(kEngineAccount, "ann", allow("s3:*"));
  must(group("staff"));
  auto key = world.key_for(kEngineAccount, ann.id);
  auto erase = [&] { return users([](UserRecords u) { return u.erase("ann"); }); };
  expect_refused(erase(), Kind::conflict, "user");
  must(in([&](store::Transaction& tx) { return AccessKeyRecords(tx, here).erase(ann.id, key.key.id); }));
  expect_refused(erase(), Kind::conflict, "user");
  must(users([](UserRecords u) { return u.erase_policy("ann", "own"); }));
  must(users([](UserRecords u) { return u.attach("ann", "arn:aws:iam::aws:policy/AdministratorAccess"); }));
  expect_refused(erase(), Kind::conflict, "user");
  must(users([](UserRecords u) { return u.detach("ann", "arn:aws:iam::aws:policy/AdministratorAccess"); }));
  must(users([](UserRecords u) { return u.join("staff", "ann"); }));
  expect_refused(erase(), Kind::conflict, "user");
  must(users([](UserRecords u) { return u.leave("staff", "ann"); }));
  must(erase());
  EXPECT_EQ(world.directory()->find_user(ann.id), nullptr);
  EXPECT_EQ(must(in([&](store::Transaction& tx) { return find_principal_arn(tx, ann.id); })), std::nullopt);
}

TEST_F(Records, RenamedUserKeepsIdKeysGroupsAndPolicies) {
  auto ann = world.user(kEngineAccount, "ann", allow("s3:GetObject"));
  auto key = world.key_for(kEngineAccount, ann.id);
  must(group("staff"));
  must(groups([](GroupRecords g) { return g.put_policy("staff", "p", allow("glue:GetTable")); }));
  must(users([](UserRecords u) { return u.join("staff", "ann"); }));
  must(users([](UserRecords u) { return u.update("ann", {"Annika", "/team/"}); }));
  expect_refused(users([](UserRecords u) { return u.get("ann"); }), Kind::not_found, "user");
  auto who = must(world.authenticate(key.key.id)).principal;
  EXPECT_EQ(who->arn(), "arn:aws:iam::111122223333:user/team/Annika");
  EXPECT_EQ(who->caller.unique_id, ann.id);
  EXPECT_TRUE(world.ask(*who, "glue:GetTable", "*").allowed());
  EXPECT_TRUE(world.ask(*who, "s3:GetObject", "arn:aws:s3:::b/k").allowed());
  auto members = must(groups([](GroupRecords g) { return g.members("staff", {}); }));
  ASSERT_EQ(members.items.size(), 1u);
  EXPECT_EQ(members.items[0].name, "Annika");
  EXPECT_EQ(world.directory()->find_user_by_arn("arn:aws:iam::111122223333:user/ann"), nullptr);
  EXPECT_NE(world.directory()->find_user_by_arn(who->arn()), nullptr);
}

TEST_F(Records, RenamingChangesOnlyTheSpellingToo) {
  world.user(kEngineAccount, "ann");
  must(users([](UserRecords u) { return u.update("ann", {"ANN", {}}); }));
  EXPECT_EQ(must(users([](UserRecords u) { return u.get("ann"); })).name, "ANN");
  world.user(kEngineAccount, "bob");
  expect_refused(users([](UserRecords u) { return u.update("bob", {"Ann", {}}); }), Kind::already_exists, "user");
}

TEST_F(Records, NameFreedByARenameIsAnotherUsersAtOnce) {
  auto ann = world.user(kEngineAccount, "ann");
  must(in([&](store::Transaction& tx) -> base::Result<User> {
    UserRecords u(tx, here);
    WEIR_CHECK_OK(u.update("ann", {"zoe", {}}));
    return u.create({"ann", "/", {}, {}}, world.now, world.randomness);
  }));
  auto directory = world.directory();
  EXPECT_EQ((*directory->find_user(ann.id))->user.name, "zoe");
  EXPECT_NE((*directory->find_user_by_arn("arn:aws:iam::111122223333:user/ann"))->user.id, ann.id);
}

TEST_F(Records, TagsMergeAndHaveALimit) {
  world.user(kEngineAccount, "ann");
  must(users([](UserRecords u) { return u.tag("ann", {{"Team", "a"}, {"x", "y"}}); }));
  must(users([](UserRecords u) { return u.tag("ann", {{"team", "b"}}); }));
  must(users([](UserRecords u) { return u.untag("ann", {"X"}); }));
  EXPECT_EQ(must(users([](UserRecords u) { return u.get("ann"); })).tags, (Tags{{"team", "b"}}));
  Tags many;
  for (int i = 0; i < 50; ++i) many.push_back({"k" + std::to_string(i), "v"});
  expect_refused(users([&](UserRecords u) { return u.tag("ann", many); }), Kind::limit_exceeded, "tags");
}

// --- Groups

TEST_F(Records, GroupPoliciesReachMembersAndLeaveWithThem) {
  auto ann = world.user(kEngineAccount, "ann");
  must(group("staff"));
  must(groups([](GroupRecords g) { return g.put_policy("staff", "p", allow("glue:GetTable")); }));
  auto may = [&] { return world.ask(*world.principal(ann), "glue:GetTable", "*").allowed(); };
  EXPECT_FALSE(may());
  must(users([](UserRecords u) { return u.join("STAFF", "ann"); }));
  EXPECT_TRUE(may());
  must(groups([](GroupRecords g) { return g.erase_policy("staff", "p"); }));
  EXPECT_FALSE(may());
  must(groups([](GroupRecords g) { return g.attach("staff", "arn:aws:iam::aws:policy/AWSGlueConsoleFullAccess"); }));
  EXPECT_TRUE(may());
  must(users([](UserRecords u) { return u.leave("staff", "ann"); }));
  EXPECT_FALSE(may());
}

TEST_F(Records, GroupWithMembersIsNotDeletedAndRenamesWithThem) {
  auto ann = world.user(kEngineAccount, "ann");
  must(group("staff"));
  must(users([](UserRecords u) { return u.join("staff", "ann"); }));
  expect_refused(groups([](GroupRecords g) { return g.erase("staff"); }), Kind::conflict, "group");
  must(groups([](GroupRecords g) { return g.put_policy("staff", "p", allow("glue:GetTable")); }));
  must(groups([](GroupRecords g) { return g.update("staff", "crew", {}); }));
  EXPECT_EQ(must(users([](UserRecords u) { return u.get("ann"); })).groups, (std::vector<std::string>{"crew"}));
  EXPECT_TRUE(world.ask(*world.principal(ann), "glue:GetTable", "*").allowed());
  must(users([](UserRecords u) { return u.leave("crew", "ann"); }));
  must(groups([](GroupRecords g) { return g.erase_policy("crew", "p"); }));
  must(groups([](GroupRecords g) { return g.erase("crew"); }));
}

TEST_F(Records, TenGroupsAreTheMost) {
  world.user(kEngineAccount, "ann");
  for (int i = 0; i < 11; ++i) must(group("g" + std::to_string(i)));
  for (int i = 0; i < 10; ++i) must(users([&](UserRecords u) { return u.join("g" + std::to_string(i), "ann"); }));
  expect_refused(users([](UserRecords u) { return u.join("g10", "ann"); }), Kind::limit_exceeded, "user");
  expect_refused(users([](UserRecords u) { return u.join("none", "ann"); }), Kind::not_found, "group");
}

// --- Policies

TEST_F(Records, InlinePoliciesAreKeptAsGivenAndBoundedTogether) {
  world.user(kEngineAccount, "ann");
  std::string spaced = "{ \"Version\": \"2012-10-17\",\n \"Statement\": " + statement("Allow", "s3:*") + " }";
  must(users([&](UserRecords u) { return u.put_policy("ann", "P", spaced); }));
  EXPECT_EQ(must(users([](UserRecords u) { return u.get_policy("ann", "p"); })), spaced);
  expect_refused(users([](UserRecords u) { return u.put_policy("ann", "bad", "{}"); }), Kind::malformed_policy,
                 "policy");
  expect_refused(
      users([](UserRecords u) {
        return u.put_policy(
            "ann", "bad",
            R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"}]})");
      }),
      Kind::malformed_policy, "policy");
  auto half = allow("s3:*", "arn:aws:s3:::" + std::string(1100, 'b'));
  must(users([&](UserRecords u) { return u.put_policy("ann", "one", half); }));
  expect_refused(users([&](UserRecords u) { return u.put_policy("ann", "two", half); }), Kind::limit_exceeded, "user");
  must(users([&](UserRecords u) { return u.put_policy("ann", "one", half); }));
  must(users([&](UserRecords u) { return u.erase_policy("ann", "one"); }));
  expect_refused(users([](UserRecords u) { return u.erase_policy("ann", "one"); }), Kind::not_found, "policy");
}

TEST_F(Records, PolicyVersionsFiveAtMostOneInForce) {
  auto arn = managed("p", allow("s3:GetObject"));
  auto create = [&](bool make_default) {
    return policies(
        [&](PolicyRecords p) { return p.create_version(arn, allow("s3:PutObject"), make_default, world.now); });
  };
  for (int i = 2; i <= 5; ++i) EXPECT_EQ(must(create(false)).id(), "v" + std::to_string(i));
  expect_refused(create(false), Kind::limit_exceeded, "policy");
  EXPECT_EQ(must(policies([&](PolicyRecords p) { return p.get(arn); })).default_version, 1);
  expect_refused(policies([&](PolicyRecords p) { return p.erase_version(arn, 1); }), Kind::conflict, "policy");
  must(policies([&](PolicyRecords p) { return p.erase_version(arn, 3); }));
  EXPECT_EQ(must(create(true)).number, 6) << "numbers are not used twice";
  expect_refused(policies([&](PolicyRecords p) { return p.get_version(arn, 3); }), Kind::not_found, "policy");
  expect_refused(policies([&](PolicyRecords p) { return p.set_default_version(arn, 9, world.now); }), Kind::not_found,
                 "policy");
}

TEST_F(Records, NewDefaultVersionActsAtOnceOnAllWhoHoldIt) {
  auto arn = managed("p", allow("s3:GetObject"));
  auto ann = world.user(kEngineAccount, "ann");
  must(users([&](UserRecords u) { return u.attach("ann", arn); }));
  auto may = [&](const char* action) { return world.ask(*world.principal(ann), action, "arn:aws:s3:::b/k").allowed(); };
  EXPECT_TRUE(may("s3:GetObject"));
  must(policies([&](PolicyRecords p) { return p.create_version(arn, allow("s3:PutObject"), true, world.now); }));
  EXPECT_FALSE(may("s3:GetObject"));
  EXPECT_TRUE(may("s3:PutObject"));
  must(policies([&](PolicyRecords p) { return p.set_default_version(arn, 1, world.now); }));
  EXPECT_TRUE(may("s3:GetObject"));
}

TEST_F(Records, PolicyInUseIsNotDeleted) {
  auto arn = managed("p");
  world.user(kEngineAccount, "ann");
  auto erase = [&] { return policies([&](PolicyRecords p) { return p.erase(arn); }); };
  must(users([&](UserRecords u) { return u.attach("ann", arn); }));
  must(users([&](UserRecords u) { return u.attach("ann", arn); }));
  expect_refused(erase(), Kind::conflict, "policy");
  must(users([&](UserRecords u) { return u.detach("ann", arn); }));
  expect_refused(users([&](UserRecords u) { return u.detach("ann", arn); }), Kind::not_found, "policy");
  must(users([&](UserRecords u) { return u.set_boundary("ann", arn); }));
  expect_refused(erase(), Kind::conflict, "policy");
  must(users([&](UserRecords u) { return u.erase_boundary("ann"); }));
  must(policies([&](PolicyRecords p) { return p.create_version(arn, allow("s3:*"), false, world.now); }));
  expect_refused(erase(), Kind::conflict, "policy");
  must(policies([&](PolicyRecords p) { return p.erase_version(arn, 2); }));
  must(erase());
  expect_refused(users([&](UserRecords u) { return u.attach("ann", arn); }), Kind::not_found, "policy");
}

TEST_F(Records, BoundaryLimitsWhatPoliciesAllow) {
  auto ann = world.user(kEngineAccount, "ann", allow("*"));
  auto arn = managed("fence", allow("s3:Get*"));
  must(users([&](UserRecords u) { return u.set_boundary("ann", arn); }));
  EXPECT_TRUE(world.ask(*world.principal(ann), "s3:GetObject", "arn:aws:s3:::b/k").allowed());
  EXPECT_FALSE(world.ask(*world.principal(ann), "s3:PutObject", "arn:aws:s3:::b/k").allowed());
  expect_refused(users([&](UserRecords u) { return u.set_boundary("ann", "arn:aws:iam::111122223333:policy/none"); }),
                 Kind::not_found, "policy");
}

TEST_F(Records, EntitiesOfAPolicyAreListedByNoun) {
  auto arn = managed("p");
  world.user(kEngineAccount, "Ann");
  must(group("Staff"));
  world.role(kEngineAccount, "Reader", trusting(names::root_arn(here)));
  must(users([&](UserRecords u) { return u.attach("ann", arn); }));
  must(groups([&](GroupRecords g) { return g.attach("staff", arn); }));
  must(roles([&](RoleRecords r) { return r.set_boundary("reader", arn); }));
  auto attached = must(policies([&](PolicyRecords p) { return p.entities(arn, keys::Use::attachment); }));
  ASSERT_EQ(attached.size(), 2u);
  EXPECT_EQ(attached[0].name, "Ann");
  EXPECT_EQ(attached[1].name, "Staff");
  EXPECT_EQ(must(policies([&](PolicyRecords p) { return p.entities(arn, keys::Use::boundary); }))[0].name, "Reader");
}

TEST_F(Records, PoliciesOfTheServerAreReadOnly) {
  std::string arn = "arn:aws:iam::aws:policy/AdministratorAccess";
  EXPECT_EQ(must(policies([&](PolicyRecords p) { return p.get(arn); })).name, "AdministratorAccess");
  expect_refused(policies([&](PolicyRecords p) { return p.erase(arn); }), Kind::denied, "policy");
  expect_refused(policies([&](PolicyRecords p) { return p.create_version(arn, allow("*"), true, world.now); }),
                 Kind::denied, "policy");
  expect_refused(policies([&](PolicyRecords p) { return p.tag(arn, {{"a", "b"}}); }), Kind::denied, "policy");
}

TEST_F(Records, PoliciesOfTheServerParseAndAreFoundByTheirArns) {
  for (auto& policy : aws_managed_policies()) {
    auto parsed = policy::parse_policy(policy.document(), policy::PolicyKind::identity);
    EXPECT_TRUE(parsed.ok()) << policy.name << ": " << (parsed.ok() ? "" : parsed.error().says);
    EXPECT_EQ(find_aws_managed_policy(policy.arn()), &policy);
  }
  EXPECT_NE(find_aws_managed_policy("arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"), nullptr);
  EXPECT_EQ(find_aws_managed_policy("arn:aws:iam::aws:policy/AWSLambdaBasicExecutionRole"), nullptr);
  EXPECT_EQ(find_aws_managed_policy("arn:aws:iam::aws:policy/"), nullptr);
}

TEST_F(Records, ListingPoliciesGoesThroughBothHalvesPageByPage) {
  for (auto* name : {"a", "b", "c"}) managed(name);
  for (size_t per_page : {1u, 2u, 7u, 1000u}) {
    std::vector<std::string> seen;
    PolicyListRequest request;
    request.page.items_max = per_page;
    for (int pages = 0; pages < 100; ++pages) {
      auto page = must(policies([&](PolicyRecords p) { return p.list(request); }));
      EXPECT_LE(page.items.size(), per_page);
      for (auto& policy : page.items) seen.push_back(policy.arn());
      if (!page.marker) break;
      request.page.marker = *page.marker;
    }
    EXPECT_EQ(seen.size(), aws_managed_policies().size() + 3) << per_page;
    EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()).size(), seen.size());
  }
  world.user(kEngineAccount, "ann");
  must(users([&](UserRecords u) { return u.attach("ann", "arn:aws:iam::aws:policy/AmazonS3FullAccess"); }));
  PolicyListRequest attached;
  attached.only_attached = true;
  EXPECT_EQ(must(policies([&](PolicyRecords p) { return p.list(attached); })).items.size(), 1u);
}

// --- Roles

TEST_F(Records, TrustPolicyIsShownAsGivenUntilSomebodyInItIsGone) {
  auto ann = world.user(kEngineAccount, "ann");
  auto trust = trusting(ann.arn());
  auto role = world.role(kEngineAccount, "r", trust);
  auto shown = [&] { return must(in([&](store::Transaction& tx) { return published_trust(tx, role); })); };
  EXPECT_EQ(shown(), trust);
  must(users([](UserRecords u) { return u.erase("ann"); }));
  EXPECT_EQ(shown().find(ann.arn()), std::string::npos);
  EXPECT_NE(shown().find(ann.id), std::string::npos);
  expect_refused(roles([&](RoleRecords r) { return r.set_trust("r", shown()); }), Kind::malformed_policy, "policy");
  world.user(kEngineAccount, "ann");
  EXPECT_NE(shown().find(ann.id), std::string::npos) << "the namesake is somebody else";
}

TEST_F(Records, TrustNamesOnlyWhoIsThere) {
  NewRole wanted{"r", "/", "", trusting("arn:aws:iam::111122223333:user/nobody"), 3600, {}, {}};
  auto create = [&] { return roles([&](RoleRecords r) { return r.create(wanted, world.now, world.randomness); }); };
  auto answer = create();
  expect_refused(answer, Kind::malformed_policy, "policy");
  EXPECT_NE(answer.error().says.find("Invalid principal in policy: \"AWS\":\"arn:aws:iam::111122223333:user/nobody\""),
            std::string::npos);
  world.user(kEngineAccount, "Nobody");
  expect_refused(create(), Kind::malformed_policy, "policy");  // ARNs have case
  wanted.trust = trusting("arn:aws:iam::111122223333:user/*");
  expect_refused(create(), Kind::malformed_policy, "policy");
  wanted.trust = allow("sts:AssumeRole");
  expect_refused(create(), Kind::malformed_policy, "policy");
  wanted.trust = trusting("arn:aws:iam::111122223333:user/Nobody");
  EXPECT_TRUE(create().ok());
}

TEST_F(Records, RoleRulesAreChecked) {
  NewRole good{"r", "/", "", trusting(kEngineAccount), 3600, {}, {}};
  auto create = [&](auto change) {
    auto wanted = good;
    change(wanted);
    return roles([&](RoleRecords r) { return r.create(wanted, world.now, world.randomness); });
  };
  expect_refused(create([](NewRole& r) { r.max_session_s = 3599; }), Kind::invalid, "maxSessionDuration");
  expect_refused(create([](NewRole& r) { r.max_session_s = 43201; }), Kind::invalid, "maxSessionDuration");
  expect_refused(create([](NewRole& r) { r.name = std::string(65, 'r'); }), Kind::invalid, "roleName");
  expect_refused(create([](NewRole& r) { r.path = "/aws-service-role/x/"; }), Kind::invalid, "path");
  expect_refused(create([](NewRole& r) { r.description = std::string(1001, 'd'); }), Kind::invalid, "description");
  must(create([](NewRole& r) { r.max_session_s = 43200; }));
  expect_refused(create([](NewRole& r) { r.name = "R"; }), Kind::already_exists, "role");
  must(roles([](RoleRecords r) { return r.attach("r", "arn:aws:iam::aws:policy/AmazonS3FullAccess"); }));
  expect_refused(roles([](RoleRecords r) { return r.erase("r"); }), Kind::conflict, "role");
}

TEST_F(Records, ServiceLinkedRoleIsNobodysToChange) {
  auto create = [&] {
    return roles([&](RoleRecords r) {
      return r.create_service_linked("lakeformation.amazonaws.com", "", world.now, world.randomness);
    });
  };
  auto role = must(create());
  EXPECT_EQ(role.arn(),
            "arn:aws:iam::111122223333:role/aws-service-role/lakeformation.amazonaws.com/"
            "AWSServiceRoleForLakeFormationDataAccess");
  expect_refused(create(), Kind::invalid, "service role");
  expect_refused(roles([&](RoleRecords r) { return r.put_policy(role.name, "p", allow("*")); }), Kind::unsupported,
                 "role");
  expect_refused(roles([&](RoleRecords r) { return r.set_trust(role.name, trusting("*")); }), Kind::unsupported,
                 "role");
  expect_refused(roles([&](RoleRecords r) { return r.erase(role.name); }), Kind::unsupported, "role");
  expect_refused(roles([&](RoleRecords r) { return r.detach(role.name, role.policies.attached[0]); }),
                 Kind::unsupported, "role");
  expect_refused(users([&](UserRecords u) { return u.attach("ann", role.policies.attached[0]); }), Kind::not_found,
                 "user");
  world.user(kEngineAccount, "ann");
  expect_refused(users([&](UserRecords u) { return u.attach("ann", role.policies.attached[0]); }), Kind::unsupported,
                 "policy");
  must(roles([&](RoleRecords r) { return r.erase_service_linked(role.name); }));
  EXPECT_TRUE(create().ok());
}

// --- Keys, pages, accounts

TEST_F(Records, TwoKeysPerUserAndOnlyTheOwnersCount) {
  auto ann = world.user(kEngineAccount, "ann"), bob = world.user(kEngineAccount, "bob");
  auto first = world.key_for(kEngineAccount, ann.id);
  world.key_for(kEngineAccount, ann.id);
  auto keys = [&](auto body) { return in([&](store::Transaction& tx) { return body(AccessKeyRecords(tx, here)); }); };
  expect_refused(keys([&](auto k) { return k.create(ann.id, world.ring, world.now, world.randomness); }),
                 Kind::limit_exceeded, "access key");
  EXPECT_EQ(must(keys([&](auto k) { return k.list(ann.id); })).size(), 2u);
  expect_refused(keys([&](auto k) { return k.erase(bob.id, first.key.id); }), Kind::not_found, "access key");
  expect_refused(
      in([&](store::Transaction& tx) {
        return AccessKeyRecords(tx, account(kLakeAccount)).set_status(ann.id, first.key.id, KeyStatus::inactive);
      }),
      Kind::not_found, "access key");
  for (auto* bad : {"short", "ASIAQAAAAAAAAAAAAAAA", "AKIA lower case here"})
    expect_refused(keys([&](auto k) {
                     return k.adopt(bad, base::Secret("a-secret-of-somebody"), bob.id, world.ring, world.now,
                                    world.randomness);
                   }),
                   Kind::invalid, "access key");
  expect_refused(keys([&](auto k) {
                   return k.adopt(first.key.id, base::Secret("a-secret-of-somebody"), bob.id, world.ring, world.now,
                                  world.randomness);
                 }),
                 Kind::already_exists, "access key");
}

TEST_F(Records, TheStoreNeverHoldsASecretInClear) {
  auto ann = world.user(kEngineAccount, "ann");
  auto key = world.key_for(kEngineAccount, ann.id);
  auto all = must(in([&](store::Transaction& tx) { return all_under(tx, keys::everything()); }));
  EXPECT_GT(all.size(), 4u);
  for (auto& entry : all) EXPECT_EQ(entry.value.find(key.secret.reveal()), std::string::npos);
}

TEST_F(Records, LastUseIsKept) {
  auto ann = world.user(kEngineAccount, "ann");
  auto key = world.key_for(kEngineAccount, ann.id);
  auto read = [&] { return must(in([&](store::Transaction& tx) { return last_use(tx, key.key.id); })); };
  EXPECT_FALSE(read().has_value());
  must(in([&](store::Transaction& tx) { return note_use(tx, key.key.id, {world.now, "glue", "eu-west-1"}); }));
  EXPECT_EQ(read()->service, "glue");
}

TEST_F(Records, PagesCoverEverythingOnceInOrder) {
  for (int i = 0; i < 600; ++i)
    must(users([&](UserRecords u) {
      return u.create({"user" + std::to_string(i), i % 2 ? "/odd/" : "/even/", {}, {}}, world.now, world.randomness);
    }));
  PageRequest request;
  request.path_prefix = "/odd/";
  request.items_max = 7;
  std::vector<std::string> names;
  for (;;) {
    auto page = must(users([&](UserRecords u) { return u.list(request); }));
    for (auto& user : page.items) names.push_back(user.name);
    if (!page.marker) break;
    request.marker = *page.marker;
  }
  EXPECT_EQ(names.size(), 300u);
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), 300u);
  request.marker = "!";
  expect_refused(users([&](UserRecords u) { return u.list(request); }), Kind::invalid, "marker");
  request = {};
  request.items_max = 0;
  expect_refused(users([&](UserRecords u) { return u.list(request); }), Kind::invalid, "maxItems");
}

TEST_F(Records, ListsStayWithinTheirAccount) {
  world.user(kEngineAccount, "ann");
  world.user(kLakeAccount, "bob");
  auto page = must(users([](UserRecords u) { return u.list({}); }));
  ASSERT_EQ(page.items.size(), 1u);
  EXPECT_EQ(page.items[0].name, "ann");
  EXPECT_EQ(must(in([&](store::Transaction& tx) { return AccountRecords(tx).list({}); })).items.size(), 2u);
}

TEST_F(Records, FailedCommitLeavesNothingInStoreOrDirectory) {
  world.store.fail_commit(1, base::internal("disk full"));
  auto answer = world.try_write([&](store::Transaction& tx) -> base::Status {
    auto made = UserRecords(tx, here).create({"ann", "/", {}, {}}, world.now, world.randomness);
    return made.ok() ? base::Status() : base::Status(made.error());
  });
  EXPECT_FALSE(answer.ok());
  EXPECT_EQ(world.directory()->find_user_by_arn("arn:aws:iam::111122223333:user/ann"), nullptr);
  expect_refused(users([](UserRecords u) { return u.get("ann"); }), Kind::not_found, "user");
}

}  // namespace
}  // namespace weir::identity
