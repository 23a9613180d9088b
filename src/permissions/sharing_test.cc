#include "permissions/sharing.h"

#include <gtest/gtest.h>

#include "permissions/can_grant.h"
#include "permissions/explain.h"
#include "permissions/records.h"
#include "permissions/scenario_words.h"
#include "permissions/settings.h"
#include "permissions/visibility.h"
#include "store/key.h"
#include "store/memory_store.h"

namespace weir::permissions {
namespace {

using scenario::kAccount;

const std::string kConsumer = "222222222222";
const std::string kOther = "333333333333";
const std::string kOrganization = "arn:aws:organizations::999999999999:organization/o-abc";
const std::string kShare = "arn:aws:ram:r:111122223333:resource-share/1";
const std::string kLater = "arn:aws:ram:r:111122223333:resource-share/2";

std::string role(const std::string& account, const std::string& name) {
  return "arn:aws:iam::" + account + ":role/" + name;
}
Resource object(const std::string& text) { return scenario::object(text).value(); }
bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

// --- what may be shared

GrantRequest request(const std::string& who, const std::string& what, PrivilegeSet privileges,
                     PrivilegeSet option = {}) {
  GrantRequest out{Principal::parse(who).value(), object(what), privileges, option};
  out.share = kShare;
  return out;
}
GrantFacts facts(int version = 4) {
  GrantFacts out;
  out.cross_account_version = version;
  return out;
}
std::string refusal(const GrantRequest& request, const GrantFacts& facts) {
  auto plan = plan_grant(request, facts);
  return plan.ok() ? "" : plan.error().says;
}

TEST(Sharing, AccountsOrganizationsUnitsAndForeignPrincipalsAreGrantedByShare) {
  for (const auto& who : {kConsumer, kOrganization, std::string("arn:aws:organizations::999999999999:ou/o-abc/ou-x"),
                          role(kConsumer, "a")})
    for (const char* what : {"d.t", "d.*", "d.t(a)", "filter f on d.t", "database d", "tables with k=v", "tag k=v"}) {
      auto resource = object(what);
      auto privileges = valid_at(resource.level()) & PrivilegeSet{Privilege::select, Privilege::describe};
      if (resource.kind == ResourceKind::data_cells_filter) privileges = {Privilege::select};
      auto plan = plan_grant(request(who, what, privileges), facts());
      ASSERT_TRUE(plan.ok()) << who << " " << what << " " << plan.error().says;
      EXPECT_EQ(plan->put.at(0).share, kShare);
      EXPECT_EQ(plan->put.at(0).home(), kAccount);
    }
}

TEST(Sharing, AGrantToAnotherAccountIsNeverWithoutItsShare) {
  auto none = request(kConsumer, "d.t", {Privilege::select});
  none.share.clear();
  EXPECT_EQ(plan_grant(none, facts()).error().kind, base::Kind::internal);
}

TEST(Sharing, WhatMayNotLeaveTheAccountIsRefused) {
  EXPECT_TRUE(has(refusal(request(kConsumer, "database d", {Privilege::all}), facts()), "modification is invalid"));
  EXPECT_TRUE(has(refusal(request(kConsumer, "database d", {Privilege::drop}), facts()), "modification is invalid"));
  EXPECT_TRUE(has(refusal(request(kConsumer, "catalog", {Privilege::create_database}), facts()), "other accounts"));
  EXPECT_TRUE(has(refusal(request(kConsumer, "databases with k=v", {Privilege::all}), facts()), "other accounts"));
  EXPECT_TRUE(has(refusal(request(kConsumer, "tag k=*", {Privilege::alter}), facts()), "other accounts"));
  EXPECT_EQ(refusal(request(kConsumer, "d.t", {Privilege::all, Privilege::drop}), facts()), "");
  EXPECT_EQ(refusal(request(kConsumer, "database d", {Privilege::create_table}), facts()), "");
}

TEST(Sharing, HoldersThatAreNoOtherAccountAreRefused) {
  EXPECT_NE(refusal(request(kAccount, "d.t", {Privilege::select}), facts()), "");
  EXPECT_TRUE(has(refusal(request(kConsumer + ":IAMPrincipals", "d.t", {Privilege::select}), facts()), kConsumer));
}

TEST(Sharing, VersionsSayToWhomAndWhat) {
  auto direct = request(role(kConsumer, "a"), "d.t", {Privilege::select});
  EXPECT_TRUE(has(refusal(direct, facts(2)), "CROSS_ACCOUNT_VERSION 3"));
  EXPECT_EQ(refusal(direct, facts(3)), "");
  auto tags = request(kOrganization, "tables with k=v", {Privilege::select});
  EXPECT_TRUE(has(refusal(tags, facts(2)), "CROSS_ACCOUNT_VERSION 3"));
  EXPECT_EQ(refusal(tags, facts(3)), "");
  EXPECT_EQ(refusal(request(kConsumer, "tables with k=v", {Privilege::select}), facts(1)), "");
  EXPECT_EQ(refusal(request(kOrganization, "d.t", {Privilege::select}), facts(1)), "");
}

TEST(Sharing, WhatEverybodyHoldsIsSharedFromVersionFourOn) {
  auto open = facts(3);
  open.everybody_holds = true;
  EXPECT_TRUE(has(refusal(request(kConsumer, "d.t", {Privilege::select}), open), "Illegal combination"));
  open.cross_account_version = 4;
  EXPECT_EQ(refusal(request(kConsumer, "d.t", {Privilege::select}), open), "");
}

TEST(Sharing, ConditionsAndLinksStayInTheAccount) {
  auto conditional = request(role(kConsumer, "a"), "d.t", {Privilege::select});
  conditional.condition = "true";
  EXPECT_TRUE(has(refusal(conditional, facts()), "condition"));
  TableFacts link;
  link.is_link = true;
  auto of_link = facts();
  of_link.table = &link;
  EXPECT_TRUE(has(refusal(request(kConsumer, "d.t", {Privilege::describe}), of_link), "resource link"));
}

TEST(Sharing, AnAccountPassesOnToItsOwnPrincipalsOnly) {
  auto pass = [](const std::string& who) {
    auto out = request(who, "d.t", {Privilege::all});
    out.share.clear();
    out.local_to = kConsumer;
    return out;
  };
  EXPECT_EQ(refusal(pass(role(kConsumer, "a")), facts()), "");
  EXPECT_EQ(refusal(pass(kConsumer + ":IAMPrincipals"), facts()), "");
  for (const auto& who : {role(kOther, "a"), role(kAccount, "a"), kConsumer, kOther, kOrganization,
                          std::string(kIamAllowedPrincipals), kOther + ":IAMPrincipals"})
    EXPECT_TRUE(has(refusal(pass(who), facts()), "Not authorized to grant permissions for the resource")) << who;
}

TEST(Sharing, AGrantMadeAgainMovesToTheShareItIsMadeWith) {
  auto first = request(kConsumer, "d.t", {Privilege::select});
  auto known = facts();
  known.held = plan_grant(first, known)->put;
  auto again = first;
  again.privileges = {Privilege::describe};
  again.share = kLater;
  auto plan = plan_grant(again, known).value();
  ASSERT_EQ(plan.erase.size(), 1u);
  EXPECT_EQ(plan.erase[0].share, kShare);
  EXPECT_EQ(plan.put.at(0).share, kLater);
  EXPECT_EQ(plan.put[0].privileges, (PrivilegeSet{Privilege::select, Privilege::describe}));
  EXPECT_EQ(plan_revoke(first, known)->erase.at(0).share, kShare) << "revoking finds it in whatever share";
}

TEST(Sharing, AChosenVersionStaysAndIsNeverLowered) {
  auto with = [](const std::string& version) {
    DataLakeSettings out;
    if (!version.empty()) out.parameters[std::string(kCrossAccountVersion)] = version;
    return out;
  };
  EXPECT_EQ(DataLakeSettings().cross_account_version(), 4);
  EXPECT_EQ(checked(with("2"), with(""))->cross_account_version(), 2) << "nothing was chosen yet";
  EXPECT_EQ(checked(with("5"), with("3"))->cross_account_version(), 5);
  EXPECT_EQ(checked(with(""), with("3"))->cross_account_version(), 3);
  EXPECT_TRUE(has(checked(with("3"), with("4")).error().says, "cannot be lowered"));
  for (const char* wrong : {"0", "6", "10", "x", " 4"}) EXPECT_FALSE(checked(with(wrong), with("")).ok()) << wrong;
}

TEST(Terms, FoldAndUnfold) {
  for (const auto& terms : {Terms{"a \x1f\x1c\x1d b", "", ""}, Terms{"", kShare, ""}, Terms{"", "", kConsumer},
                            Terms{"x", "", kConsumer}, Terms{"x", kShare, kConsumer}}) {
    auto text = folded("P", terms);
    EXPECT_EQ(terms_at(text), 1u);
    EXPECT_EQ(unfolded(text).principal, "P");
    EXPECT_EQ(unfolded(text).terms, terms);
  }
  EXPECT_EQ(folded("P", {}), "P");
  EXPECT_TRUE(unfolded("P").terms.empty());
}

// --- decisions over records

class Shared : public testing::Test {
 protected:
  Shared() { scenario::add_columns(facts_, "a:bigint,b:string", false); }

