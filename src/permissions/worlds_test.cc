// Random small worlds, by a fixed list of seeds: the compiled snapshot agrees with the rules read slowly from plain
// lists (plain_lake.h), whatever the order of changes, and taking a tag or a value away never gives anybody anything.
#include <gtest/gtest.h>

#include <map>

#include "permissions/explain.h"
#include "permissions/plain_cells.h"
#include "permissions/records.h"
#include "permissions/scenario_words.h"
#include "permissions/tag_records.h"
#include "permissions/visibility.h"

namespace weir::permissions {
namespace {

using plain::cells;
using plain::described;
using plain::names_of;
using scenario::kAccount;

const std::string kCleared = "context.iam.principalTags.hasTag(\"cleared\")";
const std::string kUnreadable = "no condition at all";
const std::vector<std::string> kWho = {"role/a", "role/b", "role/c", "saml-group/g", "all-principals", "everybody"};
const std::vector<std::string> kCallers = {
    "role/a",   "role/a[cleared=1]", "role/b", "role/c[cleared=1]", "saml-user/u+saml-group/g", "role/b+saml-group/g",
    "everybody"};
const std::vector<std::string> kObjects = {"d.t",
                                           "d.u",
                                           "e.t",
                                           "d.*",
                                           "e.*",
                                           "database d",
                                           "database e",
                                           "d.t(a,b)",
                                           "d.u(* - c)",
                                           "filter f on d.t",
                                           "filter g on d.t",
                                           "filter f on d.u",
                                           "filter broken on d.u",
                                           "tables with k=v",
                                           "tables with k=v,w & m=v",
                                           "tables with m=w",
                                           "tables of expression x",
                                           "tables with m=v,w",
                                           "databases with k=v",
                                           "databases of expression x",
                                           "databases with k=w & m=v",
                                           "tag k=v",
                                           "tag k=*",
                                           "tag m=w"};
const std::vector<std::string> kPlaces = {"database d", "database e", "d.t",    "d.u",    "e.t",    "d.t(a)",
                                          "d.t(b)",     "d.t(c)",     "d.t(p)", "d.u(a)", "d.u(b)", "d.u(c)"};

// A world as plain lists and as the records of a store; every change is made to both.
class World {
 public:
  explicit World(unsigned seed) : draw(seed) { lake.account = kAccount; }

  // One record is put or taken away.
  void change() {
    switch (draw.below(12)) {
      case 0: return tag();
      case 1:
      case 2: return assign();
      case 3: return save();
      case 4: return opt_in();
      case 5: return location();
      case 6: return filter();
      case 7: return draw.chance(20) ? settings() : grant();
      default: return grant();
    }
  }

  void erase_value(const std::string& key, const std::string& value) {
    for (auto& tag : lake.tags) {
      if (tag.key != key) continue;
      std::erase(tag.values, value);
      return put(tag_record_key(kAccount, key), base::encode_record(tag));
    }
  }
  void erase_key(const std::string& key) {
    std::erase_if(lake.tags, [&](const auto& tag) { return tag.key == key; });
    put(tag_record_key(kAccount, key), std::nullopt);
  }

  Snapshot loaded() {
    std::vector<std::pair<std::string, std::string>> entries(store.begin(), store.end());
    std::shuffle(entries.begin(), entries.end(), draw.engine);
    Snapshot out(kAccount);
    for (const auto& [key, value] : entries) EXPECT_TRUE(out.apply(key, value).ok());
    return out;
  }

  plain::Draw draw;
  plain::Lake lake;
  Snapshot followed{kAccount};
  std::map<std::string, std::string> store;
  const std::map<std::string, TableFacts> facts = plain::tables();

 private:
  void put(const std::string& key, std::optional<std::string> value) {
    auto status = followed.apply(key, value);
    ASSERT_TRUE(status.ok()) << status.error().log;
    if (value) {
      store[key] = *value;
    } else {
      store.erase(key);
    }
  }
  // Replaces what `same` finds by `next`, or takes it away.
  template <class T, class Same>
  void replace(std::vector<T>& list, Same&& same, std::optional<T> next) {
    std::erase_if(list, same);
    if (next) list.push_back(std::move(*next));
  }

