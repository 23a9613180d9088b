#include "permissions/tag_records.h"

#include <gtest/gtest.h>

#include <set>

#include "permissions/scenario_words.h"
#include "store/key.h"
#include "store/memory_store.h"

namespace weir::permissions {
namespace {

using scenario::kAccount;

TagExpression expression(std::vector<TagTerm> terms) { return TagExpression::of(std::move(terms)).value(); }
TagPlace place(std::string database, std::string table = {}, std::string column = {}) {
  return {kAccount, std::move(database), std::move(table), std::move(column)};
}

class TagRecords : public testing::Test {
 protected:
  void write(const std::function<base::Status(store::Transaction&)>& body) {
    auto status = store::write(store_, body);
    ASSERT_TRUE(status.ok()) << status.error().says << status.error().log;
  }
  std::unique_ptr<store::Transaction> read() { return store_.begin(store::Mode::read).value(); }

  void tag(const std::string& key, std::vector<std::string> values) {
    write([&](auto& tx) { return put_tag(tx, kAccount, {key, values, "me", {}}); });
  }
  void assign(const TagPlace& where, const std::string& key, const std::string& value) {
    write([&](auto& tx) { return put_assignment(tx, where, {key, value, {}, "me"}); });
  }
  void grant(Resource resource, const std::string& condition = {}) {
    Grant one;
    one.principal = scenario::principal("role/a");
    one.resource = std::move(resource);
    one.privileges = {Privilege::describe};
    one.condition = condition;
    write([&](auto& tx) { return put_grant(tx, one); });
  }
  void save(const std::string& name, TagExpression saved) {
    write([&](auto& tx) { return put_expression(tx, kAccount, {name, "", saved, "me", {}}); });
  }
  void opt_in(const std::string& who, Resource resource, const std::string& condition = {}) {
    write([&](auto& tx) { return put_opt_in(tx, {scenario::principal(who), resource, condition, {}, ""}); });
  }
  // Keys of all records but the revision, without the account.
  std::set<std::string> everything() {
    std::set<std::string> out;
    auto entries = read()->scan(store::prefix_range(account_prefix(kAccount)), 10000).value();
    for (const auto& entry : entries) {
      auto parts = store::split_key(entry.key).value();
      parts.erase(parts.begin(), parts.begin() + 2);
      if (parts[0] != "revision") out.insert(base::join(parts, " "));
    }
    return out;
  }
  std::string value_at(const TagPlace& where) {
    std::vector<std::string> out;
    auto assigned = assigned_at(*read(), where).value();
    for (const auto& one : assigned) out.push_back(one.key + "=" + one.value);
    return base::join(out, ",");
  }
  bool used(const std::string& key, const std::string& value) {
    return value_is_assigned(*read(), kAccount, key, value).value();
  }