  void write(const std::function<base::Status(store::Transaction&)>& body) {
    auto status = store::write(store_, body);
    ASSERT_TRUE(status.ok()) << status.error().says << status.error().log;
  }
  // By the owner, to another account.
  void share(const std::string& who, const std::string& what, PrivilegeSet privileges = {Privilege::select},
             bool option = true) {
    auto one = made(who, what, privileges);
    one.share = kShare;
    if (option) one.grant_option = privileges;
    if (option && one.resource.kind == ResourceKind::columns) one.grantable = one.resource.columns;
    write([&](auto& tx) { return put_grant(tx, one); });
  }
  void pass_on(const std::string& who, const std::string& what, PrivilegeSet privileges = {Privilege::select},
               bool option = false) {
    auto one = made(who, what, privileges);
    one.local_to = kConsumer;
    if (option) one.grant_option = privileges;
    write([&](auto& tx) { return put_grant(tx, one); });
  }
  void choose_rows(const std::string& name, const std::string& local_to, const std::string& expression,
                   const std::vector<std::string>& columns = {}) {
    FilterInput input{kAccount, "d", "t", name, columns, {}, expression, false, local_to};
    if (columns.empty()) input.column_names.reset(), input.excluded_columns.emplace();
    auto made = make_filter(input, facts_, "1");
    ASSERT_TRUE(made.ok()) << made.error().says;
    write([&](auto& tx) { return put_filter(tx, *made); });
  }
  void unshare(const std::string& who, const std::string& what) {
    auto one = made(who, what, {Privilege::select});
    one.share = kShare;
    write([&](auto& tx) { return erase_grant(tx, one); });
  }
  void filter(const std::string& name, const std::string& local_to, ColumnSet columns = ColumnSet::all()) {
    DataCellsFilter one{kAccount, "d", "t", name, std::move(columns), true, "", {}, "1", local_to};
    write([&](auto& tx) { return put_filter(tx, one); });
  }

