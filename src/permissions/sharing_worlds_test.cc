// Random small worlds of three accounts, by a fixed list of seeds: what decide() says to callers of other accounts
// agrees with 2.9 step 7 and 3.4 read slowly from plain lists. One owner shares with two accounts, their organization, a
// unit of it and their roles; both accounts pass on, with filters of their own; some shares are in force and some not.
#include <gtest/gtest.h>

#include <map>

#include "permissions/explain.h"
#include "permissions/plain_cells.h"
#include "permissions/records.h"
#include "permissions/sharing.h"
#include "permissions/tag_records.h"
#include "permissions/visibility.h"

namespace weir::permissions {
namespace {

using plain::Answer;
using plain::cells;
using plain::Row;
using scenario::kAccount;
using Names = std::set<std::string>;

const std::vector<std::string> kRecipients = {"222222222222", "333333333333"};
const std::string kOrganization = "arn:aws:organizations::999999999999:organization/o-abc";
const std::string kUnit = "arn:aws:organizations::999999999999:ou/o-abc/ou-x";
const std::string kCleared = "context.iam.principalTags.hasTag(\"cleared\")";
const std::vector<std::string> kShares = {"arn:aws:ram:r:111122223333:resource-share/1",
                                          "arn:aws:ram:r:111122223333:resource-share/2",
                                          "arn:aws:ram:r:111122223333:resource-share/3"};
const std::vector<std::string> kObjects = {"d.t",
                                           "d.u",
                                           "e.t",
                                           "d.*",
                                           "database d",
                                           "database e",
                                           "d.t(a,b)",
                                           "d.t(b,c)",
                                           "d.u(* - c)",
                                           "filter f on d.t",
                                           "filter g on d.t",
                                           "tables with k=v",
                                           "tables with m=w",
                                           "databases with k=v",
                                           "tag k=v",
                                           "tag k=*"};
const std::vector<std::string> kPlaces = {"database d", "d.t", "d.u", "e.t", "d.t(a)", "d.t(b)", "d.u(c)"};

std::string role(const std::string& account, const std::string& name) {
  return "arn:aws:iam::" + account + ":role/" + name;
}

class World {
 public:
  explicit World(unsigned seed) : draw(seed) {
    lake.account = kAccount;
    for (const char* key : {"k", "m"}) {
      LfTag tag{key, {"v", "w"}, "", {}};
      lake.tags.push_back(tag);
      put(tag_record_key(kAccount, key), base::encode_record(tag));
    }
  }

  void change() {
    switch (draw.below(10)) {
      case 0: return assign();
      case 1:
      case 2: return filter();
      case 3: return everybody();
      case 4:
      case 5:
      case 6: return pass_on();
      default: return share();
    }
  }

  Snapshot loaded() {
    std::vector<std::pair<std::string, std::string>> entries(store.begin(), store.end());
    std::shuffle(entries.begin(), entries.end(), draw.engine);
    Snapshot out(kAccount);
    for (const auto& [key, value] : entries) EXPECT_TRUE(out.apply(key, value).ok());
    return out;
  }

  std::vector<Caller> callers() {
    std::vector<Caller> out;
    for (const auto& account : kRecipients)
      for (const char* name : {"a", "b"}) {
        Caller caller{account, {role(account, name), account_iam_principals(account)}};
        if (draw.chance(50)) caller.tags = {{"cleared", "1"}};
        if (draw.chance(90)) caller.received.as = {account};
        for (const auto& above : {kOrganization, kUnit})
          if (draw.chance(60)) caller.received.as.push_back(above);
        for (const auto& share : kShares)
          if (draw.chance(70)) caller.received.shares.push_back(share);
        for (const auto& share : kShares)
          if (draw.chance(70)) caller.received.own_shares.push_back(share);
        caller.received.administrator = draw.chance(20);
        caller.received.read_only_administrator = draw.chance(10);
        out.push_back(std::move(caller));
      }
    return out;
  }

