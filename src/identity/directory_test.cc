#include "identity/directory.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "identity/test_world.h"
#include "store/key.h"

namespace weir::identity {
namespace {

using namespace test;

struct Following : testing::Test {
  World world;
  Directory loaded() {
    auto tx = must(world.store.begin(store::Mode::read));
    return must(load_directory(*tx));
  }
};

TEST_F(Following, LoadingAndFollowingEndAtTheSamePeople) {
  auto ann = world.user(kEngineAccount, "ann", allow("s3:*"));
  auto role = world.role(kEngineAccount, "r", trusting(ann.arn()));
  auto key = world.key_for(kEngineAccount, ann.id);
  const auto fresh = loaded();
  auto followed = world.directory();
  EXPECT_EQ(fresh.size(), followed->size());
  for (auto* directory : {&fresh, followed.get()}) {
    EXPECT_EQ((*directory->find_user_by_arn(ann.arn()))->user.id, ann.id);
    EXPECT_EQ((*directory->find_role_by_arn(role.arn()))->role.id, role.id);
    EXPECT_EQ((*directory->find_access_key(key.key.id))->key.owner_id, ann.id);
    EXPECT_EQ(*directory->find_id(role.arn()), role.id);
  }
}

TEST_F(Following, ASnapshotDoesNotChange) {
  auto before = world.directory();
  auto ann = world.user(kEngineAccount, "ann");
  EXPECT_EQ(before->find_user(ann.id), nullptr);
  auto with = world.directory();
  world.write([&](store::Transaction& tx) { return UserRecords(tx, account(kEngineAccount)).erase("ann"); });
  EXPECT_NE(with->find_user(ann.id), nullptr);
  EXPECT_EQ(world.directory()->find_user(ann.id), nullptr);
  EXPECT_EQ(world.directory()->find_user_by_arn(ann.arn()), nullptr);
}

TEST_F(Following, OldSnapshotsKeepTheirOwnPolicies) {
  auto ann = world.user(kEngineAccount, "ann");
  std::string arn;
  world.write([&](store::Transaction& tx) -> base::Status {
    PolicyRecords policies(tx, account(kEngineAccount));
    WEIR_TRY(auto made, policies.create({"p", "/", "", allow("s3:*"), {}}, world.now, world.randomness));
    arn = made.arn();
    return UserRecords(tx, account(kEngineAccount)).attach("ann", arn);
  });
  auto old = world.directory();
  auto who = (*old->find_user(ann.id))->principal;
  auto text = [&](const Directory& directory) { return directory.policies_of(*who)->policies.at(0).policy->text(); };
  EXPECT_EQ(text(*old), allow("s3:*"));
  world.write([&](store::Transaction& tx) -> base::Status {
    auto made = PolicyRecords(tx, account(kEngineAccount)).create_version(arn, allow("glue:*"), true, world.now);
    return made.ok() ? base::Status() : base::Status(made.error());
  });
  EXPECT_EQ(text(*world.directory()), allow("glue:*"));
  EXPECT_EQ(text(*old), allow("s3:*"));
  EXPECT_EQ(text(*world.directory()), allow("glue:*"));
}

TEST_F(Following, SetsAreGatheredOnceWhileNothingChanges) {
  auto ann = world.user(kEngineAccount, "ann", allow("s3:*"));
  auto who = world.principal(ann);
  auto first = world.directory()->policies_of(*who);
  world.user(kEngineAccount, "bob");
  EXPECT_EQ(world.directory()->policies_of(*who), first);
}

TEST_F(Following, ForeignAndBrokenKeysAreIgnored) {
  Directory directory;
  auto before = directory.size();
  for (auto key : {std::string(), std::string("x"), std::string("\0\0", 2), store::key("catalog", "x", "y"),
                   store::key("iam"), store::key("iam", "accounts"), store::key("iam", "nobody", "user", "ann"),
                   store::key("iam", "111122223333", "member", "g", "u")})
    directory.apply(key, "{}");
  EXPECT_EQ(directory.size(), before);
}

TEST_F(Following, BrokenRecordIsAsIfItWereNotThere) {
  auto ann = world.user(kEngineAccount, "ann");
  auto key = world.key_for(kEngineAccount, ann.id);
  auto directory = *world.directory();
  directory.apply(keys::one(account(kEngineAccount), Noun::user, "ann"), "{not json");
  EXPECT_EQ(directory.find_user(ann.id), nullptr);
  EXPECT_FALSE(authenticate({key.key.id, {}}, directory, world.ring, world.cache, world.now).ok());
  EXPECT_TRUE(world.authenticate(key.key.id).ok());
}

TEST_F(Following, UnreadableStoredPolicyDeniesEverything) {
  auto ann = world.user(kEngineAccount, "ann", allow("*"));
  world.write([&](store::Transaction& tx) -> base::Status {
    auto key = keys::one(account(kEngineAccount), Noun::user, "ann");
    WEIR_TRY(auto user, load<User>(tx, key));
    user->policies.inline_documents["broken"] = "{";
    return save(tx, key, *user);
  });
  EXPECT_FALSE(world.ask(*world.principal(ann), "s3:GetObject", "arn:aws:s3:::b/k").allowed());
}

TEST_F(Following, AttachedPolicyGroupOrBoundaryThatIsNotThereDeniesEverything) {
  auto break_with = [&](const std::string& name, auto change) {
    auto user = world.user(kEngineAccount, name, allow("*"));
    world.write([&](store::Transaction& tx) -> base::Status {
      auto key = keys::one(account(kEngineAccount), Noun::user, name);
      WEIR_TRY(auto record, load<User>(tx, key));
      change(*record);
      return save(tx, key, *record);
    });
    return world.ask(*world.principal(user), "s3:GetObject", "arn:aws:s3:::b/k").allowed();
  };
  EXPECT_TRUE(break_with("a", [](User&) {}));
  EXPECT_FALSE(
      break_with("b", [](User& u) { u.policies.attached.push_back("arn:aws:iam::111122223333:policy/none"); }));
  EXPECT_FALSE(break_with("c", [](User& u) { u.groups.push_back("none"); }));
  EXPECT_FALSE(break_with("d", [](User& u) { u.boundary = "arn:aws:iam::111122223333:policy/none"; }));
}

TEST_F(Following, ChangesOfARenameMayComeInEitherOrder) {
  auto ann = world.user(kEngineAccount, "ann");
  auto renamed = ann;
  renamed.name = "zoe";
  auto here = account(kEngineAccount);
  std::vector<store::Change> changes = {{keys::one(here, Noun::user, "ann"), std::nullopt},
                                        {keys::one(here, Noun::user, "zoe"), base::encode_record(renamed)}};
  for (int order = 0; order < 2; ++order) {
    auto directory = *world.directory();
    for (auto& change : changes) directory.apply(change.key, change.value);
    ASSERT_NE(directory.find_user(ann.id), nullptr);
    EXPECT_EQ((*directory.find_user(ann.id))->user.name, "zoe");
    EXPECT_EQ(directory.find_id(ann.arn()), nullptr);
    EXPECT_EQ(*directory.find_id(renamed.arn()), ann.id);
    std::reverse(changes.begin(), changes.end());
  }
}

TEST_F(Following, ContextSaysWhoCalls) {
  auto ann = world.user(kEngineAccount, "ann");
  auto role = world.role(kEngineAccount, "reader", trusting(kEngineAccount), "", {{"team", "sales"}});
  policy::Context context;
  describe_caller(*world.principal(ann), context);
  EXPECT_EQ(context.text("aws:username"), "ann");
  EXPECT_EQ(context.text("aws:userid"), ann.id);
  EXPECT_EQ(context.text("aws:PrincipalType"), "User");
  EXPECT_EQ(context.find("aws:TokenIssueTime"), nullptr);
  EXPECT_EQ(context.find("aws:MultiFactorAuthPresent"), nullptr);

  policy::Context of_session;
  describe_caller(*world.session_of(role, "query-1", {{"Site", "x"}}), of_session);
  EXPECT_EQ(of_session.text("aws:PrincipalArn"), role.arn());
  EXPECT_EQ(of_session.text("aws:userid"), role.id + ":query-1");
  EXPECT_EQ(of_session.text("aws:PrincipalAccount"), kEngineAccount);
  EXPECT_EQ(of_session.text("aws:PrincipalType"), "AssumedRole");
  EXPECT_EQ(of_session.text("aws:PrincipalTag/TEAM"), "sales");
  EXPECT_EQ(of_session.text("aws:PrincipalTag/site"), "x");
  EXPECT_EQ(of_session.text("aws:TokenIssueTime"), base::to_iso8601(world.now));
  EXPECT_EQ(of_session.find("aws:username"), nullptr);

  policy::Context of_service;
  describe_caller(service_principal("lakeformation.amazonaws.com"), of_service);
  EXPECT_EQ(of_service.text("aws:PrincipalIsAWSService"), "true");
  EXPECT_EQ(of_service.text("aws:PrincipalServiceName"), "lakeformation.amazonaws.com");
  EXPECT_EQ(of_service.find("aws:PrincipalArn"), nullptr);

  policy::Context of_nobody;
  describe_caller(anonymous(), of_nobody);
  EXPECT_EQ(of_nobody.text("aws:userid"), "anonymous");
}

}  // namespace
}  // namespace weir::identity