  static Caller caller(bool administrator = false, const std::string& name = "a") {
    Caller out{kConsumer, {role(kConsumer, name), account_iam_principals(kConsumer)}};
    out.received = {{kConsumer, kOrganization}, {kShare}, {kShare}, administrator, false};
    return out;
  }
  Snapshot snapshot() { return load_snapshot(*store_.begin(store::Mode::read).value(), kAccount).value(); }
  Decision ask(const Caller& who, Privilege asked = Privilege::select, const std::string& what = "d.t") {
    auto resource = object(what);
    return decide({who, asked, resource, resource.concerns_table() ? &facts_ : nullptr}, snapshot());
  }
  bool can(const Caller& who, const std::string& what, PrivilegeSet privileges = {Privilege::select}) {
    auto verdict = can_grant({who, object(what), privileges}, snapshot());
    EXPECT_TRUE(verdict.allowed() || has(verdict.says, "Not authorized to grant permissions for the resource"));
    return verdict.allowed();
  }
  size_t records(const std::string& account, const std::string& noun) {
    auto range = store::prefix_range(store::key(kNoun, account, noun));
    return store_.begin(store::Mode::read).value()->scan(range, 1000)->size();
  }

  store::MemoryStore store_;
  TableFacts facts_;

 private:
  static Grant made(const std::string& who, const std::string& what, PrivilegeSet privileges) {
    Grant one;
    one.principal = who;
    one.resource = object(what);
    one.privileges = privileges;
    return one;
  }
};

TEST_F(Shared, MissingNamesTheMissingHalf) {
  auto none = ask(caller());
  EXPECT_FALSE(none.allowed());
  EXPECT_EQ(none.because.at(0).ground, Ground::other_account);
  EXPECT_TRUE(has(none.missing, "account " + kAccount + " does not share SELECT")) << none.missing;
  share(kConsumer, "d.t");
  auto half = ask(caller());
  EXPECT_FALSE(half.allowed());
  EXPECT_TRUE(
      has(half.missing, "grant SELECT on table d.t to " + role(kConsumer, "a") + " inside account " + kConsumer));
  EXPECT_EQ(half.because.at(0).share, kShare);
  pass_on(role(kConsumer, "a"), "d.t");
  EXPECT_TRUE(ask(caller()).allowed()) << explain_text(ask(caller()), {});
  EXPECT_EQ(ask(caller()).because.at(0).side, Side::shared_with_account);
  EXPECT_EQ(ask(caller()).because.at(1).side, Side::inside_account);
}

TEST_F(Shared, WhatIsGrantedInsideAloneGivesNothing) {
  pass_on(role(kConsumer, "a"), "d.t", {Privilege::all});
  auto decision = ask(caller());
  EXPECT_FALSE(decision.allowed());
  EXPECT_EQ(decision.because.at(0).ground, Ground::set_aside);
  EXPECT_FALSE(Visibility(caller(), snapshot()).table("d", "t"));
}

TEST_F(Shared, AShareThatIsNotInForceGivesNothingAndIsNamed) {
  share(kConsumer, "d.t");
  pass_on(role(kConsumer, "a"), "d.t");
  auto pending = caller();
  pending.received.shares = {kLater};  // what the caller itself has joined is not its account's
  auto decision = ask(pending);
  EXPECT_FALSE(decision.allowed());
  EXPECT_TRUE(has(explain_text(decision, {}), "not in force")) << explain_text(decision, {});
  EXPECT_FALSE(Visibility(pending, snapshot()).database("d"));
}

TEST_F(Shared, AShareInForceForOneIsNotInForceForTheOther) {
  share(kConsumer, "d.t(a)");
  share(role(kConsumer, "a"), "d.t(b)");
  pass_on(role(kConsumer, "a"), "d.t");
  auto shown = [&](bool account, bool itself) {
    auto who = caller();
    if (!account) who.received.shares.clear();
    if (!itself) who.received.own_shares.clear();
    std::string out;
    for (const auto& column : ask(who).view.columns) out += column.name;
    return out;
  };
  EXPECT_EQ(shown(true, true), "ab");
  EXPECT_EQ(shown(true, false), "a");
  EXPECT_EQ(shown(false, true), "b");
  EXPECT_EQ(shown(false, false), "");
  auto pending = caller(true);
  pending.received.shares.clear();
  EXPECT_FALSE(can(pending, "d.t(a)")) << "the role's own share is not the account's to pass on";
}

TEST_F(Shared, AnAccountsFilterChoosesRowsOnlyByWhatTheAccountStillSees) {
  share(kConsumer, "d.t");
  choose_rows("mine", kConsumer, "b = 'x'", {"a"});
  pass_on(role(kConsumer, "a"), "filter mine on d.t");
  EXPECT_TRUE(ask(caller()).allowed()) << explain_text(ask(caller()), {});
  unshare(kConsumer, "d.t");
  share(kConsumer, "d.t(a)");
  auto decision = ask(caller());
  EXPECT_FALSE(decision.allowed());
  EXPECT_TRUE(decision.view.columns.empty());
  EXPECT_TRUE(has(explain_text(decision, {}), "it chooses rows by b")) << explain_text(decision, {});
  pass_on(role(kConsumer, "a"), "d.t(a)");
  EXPECT_TRUE(ask(caller()).view.all_rows) << "other sources stay";
  share(role(kConsumer, "a"), "d.t(b)");
  EXPECT_EQ(ask(caller()).because.back().ground, Ground::set_aside) << "what came to the caller is not the account's";
}

TEST_F(Shared, AColumnThatIsHiddenInSomeRowsChoosesNone) {
  choose_rows("some", "", "a = 1");
  choose_rows("others", "", "a = 2", {"a"});
  choose_rows("mine", kConsumer, "b = 'x'");
  pass_on(role(kConsumer, "a"), "filter mine on d.t");
  share(kConsumer, "filter some on d.t");
  EXPECT_TRUE(ask(caller()).allowed()) << "b is seen in every row that came";
  share(kConsumer, "filter others on d.t");
  EXPECT_FALSE(ask(caller()).allowed());
}

TEST_F(Shared, TheOwnersFilterChoosesRowsByAnythingWhereItCame) {
  choose_rows("theirs", "", "b = 'x'", {"a"});
  share(kConsumer, "filter theirs on d.t");
  pass_on(role(kConsumer, "a"), "filter theirs on d.t");
  EXPECT_TRUE(ask(caller()).allowed()) << explain_text(ask(caller()), {});
  unshare(kConsumer, "filter theirs on d.t");
  share(kConsumer, "d.t(a)");
  auto decision = ask(caller());
  EXPECT_FALSE(decision.allowed()) << "its rows did not come: they are all shown, and these would tell about b";
  EXPECT_FALSE(has(explain_text(decision, {}), "by b")) << "nor is told by what it chooses";
}

TEST_F(Shared, AFieldThatIsNotSeenChoosesNoRows) {
  facts_.columns.push_back({"s", "struct<x:string,y:string>", false});
  choose_rows("by x", kConsumer, "s.x = 'u'", {"a"});
  choose_rows("by y", kConsumer, "s.y = 'u'", {"a"});
  choose_rows("theirs", "", "a = 1", {"a", "\"s\".\"x\""});
  share(kConsumer, "filter theirs on d.t");
  pass_on(role(kConsumer, "a"), "filter by y on d.t");
  EXPECT_FALSE(ask(caller()).allowed());
  pass_on(role(kConsumer, "a"), "filter by x on d.t");
  EXPECT_TRUE(ask(caller()).allowed()) << explain_text(ask(caller()), {});
  share(kConsumer, "d.t(s)");
  unshare(kConsumer, "filter theirs on d.t");
  pass_on(role(kConsumer, "a"), "d.t(s)");
  EXPECT_EQ(ask(caller()).because.size(), 4u);
  for (const auto& because : ask(caller()).because) EXPECT_NE(because.ground, Ground::set_aside) << because.detail;
}

TEST_F(Shared, ADirectShareCountsAloneAndOnlyForItsPrincipal) {
  share(role(kConsumer, "a"), "d.t(a)");
  EXPECT_TRUE(ask(caller()).allowed());
  EXPECT_EQ(ask(caller()).because.at(0).side, Side::shared_with_caller);
  EXPECT_FALSE(ask(caller(true, "b")).allowed()) << "not even for the administrator";
  EXPECT_FALSE(Visibility(caller(true, "b"), snapshot()).table("d", "t"));
  EXPECT_FALSE(can(caller(true, "b"), "d.t(a)"));
  EXPECT_FALSE(can(caller(), "d.t(a)")) << "what came directly is not passed on";
}

TEST_F(Shared, TheOwnersHybridAccessAdministratorsAndPeopleAreNotForOthers) {
  Grant open;
  open.principal = kIamAllowedPrincipals;
  open.resource = object("d.t");
  open.privileges = {Privilege::all};
  DataLakeSettings settings;
  settings.admins = {role(kConsumer, "a")};
  write([&](auto& tx) -> base::Status {
    WEIR_CHECK_OK(put_grant(tx, open));
    open.principal = role(kConsumer, "a");
    WEIR_CHECK_OK(put_grant(tx, open));
    return put_settings(tx, kAccount, settings);
  });
  EXPECT_FALSE(ask(caller(), Privilege::describe).allowed());
  EXPECT_FALSE(Visibility(caller(), snapshot()).table("d", "t"));
  EXPECT_FALSE(can(caller(), "d.t"));
}

TEST_F(Shared, AdministratorsOfTheAccountSeeWhatCameToItAndNoMore) {
  share(kConsumer, "d.t(a)");
  auto decision = ask(caller(true), Privilege::describe);
  EXPECT_TRUE(decision.allowed());
  EXPECT_FALSE(decision.full_schema);
  EXPECT_TRUE(decision.described.contains("a") && !decision.described.contains("b"));
  EXPECT_FALSE(ask(caller(true)).allowed()) << "administration alone never shows data";
  EXPECT_TRUE(ask(caller(true), Privilege::describe, "database d").allowed());
  EXPECT_FALSE(ask(caller(true), Privilege::describe, "database e").allowed());
  EXPECT_TRUE(Visibility(caller(true), snapshot()).table("d", "t"));
  EXPECT_FALSE(Visibility(caller(true), snapshot()).table("d", "u"));
  EXPECT_FALSE(Visibility(caller(), snapshot()).database("d")) << "nobody else before something is granted inside";
}

TEST_F(Shared, ASharedTableMakesItsDatabaseVisibleByName) {
  share(kConsumer, "d.t");
  pass_on(role(kConsumer, "a"), "d.t");
  EXPECT_TRUE(Visibility(caller(), snapshot()).database("d"));
  EXPECT_TRUE(ask(caller(), Privilege::describe, "database d").allowed());
  EXPECT_FALSE(ask(caller(), Privilege::create_table, "database d").allowed());
}

TEST_F(Shared, PrivilegesOfBothSidesMeetWithAllSpelledOut) {
  share(kConsumer, "d.t", {Privilege::all});
  pass_on(role(kConsumer, "a"), "d.t", {Privilege::select, Privilege::insert});
  EXPECT_TRUE(ask(caller(), Privilege::insert).allowed());
  EXPECT_FALSE(ask(caller(), Privilege::drop).allowed());
  EXPECT_FALSE(ask(caller()).held.has(Privilege::all));
}

TEST_F(Shared, OnlyWhatCameWithGrantOptionIsPassedOn) {
  share(kConsumer, "d.t", {Privilege::select}, false);
  share(kConsumer, "d.u", {Privilege::select, Privilege::insert});
  EXPECT_FALSE(can(caller(true), "d.t"));
  EXPECT_TRUE(can(caller(true), "d.u"));
  EXPECT_TRUE(can(caller(true), "d.u(a,b)"));
  EXPECT_FALSE(can(caller(true), "d.u", {Privilege::select, Privilege::describe}));
  EXPECT_FALSE(can(caller(true), "d.*"));
  EXPECT_FALSE(can(caller(), "d.u")) << "others need it inside the account, too";
  pass_on(role(kConsumer, "a"), "d.u", {Privilege::select, Privilege::insert}, true);
  EXPECT_TRUE(can(caller(), "d.u"));
  pass_on(role(kConsumer, "a"), "d.t", {Privilege::select}, true);
  EXPECT_FALSE(can(caller(), "d.t")) << "never more than came with option";
}

TEST_F(Shared, WhatIsPassedOnStaysWithinTheColumnsThatCame) {
  share(kConsumer, "d.t(a)");
  filter("narrow", kConsumer, ColumnSet::only({"a"}));
  filter("wide", kConsumer);
  EXPECT_TRUE(can(caller(true), "d.t(a)"));
  EXPECT_TRUE(can(caller(true), "filter narrow on d.t"));
  for (const char* wider : {"d.t", "d.t(a,b)", "d.t(* - b)", "d.t(b)", "filter wide on d.t", "filter gone on d.t"})
    EXPECT_FALSE(can(caller(true), wider)) << wider;
}

TEST_F(Shared, AFilterThatCameIsPassedOnAndNarrowed) {
  filter("f", "", ColumnSet::only({"a"}));
  filter("secret", "");
  filter("mine", kConsumer, ColumnSet::only({"a"}));
  share(kConsumer, "filter f on d.t");
  EXPECT_TRUE(can(caller(true), "filter f on d.t"));
  EXPECT_TRUE(can(caller(true), "filter mine on d.t"));
  EXPECT_TRUE(can(caller(true), "d.t(a)"));
  EXPECT_FALSE(can(caller(true), "filter secret on d.t"));
  pass_on(role(kConsumer, "a"), "filter secret on d.t");
  auto decision = ask(caller());
  ASSERT_TRUE(decision.allowed()) << "what got there nevertheless is bounded when it is read";
  EXPECT_EQ(decision.view.columns.size(), 1u);
}

TEST_F(Shared, AnAdministratorTakesAwayWhatIsHeldInsideThoughTheShareIsGone) {
  GrantQuestion question{caller(true), object("d.t"), {Privilege::select}, true};
  question.caller.received.shares.clear();
  question.caller.received.own_shares.clear();
  EXPECT_TRUE(can_grant(question, snapshot()).allowed());
  question.caller.received.administrator = false;
  EXPECT_FALSE(can_grant(question, snapshot()).allowed());
}

TEST_F(Shared, FiltersOfTwoAccountsMayHaveOneName) {
  filter("f", "");
  filter("f", kConsumer, ColumnSet::only({"a"}));
  share(kConsumer, "filter f on d.t");
  pass_on(role(kConsumer, "a"), "filter f on d.t");
  auto decision = ask(caller());
  ASSERT_EQ(decision.view.columns.size(), 1u) << explain_text(decision, {});
  auto tx = store_.begin(store::Mode::read).value();
  EXPECT_EQ(list_filters(*tx, kConsumer, object("d.t"), "", 10)->items.size(), 1u);
  EXPECT_EQ(list_filters(*tx, kConsumer, {}, "", 10)->items.size(), 1u);
  EXPECT_EQ(list_filters(*tx, kAccount, object("d.t"), "", 10)->items.size(), 1u);
}

TEST_F(Shared, WhatIsPassedOnIsListedWhereItWasPassedOn) {
  share(kConsumer, "d.t");
  pass_on(role(kConsumer, "a"), "d.t");
  auto tx = store_.begin(store::Mode::read).value();
  auto inside = list_grants(*tx, kConsumer, {}, "", 10)->items;
  ASSERT_EQ(inside.size(), 1u);
  EXPECT_EQ(inside[0].local_to, kConsumer);
  EXPECT_EQ(list_grants(*tx, kConsumer, {{}, object("d.t"), false}, "", 10)->items, inside);
  auto shared = list_grants(*tx, kAccount, {{}, object("d.t"), false}, "", 10)->items;
  ASSERT_EQ(shared.size(), 1u);
  EXPECT_EQ(shared[0].share, kShare);
  EXPECT_EQ(list_grants(*tx, kAccount, {kConsumer, object("d.t"), false}, "", 10)->items, shared);
  EXPECT_EQ(grants_around(*tx, kConsumer, object("d.t"))->size(), 1u);
  EXPECT_EQ(grants_around(*tx, role(kConsumer, "a"), object("d.t"), "", kConsumer)->size(), 1u);
  EXPECT_TRUE(grants_around(*tx, role(kConsumer, "a"), object("d.t"))->empty());
  EXPECT_EQ(concerned(grant_key(inside[0])).value(), kAccount);
  EXPECT_EQ(concerned(grant_key(shared[0])).value(), kAccount);
}

TEST_F(Shared, DroppingATableOrDatabaseTakesAwayWhatWasPassedOn) {
  for (const char* dropped : {"d.t", "database d"}) {
    share(kConsumer, "d.t");
    filter("mine", kConsumer);
    pass_on(role(kConsumer, "a"), "d.t");
    pass_on(role(kConsumer, "a"), "filter mine on d.t");
    write([&](auto& tx) { return forget(tx, object(dropped)); });
    for (const char* noun : {"grant", "grant_on", "filter_inside"}) {
      EXPECT_EQ(records(kConsumer, noun), 0u) << noun;
      EXPECT_EQ(records(kAccount, noun), 0u) << noun;
    }
    EXPECT_EQ(snapshot().grant_count(), 0u);
  }
}

TEST_F(Shared, AFilterTakesTheGrantsOnItAlongInEveryAccountThatMeansIt) {
  filter("f", "");
  pass_on(role(kConsumer, "a"), "filter f on d.t");
  write([&](auto& tx) { return erase_filter(tx, object("filter f on d.t")); });
  EXPECT_EQ(records(kConsumer, "grant"), 0u) << "a namesake of the account must not inherit it";
  filter("f", "");
  filter("f", kConsumer);
  pass_on(role(kConsumer, "a"), "filter f on d.t");
  write([&](auto& tx) { return erase_filter(tx, object("filter f on d.t")); });
  EXPECT_EQ(records(kConsumer, "grant"), 1u) << "it means the account's own";
  write([&](auto& tx) { return erase_filter(tx, object("filter f on d.t"), kConsumer); });
  EXPECT_EQ(records(kConsumer, "grant"), 0u);
}

TEST_F(Shared, AForgedRecordOfAnotherAccountIsNotTaken) {
  Snapshot one(kAccount);
  Grant grant;
  grant.principal = role(kAccount, "a");
  grant.resource = object("d.t");
  grant.privileges = {Privilege::all};
  auto key = grant_key(kConsumer, grant.principal, grant.resource);
  EXPECT_FALSE(one.apply(key, base::encode_record(grant)).ok()) << "the key says where it was made";
  grant.local_to = kConsumer;
  ASSERT_TRUE(one.apply(key, base::encode_record(grant)).ok());
  Question question{{kAccount, {grant.principal}}, Privilege::select, grant.resource, &facts_};
  EXPECT_FALSE(decide(question, one).allowed()) << "inside the other account it counts, and nowhere else";
}

}  // namespace
}  // namespace weir::permissions