  plain::Draw draw;
  plain::Lake lake;  // grants by anybody, with their terms; filters by anybody
  Snapshot followed{kAccount};
  std::map<std::string, std::string> store;
  const std::map<std::string, TableFacts> facts = plain::tables();

 private:
  void put(const std::string& key, std::optional<std::string> value) {
    ASSERT_EQ(concerned(key).value(), kAccount);
    auto status = followed.apply(key, value);
    ASSERT_TRUE(status.ok()) << status.error().log;
    value ? void(store[key] = *value) : void(store.erase(key));
  }
  void put(const Grant& one, bool there) {
    auto key = grant_key(one);
    std::erase_if(lake.grants, [&](const auto& other) { return grant_key(other) == key; });
    if (there) lake.grants.push_back(one);
    put(key, there ? std::optional(base::encode_record(one)) : std::nullopt);
  }

  void assign() {
    plain::Assigned one{scenario::tag_place(draw.one_of(kPlaces)), draw.chance(50) ? "k" : "m",
                        draw.chance(50) ? "v" : "w"};
    bool there = draw.chance(65);
    std::erase_if(lake.assigned, [&](const auto& o) { return o.place == one.place && o.key == one.key; });
    if (there) lake.assigned.push_back(one);
    TagAssignment record{one.key, one.value, {}, ""};
    put(tag_at_key(kAccount, one.place, one.key), there ? std::optional(base::encode_record(record)) : std::nullopt);
  }

  // The owner's, or one of an account's own, maybe of the same name.
  void filter() {
    plain::Filter one;
    one.record = {kAccount, "d", "t", draw.chance(50) ? "f" : "g", ColumnSet::all(), false, "", {}, "1"};
    if (draw.chance(50)) one.record.columns = ColumnSet::only({draw.chance(50) ? "a" : "b", "c"});
    if (draw.chance(60)) one.record.local_to = draw.one_of(kRecipients);
    if (draw.chance(50)) {
      one.record.row_expression = "b = 'x'";
      one.record.row_columns = {{"b", "string", false}};
      one.shows = [](const Row& row) { return row[1] == "x"; };
    } else {
      one.record.row_expression = "p = '1'";
      one.record.row_columns = {{"p", "string", true}};
      one.shows = [](const Row& row) { return row[3] == "1"; };
    }
    auto key = filter_key(one.record);
    bool there = draw.chance(75);
    std::erase_if(lake.filters, [&](const auto& other) { return filter_key(other.record) == key; });
    if (there) lake.filters.push_back(one);
    put(key, there ? std::optional(base::encode_record(one.record)) : std::nullopt);
  }