  store::MemoryStore store_;
};

TEST_F(TagRecords, AssigningAgainReplacesTheValue) {
  assign(place("d", "t"), "area", "eu");
  EXPECT_TRUE(used("area", "eu"));
  assign(place("d", "t"), "area", "us");
  EXPECT_EQ(value_at(place("d", "t")), "area=us");
  EXPECT_FALSE(used("area", "eu"));
  EXPECT_TRUE(used("area", "us"));
  write([&](auto& tx) { return erase_assignment(tx, place("d", "t"), "area"); });
  EXPECT_TRUE(everything().empty());
}

TEST_F(TagRecords, EachPlaceHasItsOwnTags) {
  assign(place("d"), "area", "eu");
  assign(place("d", "t"), "area", "us");
  assign(place("d", "t"), "pii", "no");
  assign(place("d", "t", "c"), "pii", "yes");
  EXPECT_EQ(value_at(place("d")), "area=eu");
  EXPECT_EQ(value_at(place("d", "t")), "area=us,pii=no");
  EXPECT_EQ(value_at(place("d", "t", "c")), "pii=yes");
  EXPECT_EQ(value_at(place("d", "t", "d")), "");
}

TEST_F(TagRecords, TheEmptyValueIsAValue) {
  tag("area", {"", "eu"});
  assign(place("d"), "area", "");
  EXPECT_TRUE(used("area", ""));
  EXPECT_FALSE(used("area", "eu"));
  assign(place("d"), "area", "eu");
  EXPECT_FALSE(used("area", ""));
  EXPECT_EQ(get_tag(*read(), kAccount, "area").value()->values, (std::vector<std::string>{"", "eu"}));
}

TEST_F(TagRecords, ExpressionsWithTheEmptyValueKeepIt) {
  auto both = expression({{"area", {"", "eu"}}}), one = expression({{"area", {"eu"}}});
  EXPECT_NE(both.encoded(), one.encoded());
  EXPECT_EQ(TagExpression::decode(both.encoded()).value(), both);
  auto empty = expression({{"area", {""}}});
  EXPECT_EQ(TagExpression::decode(empty.encoded()).value(), empty);
}

TEST_F(TagRecords, AnErasedTagTakesEverythingThatRestsOnItAndNothingElse) {
  tag("other", {"x"});
  assign(place("d"), "other", "x");
  grant(Resource::of_tag(kAccount, "other", "x").value());
  grant(Resource::of_policy(kAccount, PolicyTarget::tables, expression({{"other", {"x"}}})).value());
  save("stays", expression({{"other", {"x"}}}));
  grant(Resource::of_named_policy(kAccount, PolicyTarget::tables, "stays").value());
  grant(scenario::object("d.t").value());
  grant(Resource::of_tag(kAccount, "area2", "eu").value());
  auto before = everything();

  tag("area", {"eu", "us", ""});
  assign(place("d"), "area", "eu");
  assign(place("d", "t", "c"), "area", "");
  for (const char* value : {"eu", "", "*"}) grant(Resource::of_tag(kAccount, "area", value).value(), "true");
  grant(
      Resource::of_policy(kAccount, PolicyTarget::databases, expression({{"area", {"eu"}}, {"other", {"x"}}})).value());
  save("goes", expression({{"area", {"us"}}}));
  grant(Resource::of_named_policy(kAccount, PolicyTarget::tables, "goes").value());
  grant(Resource::of_expression(kAccount, "goes").value());
  EXPECT_GT(everything().size(), before.size() + 10);

  write([&](auto& tx) { return erase_tag(tx, kAccount, "area"); });
  EXPECT_EQ(everything(), before);
}

TEST_F(TagRecords, AValueThatGoesTakesTheGrantsOnIt) {
  tag("area", {"eu", "us"});
  for (const char* value : {"eu", "us", "*"}) grant(Resource::of_tag(kAccount, "area", value).value());
  tag("area", {"us", "apac"});
  auto left = list_grants(*read(), kAccount, {}, "", 10)->items;
  ASSERT_EQ(left.size(), 2u);
  for (const auto& one : left) EXPECT_NE(one.resource.tag_value, "eu");
}

TEST_F(TagRecords, AnErasedExpressionTakesThePoliciesThatGoByItsName) {
  save("a", expression({{"k", {"v"}}}));
  grant(Resource::of_named_policy(kAccount, PolicyTarget::tables, "a").value());
  grant(Resource::of_named_policy(kAccount, PolicyTarget::databases, "a").value(), "true");
  grant(Resource::of_named_policy(kAccount, PolicyTarget::tables, "ab").value());
  grant(Resource::of_expression(kAccount, "a").value());
  write([&](auto& tx) { return erase_expression(tx, kAccount, "a"); });
  auto left = list_grants(*read(), kAccount, {}, "", 10)->items;
  ASSERT_EQ(left.size(), 1u);
  EXPECT_EQ(left[0].resource.expression_name, "ab");
  EXPECT_FALSE(get_expression(*read(), kAccount, "a").value());
}

TEST_F(TagRecords, ADroppedTableOrDatabaseLeavesNeitherTagsNorOptIns) {
  auto table = scenario::object("d.t").value(), other = scenario::object("d.t2").value();
  assign(place("d", "t2"), "k", "v");
  opt_in("role/a", other);
  assign(place("d"), "k", "v");
  opt_in("role/a", scenario::object("database d").value());
  opt_in("role/a", scenario::object("d.*").value());
  assign(place("dd"), "k", "v");
  opt_in("role/a", scenario::object("dd.t").value());
  opt_in("role/a", scenario::object("catalog").value());
  auto before = everything();
  assign(place("d", "t"), "k", "v");
  assign(place("d", "t", "c"), "k", "w");
  opt_in("role/a", table);
  opt_in("role/b", table, "true");
  write([&](auto& tx) { return forget(tx, table); });
  EXPECT_EQ(everything(), before);
  write([&](auto& tx) { return forget(tx, scenario::object("database d").value()); });
  EXPECT_EQ(value_at(place("dd")), "k=v");
  EXPECT_EQ(everything().size(), 6u) << "dd's tag and two opt-ins, each with its index";
}

TEST_F(TagRecords, ColumnsThatAreGoneLoseTheirTags) {
  assign(place("d", "t"), "k", "v");
  assign(place("d", "t", "keep"), "k", "v");
  auto before = everything();
  assign(place("d", "t", "gone"), "k", "v");
  assign(place("d", "t", "gone"), "k2", "v");
  auto table = scenario::object("d.t").value();
  write([&](auto& tx) { return forget_columns(tx, table, {"Gone", "never_there"}); });
  EXPECT_EQ(everything(), before);
  EXPECT_FALSE(store::write(store_, [&](auto& tx) { return forget_columns(tx, table, {""}); }).ok());
}

TEST_F(TagRecords, OptInsAreFoundByPrincipalByResourceAndByBoth) {
  auto table = scenario::object("d.t").value(), database = scenario::object("database d").value();
  opt_in("role/a", table);
  opt_in("role/a", table, "true");
  opt_in("role/a", database);
  opt_in("role/b", table);
  auto count = [&](const OptInScope& scope) {
    size_t n = 0;
    std::string token;
    do {
      auto page = list_opt_ins(*read(), kAccount, scope, token, 1).value();
      n += page.items.size();
      token = page.next;
    } while (!token.empty());
    return n;
  };
  auto a = scenario::principal("role/a");
  EXPECT_EQ(count({}), 4u);
  EXPECT_EQ(count({a, {}}), 3u);
  EXPECT_EQ(count({{}, table}), 3u);
  EXPECT_EQ(count({a, table}), 2u);
  EXPECT_EQ(get_opt_in(*read(), a, table, "true").value()->condition, "true");
  EXPECT_FALSE(get_opt_in(*read(), a, table, "false").value());
  auto one = get_opt_in(*read(), a, table, "true").value();
  write([&](auto& tx) { return erase_opt_in(tx, *one); });
  EXPECT_EQ(count({}), 3u);
}

TEST_F(TagRecords, GrantsThatDifferInTheirConditionAreDifferentGrants) {
  auto table = scenario::object("d.t").value();
  auto who = scenario::principal("role/a");
  grant(table);
  grant(table, "true");
  EXPECT_EQ(get_grant(*read(), who, table)->value().condition, "");
  EXPECT_EQ(get_grant(*read(), who, table, {.condition = "true"})->value().condition, "true");
  EXPECT_FALSE(get_grant(*read(), who, table, {.condition = "false"}).value());
  EXPECT_EQ(grants_around(*read(), who, table, "true")->size(), 1u);
  EXPECT_EQ(list_grants(*read(), kAccount, {who, table, false}, "", 10)->items.size(), 2u);
  EXPECT_EQ(list_grants(*read(), kAccount, {{}, table, false}, "", 10)->items.size(), 2u);
  auto conditional = get_grant(*read(), who, table, {.condition = "true"})->value();
  write([&](auto& tx) { return erase_grant(tx, conditional); });
  EXPECT_TRUE(get_grant(*read(), who, table)->has_value());
  grant(table, "true");
  write([&](auto& tx) { return forget(tx, table); });
  EXPECT_TRUE(everything().empty());
}

TEST_F(TagRecords, FiltersAroundATableKeepToTheirCondition) {
  auto filter = scenario::object("filter f on d.t").value();
  grant(filter);
  grant(filter, "true");
  auto who = scenario::principal("role/a");
  EXPECT_EQ(grants_around(*read(), who, filter)->size(), 1u);
  EXPECT_EQ(grants_around(*read(), who, filter, "true")->size(), 1u);
}

TEST_F(TagRecords, AroundAPolicyAreAllPoliciesOfThePrincipal) {
  auto eu = Resource::of_policy(kAccount, PolicyTarget::tables, expression({{"area", {"eu"}}})).value();
  grant(eu);
  grant(eu, "true");
  grant(Resource::of_named_policy(kAccount, PolicyTarget::databases, "x").value());
  grant(Resource::of_tag(kAccount, "area", "eu").value());
  EXPECT_EQ(grants_around(*read(), scenario::principal("role/a"), eu)->size(), 3u);
}

TEST_F(TagRecords, EveryWriteBumpsTheRevision) {
  auto revision = [&] { return get_revision(*read(), kAccount).value(); };
  tag("k", {"v"});
  assign(place("d"), "k", "v");
  save("e", expression({{"k", {"v"}}}));
  opt_in("role/a", scenario::object("d.t").value());
  EXPECT_EQ(revision(), 4);
  write([&](auto& tx) { return erase_assignment(tx, place("d"), "k"); });
  write([&](auto& tx) { return erase_expression(tx, kAccount, "e"); });
  write([&](auto& tx) { return erase_tag(tx, kAccount, "k"); });
  EXPECT_EQ(revision(), 7);
}

TEST_F(TagRecords, ListsPage) {
  for (int i = 0; i < 5; ++i) {
    tag("k" + std::to_string(i), {"v"});
    save("e" + std::to_string(i), expression({{"k", {"v"}}}));
  }
  auto first = list_tags(*read(), kAccount, "", 3).value();
  EXPECT_EQ(first.items.size(), 3u);
  EXPECT_EQ(list_tags(*read(), kAccount, first.next, 3)->items.size(), 2u);
  EXPECT_EQ(list_expressions(*read(), kAccount, "", 9)->items.size(), 5u);
  EXPECT_FALSE(list_expressions(*read(), kAccount, first.next, 9).ok()) << "the token is of another list";
}

}  // namespace
}  // namespace weir::permissions
