// The rules of lakeformation.md 2.8, 2.9, 2.12 and 3.4 once more, slowly and over plain lists: what decide() is
// compared with in random worlds. Written from the text, not from decide(). For tests only.
#pragma once
#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "permissions/decide.h"
#include "permissions/opt_in.h"
#include "permissions/principal.h"

namespace weir::permissions::plain {

using Row = std::vector<std::string>;  // by column; empty: NULL

struct Filter {
  DataCellsFilter record;
  std::function<bool(const Row&)> shows;  // what its expression says
  bool closed = false;                    // names a column that is not there
};

struct Assigned {
  TagPlace place;
  std::string key, value;
};

struct Lake {
  std::string account;
  std::vector<std::string> admins, readers;
  std::vector<Grant> grants;
  std::vector<Filter> filters;
  std::vector<LfTag> tags;
  std::vector<Assigned> assigned;
  std::vector<SavedExpression> saved;
  std::vector<OptIn> opt_ins;
  std::vector<Location> locations;
};

struct Table {
  std::string database, name;
  const TableFacts* facts;
};

struct Answer {
  PrivilegeSet held;  // closed under implication
  bool full_schema = false;
  bool own_data_access = false;
  std::set<std::string> columns, described;                  // lower case
  std::function<bool(const Row&)> row;                       // visible
  std::function<bool(const Row&, const std::string&)> cell;  // visible, when the row is
};

class Asking {
 public:
  // `holds(condition)` for the caller's tags.
  Asking(const Lake& lake, const Caller& caller, std::function<bool(const std::string&)> holds)
      : lake_(lake), caller_(caller), holds_(std::move(holds)) {}

  Answer table(const Table& table) const {
    bool open = everybody_has_all(table);
    const auto* location = governing(table.facts->place);
    bool hybrid = location && location->hybrid_access;
    if (open && !(hybrid && opted_in(table.database, table.name))) return everything(table, hybrid);
    return from_sources(table, collect(table));
  }

  PrivilegeSet database(const std::string& name) const {
    auto on = Resource::of_database(lake_.account, name).value();
    bool open = false, enforced = opted_in(name, "");
    for (const auto& grant : lake_.grants)
      open |= grant.principal == kIamAllowedPrincipals && grant.resource == on && grant.privileges.has(Privilege::all);
    PrivilegeSet held;
    if (open && !enforced) return closure({Privilege::all}, Level::database);
    if (is(lake_.admins) || is(lake_.readers)) held.insert(Privilege::describe);
    for (const auto& grant : lake_.grants) {
      bool mine =
          counts(grant.principal, grant.condition) || (grant.principal == kIamAllowedPrincipals && !(open && enforced));
      if (!mine) continue;
      if (grant.resource == on) held |= grant.privileges;
      if (!grant.resource.database.empty() && grant.resource.database == name) held.insert(Privilege::describe);
      if (grant.resource.kind != ResourceKind::lf_tag_policy) continue;
      bool on_databases = grant.resource.policy_on == PolicyTarget::databases;
      if (on_databases && matches(grant.resource, {lake_.account, name, "", ""})) held |= grant.privileges;
      if (!on_databases && matches_inside(grant.resource, name)) held.insert(Privilege::describe);
    }
    return closure(held, Level::database);
  }

  PrivilegeSet tag(const std::string& key, const std::string& value) const {
    auto level = value == "*" ? Level::lf_tag : Level::lf_tag_values;
    PrivilegeSet held;
    if (is(lake_.readers)) held.insert(Privilege::describe);
    if (is(lake_.admins)) held |= valid_at(level);
    for (const auto& grant : lake_.grants)
      if (grant.resource.kind == ResourceKind::lf_tag && counts(grant.principal, grant.condition) &&
          grant.resource.tag_key == key && (grant.resource.tag_value == value || grant.resource.tag_value == "*"))
        held |= grant.privileges;
    return closure(held, level) & valid_at(level);
  }

 private:
  struct Source {
    std::set<std::string> columns;
    std::function<bool(const Row&)> rows;
  };
  struct Collected {
    PrivilegeSet held;
    bool full_schema = false;
    std::set<std::string> described;
    std::vector<Source> sources;
  };

