#include "permissions/privilege.h"

#include <array>

#include "base/text.h"

namespace weir::permissions {
namespace {

constexpr uint32_t at(std::initializer_list<Level> levels) {
  uint32_t mask = 0;
  for (auto level : levels) mask |= 1u << static_cast<int>(level);
  return mask;
}

using enum Level;
using P = Privilege;
constexpr PrivilegeSet kEverything = PrivilegeSet::of_bits(0xffff);
constexpr PrivilegeSet kDescribe{P::describe};

constexpr std::array<std::string_view, 14> kLevelNames{"the catalog",
                                                       "a nested catalog",
                                                       "a database",
                                                       "a table",
                                                       "a view",
                                                       "a resource link",
                                                       "a column selection",
                                                       "a data cells filter",
                                                       "a data location",
                                                       "an LF-Tag",
                                                       "values of an LF-Tag",
                                                       "an LF-Tag policy for databases",
                                                       "an LF-Tag policy for tables",
                                                       "an LF-Tag expression"};

// A privilege's bit is its place in the enum; the rows stand in that order.
const std::vector<PrivilegeRow> kTable = {
    {P::all, "ALL", at({nested_catalog, database, table, view, tag_policy_database, tag_policy_table}), kEverything},
    {P::select, "SELECT", at({table, view, columns, data_cells_filter, tag_policy_table}), kDescribe},
    {P::insert, "INSERT", at({table, tag_policy_table}), kDescribe},
    {P::delete_, "DELETE", at({table, tag_policy_table}), kDescribe},
    {P::describe,
     "DESCRIBE",
     at({nested_catalog, database, table, view, link, data_cells_filter, lf_tag, lf_tag_values, tag_policy_database,
         tag_policy_table, lf_tag_expression}),
     {}},
    {P::alter, "ALTER",
     at({nested_catalog, database, table, lf_tag, tag_policy_database, tag_policy_table, lf_tag_expression}),
     kDescribe},
    {P::drop, "DROP",
     at({nested_catalog, database, table, view, link, data_cells_filter, lf_tag, tag_policy_database, tag_policy_table,
         lf_tag_expression}),
     kDescribe},
    {P::create_database, "CREATE_DATABASE", at({catalog, nested_catalog}), kDescribe},
    {P::create_table, "CREATE_TABLE", at({database, tag_policy_database}), kDescribe},
    {P::data_location_access, "DATA_LOCATION_ACCESS", at({data_location}), {}},
    {P::create_catalog, "CREATE_CATALOG", at({catalog}), {}},
    {P::super_user, "SUPER_USER", at({nested_catalog}), {P::create_database, P::describe}},
    {P::create_lf_tag, "CREATE_LF_TAG", at({catalog}), {}},
    {P::create_lf_tag_expression, "CREATE_LF_TAG_EXPRESSION", at({catalog}), {}},
    {P::associate, "ASSOCIATE", at({lf_tag, lf_tag_values}), kDescribe},
    {P::grant_with_lf_tag_expression, "GRANT_WITH_LF_TAG_EXPRESSION", at({lf_tag, lf_tag_values, lf_tag_expression}),
     kDescribe},
};

}  // namespace

const std::vector<PrivilegeRow>& privilege_table() { return kTable; }
std::string_view name_of(Privilege privilege) { return kTable[static_cast<size_t>(privilege)].name; }
std::string_view name_of(Level level) { return kLevelNames[static_cast<size_t>(level)]; }

std::vector<Privilege> PrivilegeSet::list() const {
  std::vector<Privilege> out;
  for (const auto& row : kTable)
    if (has(row.privilege)) out.push_back(row.privilege);
  return out;
}

std::string PrivilegeSet::text() const {
  std::vector<std::string> names;
  for (auto privilege : list()) names.emplace_back(name_of(privilege));
  return names.empty() ? "nothing" : base::join(names, ", ");
}

base::Result<Privilege> parse_privilege(std::string_view name) {
  for (const auto& row : kTable)
    if (row.name == name) return row.privilege;
  return base::invalid("Unknown permission: " + std::string(name.substr(0, 64)), "permission");
}

base::Result<PrivilegeSet> parse_privileges(const std::vector<std::string>& names) {
  PrivilegeSet set;
  for (const auto& name : names) {
    WEIR_TRY(auto privilege, parse_privilege(name));
    set.insert(privilege);
  }
  return set;
}

PrivilegeSet valid_at(Level level) {
  static const auto by_level = [] {
    std::array<PrivilegeSet, kLevelNames.size()> sets;
    for (const auto& row : kTable)
      for (size_t i = 0; i < sets.size(); ++i)
        if ((row.levels >> i) & 1u) sets[i].insert(row.privilege);
    return sets;
  }();
  return by_level[static_cast<size_t>(level)];
}

PrivilegeSet closure(PrivilegeSet set, Level level) {
  PrivilegeSet implied;
  for (const auto& row : kTable)
    if (set.has(row.privilege)) implied |= row.implies;
  return set | (implied & valid_at(level));
}

base::Json to_json(const PrivilegeSet& set) {
  base::Json::Array names;
  for (auto privilege : set.list()) names.emplace_back(name_of(privilege));
  return names;
}

base::Status from_json(const base::Json& json, PrivilegeSet& set) {
  std::vector<std::string> names;
  if (!json.as_array()) return base::internal("record: a list of privileges was expected");
  for (const auto& name : *json.as_array()) names.push_back(name.as_string() ? *name.as_string() : "");
  auto parsed = parse_privileges(names);
  if (!parsed.ok()) return base::internal("record: " + parsed.error().says);
  set = *parsed;
  return {};
}

}  // namespace weir::permissions