  PrivilegeSet privileges(const Resource& resource) {
    if (resource.kind == ResourceKind::columns || resource.kind == ResourceKind::data_cells_filter)
      return {Privilege::select};
    PrivilegeSet out;
    for (auto privilege : valid_at(resource.level()).list())
      if (draw.chance(privilege == Privilege::select ? 60 : 30)) out.insert(privilege);
    return out;
  }
  Grant drawn() {
    Grant one;
    one.resource = scenario::object(draw.one_of(kObjects)).value();
    one.privileges = privileges(one.resource);
    return one;
  }
  // To the owner's own people: nothing of it is for others.
  void everybody() {
    auto one = drawn();
    one.principal = draw.chance(50) ? std::string(kIamAllowedPrincipals) : role(kAccount, "a");
    one.privileges = {Privilege::all};
    bool whole = one.resource.kind == ResourceKind::table || one.resource.kind == ResourceKind::all_tables ||
                 one.resource.kind == ResourceKind::database;
    if (whole) put(one, draw.chance(60));
  }
  void share() {
    auto one = drawn();
    std::vector<std::string> to = kRecipients;
    to.insert(to.end(), {kOrganization, kUnit, role(kRecipients[0], "a"), role(kRecipients[1], "b")});
    one.principal = draw.one_of(to);
    one.share = draw.one_of(kShares);
    if (!one.privileges.empty()) put(one, draw.chance(70));
  }
  void pass_on() {
    auto one = drawn();
    one.local_to = draw.one_of(kRecipients);
    one.principal =
        draw.chance(25) ? account_iam_principals(one.local_to) : role(one.local_to, draw.chance(50) ? "a" : "b");
    if (draw.chance(25)) one.condition = kCleared;
    if (!one.privileges.empty()) put(one, draw.chance(75));
  }
};

// What only one side grants, as a lake of one account in which the caller is "me".
plain::Lake side(const World& world, const Caller& caller, Side which) {
  auto has = [](const std::vector<std::string>& list, const std::string& text) {
    return std::find(list.begin(), list.end(), text) != list.end();
  };
  auto counts = [&](const Grant& grant) {
    if (which == Side::inside_account)
      return grant.local_to == caller.account && has(caller.principals, grant.principal) &&
             (grant.condition.empty() || !caller.tags.empty());
    if (which == Side::shared_with_account)
      return has(caller.received.shares, grant.share) && has(caller.received.as, grant.principal);
    return has(caller.received.own_shares, grant.share) && grant.principal == caller.principals.front();
  };
  plain::Lake out = world.lake;
  out.grants.clear();
  for (auto grant : world.lake.grants) {
    if (!counts(grant)) continue;
    bool of_database =
        grant.resource.level() == Level::database || grant.resource.level() == Level::tag_policy_database;
    if (which != Side::inside_account && of_database)
      grant.privileges = grant.privileges - PrivilegeSet{Privilege::all, Privilege::drop};
    grant.principal = "me";
    grant.condition.clear();
    out.grants.push_back(std::move(grant));
  }
  auto maker = which == Side::inside_account ? caller.account : "";
  std::erase_if(out.filters,
                [&](const auto& one) { return !one.record.local_to.empty() && one.record.local_to != maker; });
  // A name is the account's own filter, where it has one.
  auto all = out.filters;
  std::erase_if(out.filters, [&](const auto& one) {
    return one.record.local_to.empty() && std::any_of(all.begin(), all.end(), [&](const auto& other) {
             return !other.record.local_to.empty() && other.record.name == one.record.name;
           });
  });
  return out;
}

plain::Asking asking_as_me(const plain::Lake& lake) {
  static const Caller me{kAccount, {"me"}};
  return {lake, me, [](const auto&) { return true; }};
}

// 3.4: rows are chosen inside an account by what the account sees in every row that it sees, or by a filter that came.
bool may_choose_rows(const plain::Filter& filter, const plain::Lake& account, const World& world) {
  const auto& record = filter.record;
  auto came = [&](const Grant& grant) {
    return grant.resource.kind == ResourceKind::data_cells_filter && grant.resource.filter == record.name;
  };
  if (record.local_to.empty() && std::any_of(account.grants.begin(), account.grants.end(), came)) return true;
  auto seen = asking_as_me(account).table({record.database, record.table, &world.facts.at("d.t")});
  auto rows = plain::all_rows();
  return std::all_of(record.row_columns.begin(), record.row_columns.end(), [&](const auto& column) {
    return seen.columns.contains(column.name) && std::all_of(rows.begin(), rows.end(), [&](const Row& row) {
             return !seen.row(row) || seen.cell(row, column.name);
           });
  });
}

struct Sides {
  plain::Lake direct, account, inside;
  Sides(const World& world, const Caller& caller)
      : direct(side(world, caller, Side::shared_with_caller)),
        account(side(world, caller, Side::shared_with_account)),
        inside(side(world, caller, Side::inside_account)) {
    for (auto& filter : inside.filters) filter.closed |= !may_choose_rows(filter, account, world);
  }