  bool is(const std::vector<std::string>& list) const {
    return std::any_of(list.begin(), list.end(), [&](const auto& one) { return counts(one, ""); });
  }
  bool counts(const std::string& principal, const std::string& condition) const {
    const auto& mine = caller_.principals;
    return principal != kIamAllowedPrincipals && std::find(mine.begin(), mine.end(), principal) != mine.end() &&
           (condition.empty() || holds_(condition));
  }

  // --- 2.8
  bool everybody_has_all(const Table& table) const {
    auto itself = Resource::of_table(lake_.account, table.database, table.name).value();
    auto all = Resource::of_all_tables(lake_.account, table.database).value();
    return std::any_of(lake_.grants.begin(), lake_.grants.end(), [&](const Grant& grant) {
      return grant.principal == kIamAllowedPrincipals && grant.privileges.has(Privilege::all) &&
             (grant.resource == itself || grant.resource == all);
    });
  }
  bool opted_in(const std::string& database, const std::string& table) const {
    return std::any_of(lake_.opt_ins.begin(), lake_.opt_ins.end(), [&](const OptIn& one) {
      if (!counts(one.principal, one.condition)) return false;
      const auto& on = one.resource;
      if (on.kind == ResourceKind::catalog) return true;
      if (on.database != database) return false;
      return on.kind == ResourceKind::database || (!table.empty() && on.kind == ResourceKind::all_tables) ||
             (!table.empty() && on.table == table);
    });
  }
  const Location* governing(const std::optional<names::S3Path>& place) const {
    const Location* longest = nullptr;
    for (const auto& location : lake_.locations)
      if (place && place_of(location)->covers(*place) &&
          (!longest || location.resource_arn.size() > longest->resource_arn.size()))
        longest = &location;
    return longest;
  }

  // --- 2.12
  bool defined(const std::string& key, const std::string& value) const {
    return std::any_of(lake_.tags.begin(), lake_.tags.end(), [&](const LfTag& tag) {
      return tag.key == key && std::find(tag.values.begin(), tag.values.end(), value) != tag.values.end();
    });
  }
  const Assigned* directly(const TagPlace& place, const std::string& key) const {
    for (const auto& one : lake_.assigned)
      if (one.place == place && one.key == key) return &one;
    return nullptr;
  }
  bool has_one_of(const TagPlace& place, const TagTerm& term) const {
    const auto* found = directly(place, term.key);
    if (!found) found = directly({place.catalog, place.database, place.table, ""}, term.key);
    if (!found) found = directly({place.catalog, place.database, "", ""}, term.key);
    return found && defined(found->key, found->value) &&
           std::find(term.values.begin(), term.values.end(), found->value) != term.values.end();
  }
  bool matches(const Resource& policy, const TagPlace& place) const {
    auto expression = policy.expression;
    for (const auto& saved : lake_.saved)
      if (!policy.expression_name.empty() && saved.name == policy.expression_name) expression = saved.expression;
    return !expression.empty() && std::all_of(expression.terms().begin(), expression.terms().end(),
                                              [&](const auto& term) { return has_one_of(place, term); });
  }
  // What is in a database and carries tags, or would inherit the database's.
  bool matches_inside(const Resource& policy, const std::string& database) const {
    if (matches(policy, {lake_.account, database, "", ""})) return true;
    return std::any_of(lake_.assigned.begin(), lake_.assigned.end(), [&](const Assigned& one) {
      return one.place.database == database &&
             (matches(policy, one.place) || matches(policy, {one.place.catalog, database, one.place.table, ""}));
    });
  }

