#include "cli/lake_section.h"

#include <algorithm>

#include "base/check.h"
#include "cli/lake_atoms.h"
#include "cli/lake_shape.h"
#include "wire/operation.h"

namespace weir::cli {
namespace {

using base::Json;

constexpr std::string_view kGlue = "glue";
constexpr std::string_view kLake = "lakeformation";
constexpr std::string_view kIam = "iam";

// Locations before databases that lie in them, tags before what carries them, grants after all they name, and the
// settings last: until then the importing administrator is one.
constexpr Section kSections[] = {
    {"Policies", kIam, "CreatePolicy", "policy", &atoms::policy},
    {"Groups", kIam, "CreateGroup", "group", &atoms::group},
    {"Users", kIam, "CreateUser", "user", &atoms::user},
    {"Roles", kIam, "CreateRole", "role", &atoms::role},
    {"GroupMembers", kIam, "AddUserToGroup", "membership", &atoms::group_member},
    {"UserPolicies", kIam, "PutUserPolicy", "inline policy of user", &atoms::inline_policy},
    {"GroupPolicies", kIam, "PutGroupPolicy", "inline policy of group", &atoms::inline_policy},
    {"RolePolicies", kIam, "PutRolePolicy", "inline policy of role", &atoms::inline_policy},
    {"AttachedUserPolicies", kIam, "AttachUserPolicy", "attached policy of user", &atoms::attachment},
    {"AttachedGroupPolicies", kIam, "AttachGroupPolicy", "attached policy of group", &atoms::attachment},
    {"AttachedRolePolicies", kIam, "AttachRolePolicy", "attached policy of role", &atoms::attachment},
    {"Resources", kLake, "RegisterResource", "location", &atoms::location},
    {"LFTags", kLake, "CreateLFTag", "LF-Tag", &atoms::lf_tag},
    {"LFTagExpressions", kLake, "CreateLFTagExpression", "LF-Tag expression", &atoms::lf_tag_expression},
    {"Databases", kGlue, "CreateDatabase", "database", &atoms::database},
    {"Tables", kGlue, "CreateTable", "table", &atoms::table},
    {"Partitions", kGlue, "CreatePartition", "partition", &atoms::partition},
    {"ColumnStatistics", kGlue, "UpdateColumnStatisticsForTable", "column statistics", &atoms::statistics},
    {"PartitionColumnStatistics", kGlue, "UpdateColumnStatisticsForPartition", "column statistics of partition",
     &atoms::statistics},
    {"UserDefinedFunctions", kGlue, "CreateUserDefinedFunction", "function", &atoms::function},
    {"DataCellsFilters", kLake, "CreateDataCellsFilter", "data cells filter", &atoms::filter},
    {"LFTagAssignments", kLake, "AddLFTagsToResource", "LF-Tags of", &atoms::assignment},
    {"Permissions", kLake, "GrantPermissions", "grant", &atoms::grant},
    {"OptIns", kLake, "CreateLakeFormationOptIn", "opt-in", &atoms::opt_in},
    {"Settings", kLake, "PutDataLakeSettings", "settings", &atoms::settings},
};

bool is_of(const Section& section, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), section.name) != names.end();
}

std::string text_of(const Json* value) { return value && value->as_string() ? *value->as_string() : ""; }

std::string principal_of(const Json& item) {
  const auto* principal = item.find("Principal");
  return principal ? principal->text("DataLakePrincipalIdentifier") : "";
}

// The texts of an item that say which one it is, as people write them.
std::string label(const Json& item) {
  for (auto member : {"DatabaseInput", "TableData"})
    if (const auto* inner = item.find(member)) return label(*inner);
  std::vector<std::string> parts;
  for (auto member : {"DatabaseName", "TableName", "UserName", "GroupName", "RoleName", "Name", "PolicyName",
                      "PolicyArn", "TagKey", "ResourceArn"})
    if (auto text = item.text(member); !text.empty()) parts.push_back(text);
  if (const auto* input = item.find("TableInput")) parts.push_back(input->text("Name"));
  if (const auto* input = item.find("FunctionInput")) parts.push_back(input->text("FunctionName"));
  std::string out;
  for (const auto& part : parts) out += (out.empty() ? "" : ".") + part;
  if (const auto* input = item.find("PartitionInput"); input && input->find("Values"))
    out += " " + input->find("Values")->dump();
  if (const auto* values = item.find("PartitionValues")) out += " " + values->dump();
  return out;
}

