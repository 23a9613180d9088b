#include "permissions/snapshot.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "permissions/records.h"
#include "permissions/scenario_words.h"
#include "permissions/visibility.h"
#include "store/key.h"

namespace weir::permissions {
namespace {

using scenario::kAccount;

Grant grant(const std::string& who, const std::string& object, PrivilegeSet privileges = {Privilege::select}) {
  Grant out;
  out.principal = scenario::principal(who);
  out.resource = scenario::object(object).value();
  out.privileges = privileges;
  return out;
}
std::string key_of(const Grant& grant) { return grant_key(kAccount, grant.principal, grant.resource); }
base::Status put(Snapshot& snapshot, const Grant& grant) {
  return snapshot.apply(key_of(grant), base::encode_record(grant));
}

const std::vector<std::string> kWho = {"role/a", "role/b", "everybody", "all-principals"};
const std::vector<std::string> kWhat = {"catalog",          "database d",      "d.*", "d.t", "d.t(x)",
                                        "filter f on d.t",  "filter g on d.t", "e.t", "d.u", "location s3://b",
                                        "location s3://b/a"};

std::string held_text(const Held* held) {
  if (!held) return "-";
  auto out = held->privileges.text();
  if (!held->partial) return out;
  out += "/" + held->partial->columns.text();
  for (const auto& filter : held->partial->filters) out += "/" + filter.name + filter.privileges.text();
  return out;
}

// Everything a snapshot can be asked, as text.
std::string portrait(const Snapshot& snapshot) {
  std::string out = std::to_string(snapshot.grant_count());
  for (const auto& who : kWho) {
    auto id = snapshot.principal(scenario::principal(who));
    for (auto object : {snapshot.catalog(), snapshot.database("d"), snapshot.all_tables("d"), snapshot.table("d", "t"),
                        snapshot.table("e", "t"), snapshot.table("d", "u"), snapshot.location({"b", ""}),
                        snapshot.location({"b", "a"})})
      out += " " + held_text(snapshot.held(id, object));
    out += snapshot.reaches(id, "d") ? " d" : " -";
    out += snapshot.reaches(id, "e") ? " e\n" : " -\n";
  }
  for (const char* name : {"f", "g"}) out += snapshot.filter(snapshot.table("d", "t"), name) ? name : "-";
  return out;
}

TEST(Snapshot, FollowingChangesEqualsLoadingTheResult) {
  std::mt19937 random(11);
  std::map<std::string, std::string> store;
  Snapshot followed(kAccount);
  auto change = [&](const std::string& key, std::optional<std::string> value) {
    ASSERT_TRUE(followed.apply(key, value).ok());
    if (value)
      store[key] = *value;
    else
      store.erase(key);
  };
  for (int step = 0; step < 3000; ++step) {
    if (random() % 10 == 0) {
      DataCellsFilter filter{kAccount, "d", "t", random() % 2 ? "f" : "g", ColumnSet::all(),
                             true,     "",  {},  std::to_string(step)};
      auto key = filter_key(kAccount, "d", "t", filter.name);
      change(key, random() % 2 ? std::optional(base::encode_record(filter)) : std::nullopt);
    } else {
      auto one =
          grant(kWho[random() % kWho.size()], kWhat[random() % kWhat.size()],
                random() % 2 ? PrivilegeSet{Privilege::select} : PrivilegeSet{Privilege::all, Privilege::insert});
      change(key_of(one), random() % 2 ? std::optional(base::encode_record(one)) : std::nullopt);
    }
    if (step % 50 != 0) continue;
    Snapshot loaded(kAccount);
    for (const auto& [key, value] : store) ASSERT_TRUE(loaded.apply(key, value).ok());
    ASSERT_EQ(portrait(followed), portrait(loaded)) << "after step " << step;
  }
  for (auto left = store; const auto& [key, value] : left) change(key, std::nullopt);
  EXPECT_EQ(portrait(followed), portrait(Snapshot(kAccount)));
  EXPECT_EQ(followed.principal(scenario::principal("role/a")), PrincipalId::none)
      << "names are forgotten with the last grant";
}

TEST(Snapshot, ACopyDoesNotSeeLaterChanges) {
  Snapshot one(kAccount);
  ASSERT_TRUE(put(one, grant("role/a", "d.t")).ok());
  Snapshot two = one;
  ASSERT_TRUE(two.apply(key_of(grant("role/a", "d.t")), std::nullopt).ok());
  EXPECT_EQ(one.grant_count(), 1u);
  EXPECT_EQ(two.grant_count(), 0u);
  EXPECT_NE(one.held(one.principal(scenario::principal("role/a")), one.table("d", "t")), nullptr);
}

TEST(Snapshot, WhatItCannotReadIsAnErrorAndChangesNothing) {
  Snapshot snapshot(kAccount);
  auto good = grant("role/a", "d.t");
  for (const char* value :
       {"", "{", "[]", R"({"v":1})", R"({"v":1,"Principal":5})", R"({"v":1,"Privileges":["EVERYTHING"]})"})
    EXPECT_FALSE(snapshot.apply(key_of(good), std::string(value)).ok()) << value;
  EXPECT_FALSE(snapshot.apply("garbage", "x").ok());
  EXPECT_FALSE(snapshot.apply(settings_key(kAccount), "{").ok());
  EXPECT_EQ(snapshot.grant_count(), 0u);
}

TEST(Snapshot, AGrantUnderAnotherKeyIsRefused) {
  Snapshot snapshot(kAccount);
  auto value = base::encode_record(grant("role/a", "d.t"));
  EXPECT_FALSE(snapshot.apply(key_of(grant("role/b", "d.t")), value).ok());
  EXPECT_FALSE(snapshot.apply(key_of(grant("role/a", "d.u")), value).ok());
  EXPECT_FALSE(
      snapshot.apply(grant_key("999999999999", scenario::principal("role/a"), grant("role/a", "d.t").resource), value)
          .ok());
}

TEST(Snapshot, AConditionalGrantIsNotHeldWithoutItsCondition) {
  Snapshot snapshot(kAccount);
  auto one = grant("role/a", "d.t");
  auto key = store::key(kNoun, kAccount, "grant", one.principal, one.resource.key(), "true");
  EXPECT_FALSE(snapshot.apply(key, base::encode_record(one)).ok()) << "the key tells another story";
  one.condition = "true";
  ASSERT_TRUE(snapshot.apply(key, base::encode_record(one)).ok());
  EXPECT_EQ(snapshot.grant_count(), 1u);
  EXPECT_EQ(snapshot.principal(one.principal), PrincipalId::none);
  EXPECT_EQ(snapshot.principal(folded(one.principal, one.terms())), PrincipalId::none) << "no name passes for terms";
  ASSERT_NE(snapshot.on_terms(one.principal), nullptr);
  EXPECT_NE(snapshot.held(snapshot.on_terms(one.principal)->front()->id, snapshot.table("d", "t")), nullptr);
  ASSERT_TRUE(snapshot.apply(key, std::nullopt).ok());
  EXPECT_EQ(snapshot.on_terms(one.principal), nullptr);
}

TEST(Snapshot, NounsOfLaterVersionsArePassedOver) {
  Snapshot snapshot(kAccount);
  EXPECT_TRUE(snapshot.apply(store::key(kNoun, kAccount, "lf_tag", "x"), "anything").ok());
}

TEST(Snapshot, NothingIsHeldByNobodyOrOnNothing) {
  Snapshot snapshot(kAccount);
  ASSERT_TRUE(put(snapshot, grant("role/a", "d.*")).ok());
  EXPECT_EQ(snapshot.held(PrincipalId::none, snapshot.all_tables("d")), nullptr);
  EXPECT_EQ(snapshot.held(snapshot.principal(scenario::principal("role/a")), snapshot.all_tables("nosuch")), nullptr);
  EXPECT_EQ(snapshot.held(snapshot.principal(scenario::principal("role/a")), snapshot.table("nosuch", "t")), nullptr);
  EXPECT_FALSE(snapshot.reaches(PrincipalId::none, "d"));
}

TEST(Snapshot, NamesThatJoinAlikeStayApart) {
  Snapshot snapshot(kAccount);
  ASSERT_TRUE(put(snapshot, grant("role/a", "d.t")).ok());
  auto who = snapshot.principal(scenario::principal("role/a"));
  EXPECT_EQ(snapshot.held(who, snapshot.database("d\x1ft")), snapshot.held(who, snapshot.table("d", "t")))
      << "only a name with a control character could meet another, and no resource has one";
  EXPECT_EQ(snapshot.held(who, snapshot.database("d.t")), nullptr);
  EXPECT_EQ(snapshot.held(who, snapshot.database("d")), nullptr);
}

TEST(Visibility, StrangersAndTheNamelessSeeNothing) {
  Snapshot snapshot(kAccount);
  ASSERT_TRUE(put(snapshot, grant("everybody", "d.t", {Privilege::all})).ok());
  EXPECT_FALSE(Visibility({"999999999999", {scenario::principal("role/a")}}, snapshot).table("d", "t"));
  EXPECT_FALSE(Visibility({kAccount, {}}, snapshot).table("d", "t"));
  EXPECT_FALSE(Visibility({kAccount, {}}, snapshot).database("d"));
  EXPECT_TRUE(Visibility({kAccount, {scenario::principal("role/a")}}, snapshot).table("d", "t"));
}

}  // namespace
}  // namespace weir::permissions
