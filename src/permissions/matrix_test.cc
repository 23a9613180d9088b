// Prints who may do what to what into testdata/matrix.golden: a change of the rules shows as ticks in a diff.
// Run with WEIR_UPDATE_GOLDEN=1 to write the file anew.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "permissions/scenario_world.h"

namespace weir::permissions {
namespace {

using scenario::kAccount;
using scenario::World;

struct Row {
  const char* kind;
  const char* who;
};
constexpr Row kRows[] = {
    {"data lake administrator", "role/admin"},
    {"read-only administrator", "role/viewer"},
    {"creator of the database", "role/db-owner"},
    {"creator of the table", "role/table-owner"},
    {"creator elsewhere", "role/elsewhere"},
    {"holds SELECT", "role/select"},
    {"holds SELECT on columns", "role/columns"},
    {"holds SELECT by filter", "role/filter"},
    {"holds SELECT, broken filter", "role/broken"},
    {"holds DESCRIBE", "role/describe"},
    {"holds INSERT", "role/insert"},
    {"holds DELETE", "role/delete"},
    {"holds ALTER", "role/alter"},
    {"holds DROP", "role/drop"},
    {"holds SELECT on all tables", "role/wildcard"},
    {"holds ALL on all tables", "role/wildcard-all"},
    {"holds CREATE_TABLE", "role/create-table"},
    {"holds CREATE_DATABASE", "role/create-database"},
    {"holds DATA_LOCATION_ACCESS", "role/location"},
    {"user, group holds SELECT", "saml-user/u+saml-group/g"},
    {"group alone", "saml-group/g"},
    {"SAML user without group", "saml-user/u"},
    {"user by name", "user/named"},
    {"SELECT by LF-Tags", "role/tag-select"},
    {"ALL by LF-Tags", "role/tag-all"},
    {"INSERT, ALTER by LF-Tags", "role/tag-write"},
    {"ALL on databases by LF-Tags", "role/tag-database"},
    {"SELECT by expression gone", "role/tag-gone"},
    {"holds ASSOCIATE", "role/associate"},
    {"holds DROP on the LF-Tag", "role/tag-drop"},
    {"GRANT_WITH... on the LF-Tag", "role/tag-grant"},
    {"holds ALTER on expression", "role/expression"},
    {"condition holds", "role/conditional[team=x]"},
    {"condition does not hold", "role/conditional[team=y]"},
    {"opted in", "role/opted-in"},
    {"registered with privilege", "role/registrant"},
    {"nobody in particular", "role/nobody"},
    {"calls itself everybody", "everybody"},
    {"has no principals", ""},
};

constexpr const char* kObjects[] = {
    "catalog", "database d", "d.t",     "d.*",     "d.tagged",     "d.partly",           "database o",
    "o.open",  "o.hybrid",   "tag k=v", "tag k=*", "expression e", "location s3://b/a/x"};

constexpr const char* kGrants[][3] = {
    {"role/db-owner", "ALL", "database d"},
    {"role/table-owner", "ALL", "d.t"},
    {"role/elsewhere", "ALL", "e.t"},
    {"role/select", "SELECT", "d.t"},
    {"role/columns", "SELECT", "d.t(id)"},
    {"role/filter", "SELECT", "filter f on d.t"},
    {"role/broken", "SELECT", "filter broken on d.t"},
    {"role/describe", "DESCRIBE", "d.t"},
    {"role/insert", "INSERT", "d.t"},
    {"role/delete", "DELETE", "d.t"},
    {"role/alter", "ALTER", "d.t"},
    {"role/drop", "DROP", "d.t"},
    {"role/wildcard", "SELECT", "d.*"},
    {"role/wildcard-all", "ALL", "d.*"},
    {"role/create-table", "CREATE_TABLE", "database d"},
    {"role/create-database", "CREATE_DATABASE", "catalog"},
    {"role/location", "DATA_LOCATION_ACCESS", "location s3://b/a"},
    {"saml-group/g", "SELECT", "d.t"},
    {"user/named", "SELECT", "d.t"},
    {"everybody", "ALL", "o.open"},
    {"everybody", "ALL", "o.hybrid"},
    {"role/tag-select", "SELECT", "tables with k=v"},
    {"role/tag-all", "ALL", "tables with k=v"},
    {"role/tag-write", "INSERT,ALTER", "tables with k=v"},
    {"role/tag-database", "ALL", "databases with k=w"},
    {"role/tag-gone", "SELECT", "tables of expression gone"},
    {"role/associate", "ASSOCIATE", "tag k=v"},
    {"role/tag-drop", "DROP", "tag k=*"},
    {"role/tag-grant", "GRANT_WITH_LF_TAG_EXPRESSION", "tag k=*"},
    {"role/expression", "ALTER", "expression e"},
    {"role/conditional", "SELECT", "d.t"},
};
constexpr const char* kTeamX = "context.iam.principalTags.getTag(\"team\") == \"x\"";

void make_table(World& world, const std::string& name, std::string_view columns) {
  auto& table = world.table(name);
  table = {};
  scenario::add_columns(table.facts, columns, false);
}

base::Status fill(World& world) {
  WEIR_CHECK_OK(world.settings({}, {scenario::principal("role/viewer")}));
  for (const char* name : {"d.t", "o.open", "e.t"}) make_table(world, name, "id:bigint,region:string,gone:string");
  for (auto [name, rows] : {std::pair{"f", "region = 'EU'"}, {"broken", "gone = 'x'"}})
    WEIR_CHECK_OK(world.put({kAccount, "d", "t", name, {}, std::vector<std::string>{}, rows, false}));
  make_table(world, "d.t", "id:bigint,region:string");
  WEIR_CHECK_OK(world.register_place("s3://b/a", false, "role/registrant"));
  WEIR_CHECK_OK(world.register_place("s3://b/h", true));
  for (const char* name : {"d.tagged", "d.partly", "o.hybrid"}) make_table(world, name, "id:bigint,region:string");
  world.table("d.t").facts.place = names::S3Path::parse("s3://b/a/t").value();
  world.table("o.hybrid").facts.place = names::S3Path::parse("s3://b/h/t").value();
  WEIR_CHECK_OK(world.tag("k", {"v", "w"}));
  WEIR_CHECK_OK(world.save("e", scenario::expression("k=v").value()));
  for (auto [place, value] :
       {std::pair{"database d", "w"}, {"d.tagged", "v"}, {"d.partly", "v"}, {"d.partly(region)", "w"}})
    WEIR_CHECK_OK(world.assign(scenario::tag_place(place), "k", value));
  WEIR_CHECK_OK(world.opt(true, "role/opted-in", scenario::object("o.hybrid").value(), ""));
  for (const auto& [who, privilege, object] : kGrants) {
    WEIR_TRY(auto principal, Principal::parse(scenario::principal(who)));
    WEIR_TRY(auto resource, scenario::object(object));
    WEIR_TRY(auto set, parse_privileges(scenario::words(privilege, ',')));
    auto condition = std::string_view(who) == "role/conditional" ? kTeamX : "";
    WEIR_CHECK_OK(world.change(true, {principal, resource, set, {}, condition}, "role/admin"));
  }
  return {};
}

std::string tick(const Decision& decision) {
  if (!decision.allowed()) return "-";
  if (decision.asked != Privilege::select || decision.resource.kind != ResourceKind::table) return "yes";
  if (!decision.view.all_rows) return "rows";
  return decision.view.all_columns ? "yes" : "cols";
}

void print_row(std::ostream& out, World& world, const Row& row, const Resource& object) {
  out << "  " << row.kind << std::string(30 - std::string(row.kind).size(), ' ');
  for (auto privilege : valid_at(object.level()).list())
    out << name_of(privilege) << "=" << tick(world.ask(row.who, privilege, object)) << " ";
  out.seekp(-1, std::ios::cur);
  out << "\n";
}

std::string matrix() {
  World world;
  auto filled = fill(world);
  EXPECT_TRUE(filled.ok()) << (filled.ok() ? "" : filled.error().says);
  std::ostringstream out;
  out << "Who may do what. yes: allowed; cols, rows: allowed on a part; -: denied.\n"
         "o.open is a table on which IAM_ALLOWED_PRINCIPALS holds ALL, o.hybrid one at a hybrid location.\n"
         "k=v is on d.tagged, and on d.partly but not its column region; k=w is on database d.\n";
  for (const char* text : kObjects) {
    out << "\n" << text << "\n";
    for (const auto& row : kRows) print_row(out, world, row, scenario::object(text).value());
  }
  return out.str();
}

TEST(Matrix, IsAsWritten) {
  auto file = std::filesystem::path("src/permissions/testdata/matrix.golden");  // tests run in the project's folder
  auto now = matrix();
  if (std::getenv("WEIR_UPDATE_GOLDEN")) std::ofstream(file) << now;
  std::ifstream in(file);
  std::string golden((std::istreambuf_iterator<char>(in)), {});
  EXPECT_EQ(golden, now);
}

TEST(Matrix, AnotherAccountHasNothing) {
  World world;
  ASSERT_TRUE(fill(world).ok());
  TableFacts facts;
  for (const char* text : kObjects) {
    auto object = scenario::object(text).value();
    for (auto privilege : valid_at(object.level()).list()) {
      Caller stranger{"999999999999", {scenario::principal("role/admin"), scenario::principal("role/select")}};
      EXPECT_FALSE(decide({stranger, privilege, object, &facts}, world.snapshot()).allowed()) << text;
    }
  }
}

}  // namespace
}  // namespace weir::permissions