void refer_to_tag(const Json& tag, std::vector<std::string>& out) {
  const auto* values = tag.find("TagValues");
  if (!values || !values->as_array()) return;
  auto key = tag.text("TagKey");
  for (const auto& value : *values->as_array()) {
    auto text = text_of(&value);
    out.push_back(text == "*" ? atom_id({"lf-tag-key", key}) : atom_id({"lf-tag", key, text}));
  }
}

void refer_to_tags(const Json* list, std::vector<std::string>& out) {
  if (list && list->as_array())
    for (const auto& tag : *list->as_array()) refer_to_tag(tag, out);
}

void refer_to_table(const Json& named, std::vector<std::string>& out) {
  auto database = named.text("DatabaseName");
  auto table = named.text("TableName", named.text("Name"));
  if (named.find("TableWildcard") || table.empty())
    out.push_back(atom_id({"database", database}));
  else
    out.push_back(atom_id({"table", database, table}));
}

void refer_to_resource(const Json& resource, std::vector<std::string>& out) {
  if (const auto* database = resource.find("Database")) out.push_back(atom_id({"database", database->text("Name")}));
  for (auto member : {"Table", "TableWithColumns", "DataCellsFilter"})
    if (const auto* table = resource.find(member)) refer_to_table(*table, out);
  if (const auto* filter = resource.find("DataCellsFilter"))
    out.push_back(atom_id({"filter", filter->text("DatabaseName"), filter->text("TableName"), filter->text("Name")}));
  if (const auto* tag = resource.find("LFTag")) refer_to_tag(*tag, out);
  if (const auto* policy = resource.find("LFTagPolicy")) {
    refer_to_tags(policy->find("Expression"), out);
    if (auto name = policy->text("ExpressionName"); !name.empty()) out.push_back(atom_id({"lf-tag-expression", name}));
  }
  if (const auto* saved = resource.find("LFTagExpression"))
    out.push_back(atom_id({"lf-tag-expression", saved->text("Name")}));
}

}  // namespace

std::string atom_id(std::initializer_list<std::string_view> parts) {
  std::string out;
  for (auto part : parts) {
    if (!out.empty()) out += kBetween;
    out += part;
  }
  return out;
}

const wire::Shape& Section::shape() const {
  const auto* model = wire::find_service(service);
  const auto* found = model ? wire::find_operation(*model, operation) : nullptr;
  CHECK_TRUE(found, "a section is made by an operation of the generated tables");
  return *found->input;
}

std::span<const Section> sections() { return kSections; }

const Section* find_section(std::string_view name) {
  for (const auto& section : sections())
    if (section.name == name) return &section;
  return nullptr;
}

Json canonical(const Section& section, const Json& item, std::string_view own_account) {
  return shaped(item, section.shape(), {.lists_are_sets = section.service != kGlue, .own_account = own_account});
}

std::string name_of(const Section& section, const Json& item) {
  auto out = std::string(section.noun);
  auto principal = principal_of(item);
  if (!principal.empty()) out += " to " + principal;
  if (const auto* resource = item.find("Resource")) return out + (principal.empty() ? " " : " on ") + resource->dump();
  auto which = label(item);
  return which.empty() ? out : out + " " + which;
}

std::vector<std::string> references(const Section& section, const Json& item) {
  std::vector<std::string> out;
  if (const auto* resource = item.find("Resource")) refer_to_resource(*resource, out);
  if (section.name == "LFTagAssignments") refer_to_tags(item.find("LFTags"), out);
  if (section.name == "LFTagExpressions") refer_to_tags(item.find("Expression"), out);
  if (is_of(section, {"Tables", "UserDefinedFunctions"}))
    out.push_back(atom_id({"database", item.text("DatabaseName")}));
  if (is_of(section, {"Partitions", "ColumnStatistics", "PartitionColumnStatistics"})) refer_to_table(item, out);
  if (section.name == "DataCellsFilters" && item.find("TableData")) refer_to_table(*item.find("TableData"), out);
  if (auto arn = item.text("PolicyArn"); !arn.empty()) out.push_back(atom_id({"policy", arn}));
  return out;
}

std::vector<std::string> principals(const Section& section, const Json& item) {
  std::vector<std::string> out;
  if (auto principal = principal_of(item); !principal.empty()) out.push_back(principal);
  if (section.name == "Resources")
    if (auto role = item.text("RoleArn"); !role.empty()) out.push_back(role);
  const auto* settings = item.find("DataLakeSettings");
  if (!settings) return out;
  for (auto member : {"DataLakeAdmins", "ReadOnlyAdmins"})
    if (const auto* list = settings->find(member); list && list->as_array())
      for (const auto& admin : *list->as_array()) out.push_back(admin.text("DataLakePrincipalIdentifier"));
  return out;
}

}  // namespace weir::cli