  // ask(Asking) of each.
  template <class Ask>
  auto each(Ask&& ask) const {
    auto of = [&](const plain::Lake& lake) { return ask(asking_as_me(lake)); };
    return std::tuple(of(direct), of(account), of(inside));
  }
};

Names both(const Names& a, const Names& b) {
  Names out;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::inserter(out, out.end()));
  return out;
}
void add(Names& to, const Names& more) { to.insert(more.begin(), more.end()); }

Names columns_of(const TableFacts& facts, bool keys) {
  Names out;
  for (const auto& column : facts.columns)
    if (keys || !column.partition_key) out.insert(column.name);
  return out;
}

Names told(const Answer& answer, const TableFacts& facts) {
  auto out = answer.full_schema ? columns_of(facts, true) : answer.described;
  add(out, answer.columns);
  return out;
}
Names told(const Decision& decision, const TableFacts& facts) {
  auto out = decision.full_schema ? columns_of(facts, true) : plain::described(decision, facts);
  add(out, plain::names_of(decision.view));
  return out;
}

bool administers(const Caller& caller) {
  return caller.received.administrator || caller.received.read_only_administrator;
}

// What a caller of another account has of a table, by the text of 2.9 step 7.
struct Expected {
  PrivilegeSet held;
  Names data, cells, told;