  // --- 2.9
  static std::set<std::string> all_columns(const Table& table) {
    std::set<std::string> out;
    for (const auto& column : table.facts->columns) out.insert(column.name);
    return out;
  }
  Answer everything(const Table& table, bool own) const {
    Answer out;
    out.held = closure({Privilege::all}, Level::table);
    out.full_schema = true;
    out.own_data_access = own;
    out.columns = all_columns(table);
    out.row = [](const Row&) { return true; };
    out.cell = [](const Row&, const std::string&) { return true; };
    return out;
  }
  static void whole(const Table& table, PrivilegeSet privileges, Collected& out) {
    out.held |= privileges;
    out.full_schema = true;
    if (privileges.has(Privilege::select) || privileges.has(Privilege::all))
      out.sources.push_back({all_columns(table), [](const Row&) { return true; }});
  }
  static std::set<std::string> chosen(const Table& table, const ColumnSet& set) {
    std::set<std::string> out;
    for (const auto& column : table.facts->columns)
      if (set.contains(column.name)) out.insert(column.name);
    return out;
  }
  void policy(const Table& table, const Grant& grant, Collected& out) const {
    bool itself = matches(grant.resource, {lake_.account, table.database, table.name, ""});
    std::set<std::string> columns;
    size_t data = 0;
    for (const auto& column : table.facts->columns) {
      if (column.partition_key) continue;
      ++data;
      if (matches(grant.resource, {lake_.account, table.database, table.name, column.name}))
        columns.insert(column.name);
    }
    if (columns.empty()) return;
    if (itself && columns.size() == data) return whole(table, grant.privileges, out);
    bool select = grant.privileges.has(Privilege::select) || grant.privileges.has(Privilege::all);
    if (select) out.held.insert(Privilege::select), out.sources.push_back({columns, [](const Row&) { return true; }});
    out.held.insert(Privilege::describe);
    out.described.insert(columns.begin(), columns.end());
  }
  void filtered(const Table& table, const std::string& name, Collected& out) const {
    for (const auto& filter : lake_.filters) {
      const auto& record = filter.record;
      if (record.name != name || record.table != table.name || record.database != table.database || filter.closed)
        continue;
      out.held.insert(Privilege::select);
      out.sources.push_back({chosen(table, record.columns), filter.shows});
    }
  }
  Collected collect(const Table& table) const {
    Collected out;
    if (is(lake_.admins) || is(lake_.readers)) out.held.insert(Privilege::describe), out.full_schema = true;
    const auto* location = governing(table.facts->place);
    if (location && location->with_privileged_access && counts(location->registered_by, ""))
      whole(table, {Privilege::all}, out);
    for (const auto& grant : lake_.grants) {
      const auto& on = grant.resource;
      if (!counts(grant.principal, grant.condition)) continue;
      if (on.kind == ResourceKind::lf_tag_policy && on.policy_on == PolicyTarget::tables) policy(table, grant, out);
      if (on.database != table.database) continue;
      if (on.kind == ResourceKind::all_tables) whole(table, grant.privileges, out);
      if (on.table != table.name) continue;
      if (on.kind == ResourceKind::table) whole(table, grant.privileges, out);
      if (on.kind == ResourceKind::data_cells_filter) filtered(table, on.filter, out);
      if (on.kind != ResourceKind::columns) continue;
      out.held.insert(Privilege::select);
      out.sources.push_back({chosen(table, on.columns), [](const Row&) { return true; }});
    }
    return out;
  }

  // --- 3.4
  static Answer from_sources(const Table& table, const Collected& collected) {
    Answer out;
    out.held = closure(collected.held, Level::table);
    out.full_schema = collected.full_schema;
    out.described = collected.described;
    std::set<std::string> keys;
    for (const auto& column : table.facts->columns)
      if (column.partition_key) keys.insert(column.name);
    for (const auto& source : collected.sources) out.columns.insert(source.columns.begin(), source.columns.end());
    bool data = std::any_of(out.columns.begin(), out.columns.end(), [&](const auto& c) { return keys.count(c) == 0; });
    if (!data) out.columns.clear();
    if (data) out.columns.insert(keys.begin(), keys.end());
    auto sources = collected.sources;
    out.row = [sources](const Row& row) {
      return std::any_of(sources.begin(), sources.end(), [&](const auto& source) { return source.rows(row); });
    };
    out.cell = [sources, keys](const Row& row, const std::string& column) {
      return std::any_of(sources.begin(), sources.end(), [&](const auto& source) {
        return (keys.count(column) > 0 || source.columns.count(column) > 0) && source.rows(row);
      });
    };
    return out;
  }

  const Lake& lake_;
  const Caller& caller_;
  std::function<bool(const std::string&)> holds_;
};

}  // namespace weir::permissions::plain