  void tag() {
    LfTag tag{draw.chance(50) ? "k" : "m", {}, "", {}};
    for (const char* value : {"v", "w"})
      if (draw.chance(80)) tag.values.push_back(value);
    bool there = draw.chance(80);
    replace(
        lake.tags, [&](const auto& one) { return one.key == tag.key; }, there ? std::optional(tag) : std::nullopt);
    put(tag_record_key(kAccount, tag.key), there ? std::optional(base::encode_record(tag)) : std::nullopt);
  }
  void assign() {
    plain::Assigned one{scenario::tag_place(draw.one_of(kPlaces)), draw.chance(50) ? "k" : "m",
                        draw.chance(50) ? "v" : "w"};
    bool there = draw.chance(65);
    replace(
        lake.assigned, [&](const auto& o) { return o.place == one.place && o.key == one.key; },
        there ? std::optional(one) : std::nullopt);
    TagAssignment record{one.key, one.value, {}, ""};
    put(tag_at_key(kAccount, one.place, one.key), there ? std::optional(base::encode_record(record)) : std::nullopt);
  }
  void save() {
    SavedExpression saved{"x", "", scenario::expression(draw.chance(50) ? "k=v" : "m=w & k=v,w").value(), "", {}};
    bool there = draw.chance(70);
    replace(
        lake.saved, [](const auto&) { return true; }, there ? std::optional(saved) : std::nullopt);
    put(tag_expression_key(kAccount, "x"), there ? std::optional(base::encode_record(saved)) : std::nullopt);
  }
  std::string condition() {
    if (draw.chance(75)) return "";
    return draw.chance(90) ? kCleared : kUnreadable;
  }
  void opt_in() {
    static const std::vector<std::string> on = {"d.t", "d.u", "d.*", "database d", "catalog", "database e"};
    OptIn one{scenario::principal(draw.one_of(kWho)), scenario::object(draw.one_of(on)).value(), condition(), {}, {}};
    bool there = draw.chance(50);
    replace(
        lake.opt_ins,
        [&](const auto& o) {
          return o.principal == one.principal && o.resource == one.resource && o.condition == one.condition;
        },
        there ? std::optional(one) : std::nullopt);
    put(opt_in_key(kAccount, one), there ? std::optional(base::encode_record(one)) : std::nullopt);
  }
  void location() {
    Location one;
    auto url = draw.chance(50) ? "s3://lake/h" : "s3://lake/h/deep";
    auto place = names::S3Path::parse(url).value();
    one.resource_arn = "arn:aws:s3:::" + std::string(url).substr(5);
    one.role_arn = scenario::principal("role/lake");
    one.hybrid_access = draw.chance(60);
    one.with_privileged_access = draw.chance(25);
    one.registered_by = scenario::principal(draw.one_of(kWho));
    bool there = draw.chance(70);
    replace(
        lake.locations, [&](const auto& o) { return o.resource_arn == one.resource_arn; },
        there ? std::optional(one) : std::nullopt);
    put(location_key(kAccount, place), there ? std::optional(base::encode_record(one)) : std::nullopt);
  }
  void filter() {
    plain::Filter one;
    one.record = {kAccount, "d", "t", "f", ColumnSet::all(), false, "b = 'x'", {{"b", "string", false}}, "1"};
    one.shows = [](const plain::Row& row) { return row[1] == "x"; };
    auto kind = draw.below(4);
    if (kind == 1) {
      one.record.name = "g";
      one.record.columns = ColumnSet::only({"a"});
      one.record.row_expression = "not (b = 'x')";
      one.shows = [](const plain::Row& row) { return !row[1].empty() && row[1] != "x"; };
    } else if (kind == 2) {
      one.record.table = "u";
      one.record.columns = ColumnSet::all_except({"c"});
      one.record.row_expression = "b is null or p = '1'";
      one.record.row_columns.push_back({"p", "string", true});
      one.shows = [](const plain::Row& row) { return row[1].empty() || row[3] == "1"; };
    } else if (kind == 3) {
      one.record = {kAccount, "d", "u", "broken", ColumnSet::all(), false, "z = 'x'", {{"z", "string", false}}, "1"};
      one.closed = true;
    }
    const auto record = one.record;
    bool there = draw.chance(75);
    replace(
        lake.filters, [&](const auto& o) { return o.record.table == record.table && o.record.name == record.name; },
        there ? std::optional(one) : std::nullopt);
    put(filter_key(kAccount, record.database, record.table, record.name),
        there ? std::optional(base::encode_record(record)) : std::nullopt);
  }
  void settings() {
    DataLakeSettings one;
    if (draw.chance(30)) one.admins = {scenario::principal("role/c")};
    if (draw.chance(30)) one.read_only_admins = {scenario::principal("role/b")};
    lake.admins = one.admins;
    lake.readers = one.read_only_admins;
    put(settings_key(kAccount), base::encode_record(one));
  }
  void grant() {
    Grant one;
    auto who = draw.one_of(kWho);
    bool open = who == "everybody";
    static const std::vector<std::string> open_on = {"d.t", "d.u", "d.*", "database d", "e.t"};
    one.principal = scenario::principal(who);
    one.resource = scenario::object(open ? draw.one_of(open_on) : draw.one_of(kObjects)).value();
    if (!open) one.condition = condition();
    one.privileges = open ? PrivilegeSet{Privilege::all} : privileges(one.resource);
    bool there = draw.chance(open ? 35 : 60) && !one.privileges.empty();
    replace(
        lake.grants,
        [&](const auto& o) {
          return o.principal == one.principal && o.resource.key() == one.resource.key() && o.condition == one.condition;
        },
        there ? std::optional(one) : std::nullopt);
    put(grant_key(kAccount, one.principal, one.resource, one.condition),
        there ? std::optional(base::encode_record(one)) : std::nullopt);
  }
  PrivilegeSet privileges(const Resource& resource) {
    if (resource.kind == ResourceKind::columns || resource.kind == ResourceKind::data_cells_filter)
      return {Privilege::select};
    auto valid = valid_at(resource.level());
    PrivilegeSet out;
    for (auto privilege : valid.list())
      if (draw.chance(privilege == Privilege::all ? 15 : 35)) out.insert(privilege);
    return out;
  }
};

Caller caller(std::string who) {
  Caller out{kAccount, {}, scenario::take_tags(who)};
  for (const auto& word : scenario::words(who, '+')) out.principals.push_back(scenario::principal(word));
  if (who.starts_with("role/")) out.principals.push_back(account_iam_principals(kAccount));
  return out;
}

plain::Asking asking(const plain::Lake& lake, const Caller& caller) {
  return {lake, caller,
          [&caller](const std::string& condition) { return condition == kCleared && !caller.tags.empty(); }};
}

Decision ask_table(const World& world, const Snapshot& snapshot, const Caller& caller, const std::string& name,
                   Privilege asked) {
  auto [database, table] = scenario::cut(name, ".");
  return decide({caller, asked, Resource::of_table(kAccount, database, table).value(), &world.facts.at(name)},
                snapshot);
}

void expect_table_agrees(const World& world, const Snapshot& snapshot, const Caller& caller, const std::string& name) {
  auto [database, table] = scenario::cut(name, ".");
  const auto& facts = world.facts.at(name);
  auto slow = asking(world.lake, caller).table({database, table, &facts});
  for (auto asked : valid_at(Level::table).list()) {
    auto decision = ask_table(world, snapshot, caller, name, asked);
    bool expected = slow.held.has(asked) && (asked != Privilege::select || !slow.columns.empty());
    ASSERT_EQ(decision.allowed(), expected) << name_of(asked) << "\n" << explain_text(decision, {});
    ASSERT_EQ(closure(decision.held, Level::table), slow.held) << explain_text(decision, {});
    ASSERT_EQ(decision.full_schema, slow.full_schema);
    ASSERT_EQ(decision.own_data_access, slow.own_data_access);
    ASSERT_EQ(described(decision, facts), slow.described) << explain_text(decision, {});
    // Glue's UpdateTable replaces what its caller was shown: nobody may alter who is not shown all of it.
    bool changes = asked != Privilege::select && asked != Privilege::describe;
    ASSERT_TRUE(decision.full_schema || !changes || !decision.allowed()) << explain_text(decision, {});
  }
  auto decision = ask_table(world, snapshot, caller, name, Privilege::select);
  ASSERT_EQ(names_of(decision.view), slow.columns) << explain_text(decision, {});
  ASSERT_EQ(cells(decision, facts), cells(slow)) << explain_text(decision, {});
  bool listed = Visibility(caller, snapshot).table(database, table, facts.place);
  ASSERT_TRUE(listed || !slow.held.has(Privilege::describe)) << name;
}

const std::vector<std::pair<std::string, std::string>> kNames = {{"d", "t"}, {"d", "u"},      {"d", "untold"},
                                                                 {"e", "t"}, {"e", "untold"}, {"untold", "t"}};

// By its name alone a table is hidden only where it is hidden wherever it lies.
void expect_prefilter_agrees(const World& world, const Snapshot& snapshot, const Caller& caller) {
  Visibility visible(caller, snapshot);
  for (const auto& [database, name] : kNames) {
    if (visible.may_show(visible.tables_of(database), name)) continue;
    ASSERT_FALSE(visible.table(database, name)) << database << "." << name;
    for (const auto& [at, facts] : world.facts)
      ASSERT_FALSE(visible.table(database, name, facts.place)) << database << "." << name << " where " << at << " lies";
  }
}

void expect_rest_agrees(const World& world, const Snapshot& snapshot, const Caller& caller) {
  auto slow = asking(world.lake, caller);
  for (const char* name : {"d", "e"}) {
    auto held = slow.database(name);
    for (auto asked : valid_at(Level::database).list()) {
      auto decision = decide({caller, asked, Resource::of_database(kAccount, name).value()}, snapshot);
      ASSERT_EQ(decision.allowed(), held.has(asked)) << name << " " << name_of(asked) << "\n"
                                                     << explain_text(decision, {});
    }
    ASSERT_EQ(Visibility(caller, snapshot).database(name), held.has(Privilege::describe)) << name;
  }
  for (auto [key, value] : {std::pair{"k", "v"}, {"k", "*"}, {"m", "w"}, {"m", "v"}})
    for (auto asked : valid_at(Level::lf_tag).list()) {
      auto decision = decide({caller, asked, Resource::of_tag(kAccount, key, value).value()}, snapshot);
      ASSERT_EQ(decision.allowed(), slow.tag(key, value).has(asked)) << key << "=" << value << " " << name_of(asked);
    }
}

void expect_agrees(const World& world, const Snapshot& snapshot) {
  for (const auto& who : kCallers) {
    SCOPED_TRACE(who);
    auto asks = caller(who);
    for (const auto& [name, facts] : world.facts) {
      SCOPED_TRACE(name);
      expect_table_agrees(world, snapshot, asks, name);
      if (testing::Test::HasFatalFailure()) return;
    }
    expect_prefilter_agrees(world, snapshot, asks);
    expect_rest_agrees(world, snapshot, asks);
    if (testing::Test::HasFatalFailure()) return;
  }
}

TEST(Worlds, AgreeWithTheRulesReadSlowly) {
  for (unsigned seed = 1; seed <= 1500; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    World world(seed);
    for (unsigned i = 0, n = 5 + world.draw.below(60); i < n; ++i) world.change();
    expect_agrees(world, world.followed);
    if (HasFatalFailure()) return;
  }
}

TEST(Worlds, FollowedLoadedAndReadSlowlyAreTheSameAfterAnyChanges) {
  for (unsigned seed = 1; seed <= 40; ++seed) {
    World world(seed * 7919);
    for (int step = 0; step < 300; ++step) {
      world.change();
      if (step % 20 != 0) continue;
      SCOPED_TRACE("seed " + std::to_string(seed) + " step " + std::to_string(step));
      auto loaded = world.loaded();
      ASSERT_EQ(loaded.grant_count(), world.followed.grant_count());
      expect_agrees(world, world.followed);
      expect_agrees(world, loaded);
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

// What each caller has of each table, for comparison.
struct Access {
  PrivilegeSet held;
  std::set<std::string> cells, described;
};
std::vector<Access> access(const World& world) {
  std::vector<Access> out;
  for (const auto& who : kCallers)
    for (const auto& [name, facts] : world.facts) {
      auto decision = ask_table(world, world.followed, caller(who), name, Privilege::select);
      auto columns = described(decision, facts);
      if (decision.full_schema)
        for (const auto& column : facts.columns) columns.insert(column.name);
      out.push_back({closure(decision.held, Level::table), cells(decision, facts), std::move(columns)});
    }
  return out;
}

TEST(Worlds, TakingATagOrAValueAwayNeverAddsAccess) {
  auto within = [](const std::set<std::string>& a, const std::set<std::string>& b) {
    return std::includes(b.begin(), b.end(), a.begin(), a.end());
  };
  for (unsigned seed = 1; seed <= 1000; ++seed) {
    World world(seed * 104729);
    for (int i = 0; i < 70; ++i) world.change();
    auto before = access(world);
    if (seed % 2) {
      world.erase_value(seed % 3 ? "k" : "m", seed % 5 ? "v" : "w");
    } else {
      world.erase_key(seed % 3 ? "k" : "m");
    }
    auto after = access(world);
    for (size_t i = 0; i < before.size(); ++i) {
      ASSERT_TRUE(after[i].held.subset_of(before[i].held)) << "seed " << seed;
      ASSERT_TRUE(within(after[i].cells, before[i].cells)) << "seed " << seed;
      ASSERT_TRUE(within(after[i].described, before[i].described)) << "seed " << seed;
    }
  }
}

TEST(Worlds, AreNotAllAlike) {
  std::set<std::string> seen;
  for (unsigned seed = 1; seed <= 200; ++seed) {
    World world(seed);
    for (int i = 0; i < 60; ++i) world.change();
    for (const auto& who : kCallers)
      for (const auto& [name, facts] : world.facts) {
        auto decision = ask_table(world, world.followed, caller(who), name, Privilege::select);
        for (const auto& because : decision.because) seen.insert(std::to_string(static_cast<int>(because.ground)));
        seen.insert(decision.own_data_access ? "own" : "governed");
        if (decision.allowed()) seen.insert(decision.view.all_rows ? "all rows" : "some rows");
        auto [database, table] = scenario::cut(name, ".");
        auto asks = caller(who);
        Visibility visible(asks, world.followed);
        seen.insert(visible.may_show(visible.tables_of(database), table) ? "may be shown" : "hidden by name");
      }
  }
  for (auto ground :
       {Ground::grant, Ground::columns, Ground::filter, Ground::administrator, Ground::iam_alone, Ground::set_aside,
        Ground::tag_policy, Ground::tag_columns, Ground::privileged_location, Ground::opted_in})
    EXPECT_EQ(seen.count(std::to_string(static_cast<int>(ground))), 1u) << static_cast<int>(ground);
  for (const char* kind : {"own", "governed", "all rows", "some rows", "may be shown", "hidden by name"})
    EXPECT_EQ(seen.count(kind), 1u) << kind;
}

}  // namespace
}  // namespace weir::permissions