  Expected(const World& world, const Caller& caller, const std::string& name) {
    const auto& facts = world.facts.at(name);
    auto [database, table] = scenario::cut(name, ".");
    auto [d, a, l] = Sides(world, caller).each([&, &db = database, &t = table](const auto& asking) {
      return asking.table({db, t, &facts});
    });
    bool sees = administers(caller) && !a.held.empty();
    held = d.held | (a.held & l.held);
    if (sees) held.insert(Privilege::describe);
    told = both(permissions::told(a, facts), permissions::told(l, facts));
    add(told, permissions::told(d, facts));
    if (sees) add(told, permissions::told(a, facts));
    data = both(d.columns, columns_of(facts, false));
    add(data, both(both(a.columns, l.columns), columns_of(facts, false)));
    auto rows = plain::all_rows();
    for (size_t i = 0; i < rows.size(); ++i) {
      bool any = false;
      for (const auto& column : data) {
        bool shown = cell(d, rows[i], column) || (cell(a, rows[i], column) && cell(l, rows[i], column));
        if (shown) cells.insert(std::to_string(i) + column);
        any |= shown;
      }
      if (any) cells.insert(std::to_string(i) + "p");
    }
  }
  static bool cell(const Answer& answer, const Row& row, const std::string& column) {
    return answer.columns.count(column) > 0 && answer.row(row) && answer.cell(row, column);
  }
};

Decision ask(const World& world, const Snapshot& snapshot, const Caller& caller, const std::string& name,
             Privilege asked) {
  auto [database, table] = scenario::cut(name, ".");
  return decide({caller, asked, Resource::of_table(kAccount, database, table).value(), &world.facts.at(name)},
                snapshot);
}

void expect_table_agrees(const World& world, const Snapshot& snapshot, const Caller& caller, const std::string& name) {
  const auto& facts = world.facts.at(name);
  auto [database, table] = scenario::cut(name, ".");
  Expected expected(world, caller, name);
  for (auto asked : valid_at(Level::table).list()) {
    auto decision = ask(world, snapshot, caller, name, asked);
    bool allowed = expected.held.has(asked) && (asked != Privilege::select || !expected.data.empty());
    ASSERT_EQ(decision.allowed(), allowed) << name_of(asked) << "\n" << explain_text(decision, {});
    ASSERT_EQ(closure(decision.held, Level::table), expected.held) << explain_text(decision, {});
    ASSERT_EQ(told(decision, facts), expected.told) << explain_text(decision, {});
    bool changes = asked != Privilege::select && asked != Privilege::describe;
    ASSERT_TRUE(decision.full_schema || !changes || !decision.allowed()) << explain_text(decision, {});
    ASSERT_FALSE(decision.own_data_access);
    ASSERT_EQ(decision.missing.empty(), decision.allowed());
  }
  auto decision = ask(world, snapshot, caller, name, Privilege::select);
  ASSERT_EQ(cells(decision, facts), expected.cells) << explain_text(decision, {});
  ASSERT_EQ(both(plain::names_of(decision.view), columns_of(facts, false)), expected.data);
  Visibility visible(caller, snapshot);
  bool describes = expected.held.has(Privilege::describe);
  ASSERT_TRUE(visible.table(database, table, facts.place) || !describes) << name;
  ASSERT_TRUE(visible.may_show(visible.tables_of(database), table) || !describes) << name;
  ASSERT_TRUE(visible.database(database) || !describes) << name;
}

void expect_rest_agrees(const World& world, const Snapshot& snapshot, const Caller& caller) {
  Sides sides(world, caller);
  Visibility visible(caller, snapshot);
  auto expected = [&](const auto& of) {
    auto [d, a, l] = sides.each(of);
    auto out = d | (a & l);
    if (administers(caller) && !a.empty()) out.insert(Privilege::describe);
    return out;
  };
  for (const char* name : {"d", "e"}) {
    auto held = expected([&](const auto& asking) { return asking.database(name); });
    for (auto asked : valid_at(Level::database).list()) {
      auto decision = decide({caller, asked, Resource::of_database(kAccount, name).value()}, snapshot);
      ASSERT_EQ(decision.allowed(), held.has(asked)) << name << name_of(asked) << "\n" << explain_text(decision, {});
    }
    ASSERT_TRUE(visible.database(name) || !held.has(Privilege::describe)) << name;
  }
  for (auto [key, value] : {std::pair{"k", "v"}, {"k", "*"}}) {
    auto resource = Resource::of_tag(kAccount, key, value).value();
    auto crossing = shareable(resource.level());
    auto [d, a, l] = sides.each([&, &k = key, &v = value](const auto& asking) { return asking.tag(k, v); });
    for (auto asked : crossing.list()) {
      bool describe = asked == Privilege::describe;
      bool allowed = (d & crossing).has(asked) || ((a & crossing).has(asked) && l.has(asked)) ||
                     (describe && administers(caller) && !(a & crossing).empty());
      // DESCRIBE that only what does not cross would imply is not there to be had.
      auto decision = decide({caller, asked, resource}, snapshot);
      ASSERT_TRUE(describe || decision.allowed() == allowed) << key << value << explain_text(decision, {});
      ASSERT_TRUE(!decision.allowed() || (allowed && visible.tag(key, value))) << explain_text(decision, {});
    }
    for (auto asked : (valid_at(resource.level()) - crossing).list())
      ASSERT_FALSE(decide({caller, asked, resource}, snapshot).allowed()) << name_of(asked);
  }
}

void expect_agrees(World& world, const Snapshot& snapshot, const std::vector<Caller>& callers) {
  for (const auto& caller : callers) {
    SCOPED_TRACE(caller.principals.front());
    for (const auto& [name, facts] : world.facts) {
      SCOPED_TRACE(name);
      expect_table_agrees(world, snapshot, caller, name);
      if (testing::Test::HasFatalFailure()) return;
    }
    expect_rest_agrees(world, snapshot, caller);
    if (testing::Test::HasFatalFailure()) return;
  }
}

TEST(SharingWorlds, AgreeWithTheRulesReadSlowly) {
  for (unsigned seed = 1; seed <= 1500; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    World world(seed);
    for (unsigned i = 0, n = 5 + world.draw.below(80); i < n; ++i) world.change();
    expect_agrees(world, world.followed, world.callers());
    if (HasFatalFailure()) return;
  }
}

TEST(SharingWorlds, FollowedAndLoadedAreTheSameAfterAnyChanges) {
  for (unsigned seed = 1; seed <= 30; ++seed) {
    World world(seed * 7919);
    for (int step = 0; step < 300; ++step) {
      world.change();
      if (step % 25 != 0) continue;
      SCOPED_TRACE("seed " + std::to_string(seed) + " step " + std::to_string(step));
      auto loaded = world.loaded();
      ASSERT_EQ(loaded.grant_count(), world.followed.grant_count());
      auto callers = world.callers();
      expect_agrees(world, world.followed, callers);
      expect_agrees(world, loaded, callers);
      if (HasFatalFailure()) return;
    }
    for (auto left = world.store; const auto& [key, value] : left)
      ASSERT_TRUE(world.followed.apply(key, std::nullopt).ok());
    EXPECT_EQ(world.followed.grant_count(), 0u);
    size_t names = 0;
    world.followed.each_principal([&](std::string_view, const Terms&) { ++names; });
    EXPECT_EQ(names, 0u) << "names are forgotten with the last record";
  }
}

// The owner's word alone bounds what is seen: whatever an account passes on, and whoever administers it.
TEST(SharingWorlds, NobodySeesMoreThanTheOwnerSharedNorMoreWithFewerSharesInForce) {
  auto within = [](const Names& a, const Names& b) { return std::includes(b.begin(), b.end(), a.begin(), a.end()); };
  for (unsigned seed = 1; seed <= 500; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    World world(seed * 104729);
    for (int i = 0; i < 70; ++i) world.change();
    for (auto& caller : world.callers())
      for (const auto& [name, facts] : world.facts) {
        auto [database, table] = scenario::cut(name, ".");
        auto [d, a, l] = Sides(world, caller).each([&, &db = database, &t = table, &f = facts](const auto& asking) {
          return cells(asking.table({db, t, &f}));
        });
        auto seen = cells(ask(world, world.followed, caller, name, Privilege::select), facts);
        auto shared = d;
        add(shared, a);
        ASSERT_TRUE(within(seen, shared));
        add(l, d);
        ASSERT_TRUE(within(seen, l));
        auto fewer = caller;
        auto& some = world.draw.chance(50) ? fewer.received.shares : fewer.received.own_shares;
        if (!some.empty()) some.pop_back();
        ASSERT_TRUE(within(cells(ask(world, world.followed, fewer, name, Privilege::select), facts), seen));
        fewer.received = {};
        auto nothing = ask(world, world.followed, fewer, name, Privilege::describe);
        ASSERT_TRUE(!nothing.allowed() && nothing.held.empty() && nothing.view.columns.empty());
      }
  }
}

TEST(SharingWorlds, AreNotAllAlike) {
  std::map<std::string, int> seen;
  for (unsigned seed = 1; seed <= 200; ++seed) {
    World world(seed);
    for (int i = 0; i < 60; ++i) world.change();
    for (const auto& caller : world.callers())
      for (const auto& [name, facts] : world.facts) {
        auto decision = ask(world, world.followed, caller, name, Privilege::select);
        for (const auto& because : decision.because)
          if (because.ground != Ground::set_aside) ++seen["side " + std::to_string(static_cast<int>(because.side))];
        for (const auto& because : decision.because)
          for (const char* why : {"not in force", "it chooses rows by", "it did not come"})
            if (because.detail.find(why) != std::string::npos) ++seen[why];
        if (decision.allowed()) ++seen[decision.view.all_rows ? "all rows" : "some rows"];
        if (decision.allowed()) ++seen[decision.view.all_columns ? "all columns" : "some columns"];
        if (!decision.allowed()) ++seen[decision.missing.find("inside account") != std::string::npos ? "half" : "none"];
      }
  }
  for (const char* kind : {"side 1", "side 2", "side 3", "not in force", "it chooses rows by", "it did not come",
                           "all rows", "some rows", "all columns", "some columns", "half", "none"})
    EXPECT_GT(seen[kind], 20) << kind;
}

}  // namespace
}  // namespace weir::permissions
