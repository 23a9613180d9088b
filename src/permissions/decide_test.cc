#include "permissions/decide.h"

#include <gtest/gtest.h>

#include "permissions/can_grant.h"
#include "permissions/explain.h"
#include "permissions/scenario_world.h"

namespace weir::permissions {
namespace {

using scenario::kAccount;
using scenario::World;

void grant(World& world, const char* who, const char* privilege, const char* object) {
  auto status = world.change(true,
                             {Principal::parse(scenario::principal(who)).value(),
                              scenario::object(object).value(),
                              parse_privileges({privilege}).value(),
                              {}},
                             "role/admin");
  ASSERT_TRUE(status.ok()) << status.error().says;
}

TEST(Decide, DefaultMadeDecisionDenies) {
  Decision decision;
  EXPECT_FALSE(decision.allowed());
  EXPECT_TRUE(decision.view.columns.empty());
  EXPECT_FALSE(decision.full_schema);
  EXPECT_FALSE(GrantVerdict().allowed());
}

TEST(Decide, WithoutTheSchemaNoDataIsShown) {
  World world;
  scenario::add_columns(world.table("d.t").facts, "id:bigint", false);
  grant(world, "role/a", "SELECT", "d.t");
  grant(world, "role/b", "SELECT", "d.t(id)");
  auto table = scenario::object("d.t").value();
  for (const char* who : {"role/a", "role/b"})
    EXPECT_FALSE(decide({World::caller(who), Privilege::select, table, nullptr}, world.snapshot()).allowed());
  EXPECT_TRUE(decide({World::caller("role/a"), Privilege::describe, table, nullptr}, world.snapshot()).allowed());
}

TEST(Decide, ACallerIsMatchedByItsExactNames) {
  World world;
  scenario::add_columns(world.table("d.t").facts, "id:bigint", false);
  grant(world, "role/team/a", "SELECT", "d.t");
  auto table = scenario::object("d.t").value();
  for (const char* who : {"role/a", "role/team/A", "role/team/a/", "role/team", "user/team/a"})
    EXPECT_FALSE(world.ask(who, Privilege::select, table).allowed()) << who;
  EXPECT_TRUE(world.ask("role/team/a", Privilege::select, table).allowed());
}

TEST(Decide, WithoutPrincipalsNothingIsAllowedNotEvenWhatEverybodyHas) {
  World world;
  scenario::add_columns(world.table("d.t").facts, "id:bigint", false);
  grant(world, "everybody", "ALL", "d.t");
  Question question{{kAccount, {}}, Privilege::describe, scenario::object("d.t").value(), nullptr};
  auto decision = decide(question, world.snapshot());
  EXPECT_FALSE(decision.allowed());
  EXPECT_NE(decision.missing.find("no principal"), std::string::npos);
}

TEST(Decide, ADroppedFilterIsSetAsideAndSaysSo) {
  World world;
  scenario::add_columns(world.table("d.t").facts, "id:bigint", false);
  ASSERT_TRUE(world.put({kAccount, "d", "t", "f", {}, std::vector<std::string>{}, {}, true}).ok());
  grant(world, "role/a", "SELECT", "filter f on d.t");
  // The grant outlives the filter only if the store was changed behind our back.
  Snapshot broken = world.snapshot();
  ASSERT_TRUE(broken.apply(filter_key(kAccount, "d", "t", "f"), std::nullopt).ok());
  auto decision = decide(
      {World::caller("role/a"), Privilege::select, scenario::object("d.t").value(), &world.table("d.t").facts}, broken);
  EXPECT_FALSE(decision.allowed());
  ASSERT_EQ(decision.because.size(), 1u);
  EXPECT_EQ(decision.because[0].ground, Ground::set_aside);
  EXPECT_NE(decision.missing.find("repair"), std::string::npos);
}

TEST(Decide, DescribeOrDropOnAFilterShowsNoData) {
  World world;
  scenario::add_columns(world.table("d.t").facts, "id:bigint", false);
  ASSERT_TRUE(world.put({kAccount, "d", "t", "f", {}, std::vector<std::string>{}, {}, true}).ok());
  grant(world, "role/a", "DESCRIBE", "filter f on d.t");
  EXPECT_FALSE(world.ask("role/a", Privilege::select, scenario::object("d.t").value()).allowed());
  EXPECT_FALSE(world.ask("role/a", Privilege::describe, scenario::object("d.t").value()).allowed());
}

TEST(Decide, APrivilegeThatDoesNotExistThereIsNeverAllowed) {
  World world;
  scenario::add_columns(world.table("d.t").facts, "id:bigint", false);
  grant(world, "role/a", "ALL", "d.t");
  auto decision = world.ask("role/a", Privilege::create_database, scenario::object("d.t").value());
  EXPECT_FALSE(decision.allowed());
  EXPECT_NE(decision.missing.find("does not exist on a table"), std::string::npos);
}

TEST(Decide, EverybodyOnATableGivesNothingOnItsDatabaseButSight) {
  World world;
  scenario::add_columns(world.table("d.t").facts, "id:bigint", false);
  grant(world, "everybody", "ALL", "d.t");
  auto decision = world.ask("role/x", Privilege::describe, scenario::object("database d").value());
  EXPECT_TRUE(decision.allowed());
  EXPECT_EQ(decision.held, PrivilegeSet{Privilege::describe});
}

TEST(Decide, KindsThatCannotBeAskedAboutAreDenied) {
  World world;
  Resource resource = scenario::object("d.t").value();
  for (auto kind :
       {ResourceKind::lf_tag, ResourceKind::nested_catalog, ResourceKind::data_cells_filter, ResourceKind::columns}) {
    resource.kind = kind;
    EXPECT_FALSE(world.ask("role/x", Privilege::describe, resource).allowed());
  }
}

TEST(CanGrant, StrangersAndEmptyRequestsAreRefused) {
  World world;
  auto table = scenario::object("d.t").value();
  EXPECT_FALSE(
      can_grant({{"999999999999", {scenario::principal("role/admin")}}, table, {Privilege::select}}, world.snapshot())
          .allowed());
  EXPECT_FALSE(can_grant({World::caller("role/x"), table, {}}, world.snapshot()).allowed());
  EXPECT_TRUE(can_grant({World::caller("role/admin"), table, {Privilege::select}}, world.snapshot()).allowed());
}

TEST(Explain, TellsGatesReasonsViewAndTheSmallestChange) {
  World world;
  scenario::add_columns(world.table("d.t").facts, "id:bigint,region:string", false);
  ASSERT_TRUE(world.put({kAccount, "d", "t", "eu", {}, std::vector<std::string>{}, "region = 'EU'", false}).ok());
  grant(world, "role/a", "SELECT", "filter eu on d.t");
  GateText iam{"IAM", true, "policy p allows glue:GetTable", ""};
  auto allowed = explain(world.ask("role/a", Privilege::select, scenario::object("d.t").value()), {iam});
  EXPECT_EQ(allowed.text("Decision"), "ALLOW");
  EXPECT_EQ(allowed.find("Gates")->as_array()->at(0).text("Name"), "IAM");
  EXPECT_EQ(allowed.find("Grants")->as_array()->at(0).text("Filter"), "eu");
  EXPECT_EQ(allowed.find("View")->text("FinalRowPredicate"), "\"region\" = 'EU'");
  EXPECT_EQ(allowed.find("View")->text("RequiredPermissionType"), "CELL_FILTER_PERMISSION");
  auto denied = explain(world.ask("role/b", Privilege::select, scenario::object("d.t").value()), {iam});
  EXPECT_EQ(denied.text("Decision"), "DENY");
  EXPECT_NE(denied.text("SmallestChange").find("grant SELECT on table d.t to "), std::string::npos);
}

TEST(Explain, AnEarlierGateThatDeniesDeniesTheWhole) {
  World world;
  scenario::add_columns(world.table("d.t").facts, "id:bigint", false);
  grant(world, "role/a", "SELECT", "d.t");
  GateText iam{"IAM", false, "no statement allows glue:GetTable", "allow glue:GetTable"};
  auto text = explain_text(world.ask("role/a", Privilege::select, scenario::object("d.t").value()), {iam});
  EXPECT_TRUE(text.starts_with("DENY"));
  EXPECT_NE(text.find("IAM: allow glue:GetTable"), std::string::npos);
}

TEST(Explain, AnAdministratorIsToldToGrantItself) {
  World world;
  scenario::add_columns(world.table("d.t").facts, "id:bigint", false);
  auto decision = world.ask("role/admin", Privilege::select, scenario::object("d.t").value());
  EXPECT_NE(decision.missing.find("may make this grant itself"), std::string::npos);
}

}  // namespace
}  // namespace weir::permissions
