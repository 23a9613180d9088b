// Explanations of what LF-Tags, conditions and hybrid access do to a decision.
#include "permissions/explain.h"

#include <gtest/gtest.h>

#include "permissions/scenario_world.h"

namespace weir::permissions {
namespace {

using scenario::World;

constexpr const char* kTeamX = "context.iam.principalTags.getTag(\"team\") == \"x\"";

class Explanation : public testing::Test {
 protected:
  Explanation() {
    auto& table = world_.table("d.t");
    scenario::add_columns(table.facts, "id:bigint,ssn:string", false);
    table.facts.place = names::S3Path::parse("s3://lake/t").value();
    EXPECT_TRUE(world_.tag("pii", {"yes", "no"}).ok());
    EXPECT_TRUE(world_.assign(scenario::tag_place("database d"), "pii", "no").ok());
  }
  void grant(const std::string& who, const std::string& privileges, const std::string& what,
             const std::string& condition = {}) {
    GrantRequest request{Principal::parse(scenario::principal(who)).value(),
                         scenario::object(what).value(),
                         parse_privileges(scenario::words(privileges, ',')).value(),
                         {},
                         condition};
    auto done = world_.change(true, request, "role/admin");
    ASSERT_TRUE(done.ok()) << done.error().says;
  }
  std::string text(const std::string& who, Privilege asked = Privilege::select, const std::string& what = "d.t") {
    return explain_text(world_.ask(who, asked, scenario::object(what).value()), {});
  }
  std::string json(const std::string& who) {
    return explain(world_.ask(who, Privilege::select, scenario::object("d.t").value()), {}).dump();
  }
  World world_;
};

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST_F(Explanation, APolicyNamesItsExpressionAndTheTagsThatMatched) {
  grant("role/a", "SELECT", "tables with pii=no,yes");
  EXPECT_TRUE(has(text("role/a"), "holds SELECT on tables with LF-Tags pii=no,yes (matched by pii=no)"))
      << text("role/a");
  EXPECT_TRUE(has(json("role/a"), "\"LFTagPolicy\":\"pii=no,yes (matched by pii=no)\"")) << json("role/a");
}

TEST_F(Explanation, APartSaysWhichColumnsAndWhatIsLost) {
  grant("role/a", "ALL", "tables with pii=no");
  ASSERT_TRUE(world_.assign(scenario::tag_place("d.t(ssn)"), "pii", "yes").ok());
  auto said = text("role/a", Privilege::drop);
  EXPECT_TRUE(has(said, "DENY")) << said;
  EXPECT_TRUE(has(said, "the table does not match as a whole, only id: of ALL only what SELECT, DESCRIBE allows"))
      << said;
  EXPECT_TRUE(has(json("role/a"), "\"DescribedColumns\":\"id\"")) << json("role/a");
}

TEST_F(Explanation, AnExpressionThatIsGoneIsNamed) {
  grant("role/a", "SELECT", "tables of expression gone");
  auto said = text("role/a");
  EXPECT_TRUE(has(said, "not counted: SELECT of ")) << said;
  EXPECT_TRUE(has(said, "of expression gone: there is no such expression")) << said;
}

TEST_F(Explanation, AConditionTellsWhatItSaw) {
  grant("role/a", "SELECT", "d.t", kTeamX);
  auto allowed = text("role/a[team=x,level=3]");
  EXPECT_TRUE(has(allowed, std::string("role/a when ") + kTeamX + " holds SELECT on table d.t")) << allowed;
  EXPECT_TRUE(has(allowed, "[the condition saw team=x]")) << allowed;
  auto denied = text("role/a[team=y]");
  EXPECT_TRUE(has(denied, "not counted: SELECT of ")) << denied;
  EXPECT_TRUE(has(denied, "the condition does not hold [the condition saw team=y]")) << denied;
  EXPECT_TRUE(has(text("role/a"), "[the condition saw team is not there]")) << text("role/a");
  EXPECT_TRUE(has(json("role/a[team=x]"), "\"ConditionSaw\":\"team=x\"")) << json("role/a[team=x]");
}

TEST_F(Explanation, HybridAccessSaysHowTheDataIsReadAndWhoOptedIn) {
  ASSERT_TRUE(world_.register_place("s3://lake", true).ok());
  grant("everybody", "ALL", "d.t");
  EXPECT_TRUE(has(text("role/a"), "read with the caller's own S3 rights")) << text("role/a");
  EXPECT_TRUE(has(json("role/a"), "\"DataAccess\":\"OWN_S3_RIGHTS\"")) << json("role/a");
  ASSERT_TRUE(world_.opt(true, "role/a", scenario::object("d.t").value(), "").ok());
  auto denied = text("role/a");
  EXPECT_TRUE(has(denied, "DENY")) << denied;
  EXPECT_TRUE(has(denied, "opted in: Lake Formation decides on table d.t though IAM_ALLOWED_PRINCIPALS holds ALL"))
      << denied;
}

TEST_F(Explanation, PrivilegedAccessIsAReasonOfItsOwn) {
  ASSERT_TRUE(world_.register_place("s3://lake", false, "role/owner").ok());
  EXPECT_TRUE(has(text("role/owner"), "registered the location of s3://lake/t with privileged access: ALL"));
}

TEST_F(Explanation, DroppingOneValueOfATagPointsToTheWhole) {
  auto said = text("role/a", Privilege::drop, "tag pii=yes");
  EXPECT_TRUE(has(said, "it is held on pii=*")) << said;
}

}  // namespace
}  // namespace weir::permissions
