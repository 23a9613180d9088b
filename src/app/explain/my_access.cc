#include "app/explain/my_access.h"

#include <algorithm>

#include "app/catalog/link_target.h"
#include "app/catalog/resource_links.h"
#include "app/catalog/shown_columns.h"
#include "app/explain/explain_sharing.h"
#include "base/text.h"

namespace weir::app {
namespace {

using permissions::Privilege;
using permissions::PrivilegeSet;

ColumnAccess access_of(const permissions::VisibleColumn& visible, const permissions::TableView& view) {
  if (visible.fields) return ColumnAccess::partial;
  if (view.masks(visible)) return ColumnAccess::masked;
  bool always = visible.visible_when && catalog::is_always(visible.visible_when);
  return always ? ColumnAccess::full : ColumnAccess::rows;
}

ColumnAccess access_to(std::string_view column, const permissions::TableView& view) {
  for (const auto& visible : view.columns)
    if (base::equal_ignoring_case(visible.name, column)) return access_of(visible, view);
  return ColumnAccess::none;
}

// Column by column of one table, whose schema is what the caller is shown.
class Columns {
 public:
  Columns(const permissions::Caller& caller, const permissions::Decision& decision,
          const permissions::Snapshot& snapshot, bool all_grantable)
      : caller_(caller), decision_(decision), snapshot_(snapshot), all_grantable_(all_grantable) {}

  void add(const std::optional<std::vector<catalog::Column>>& columns, bool partition_keys) {
    if (!columns) return;
    for (const auto& column : *columns) out_.push_back(one(column, partition_keys));
  }
  std::vector<MyColumn> take() { return std::move(out_); }

 private:
  MyColumn one(const catalog::Column& column, bool partition_key) const {
    return {column.name, column.type.value_or(""), partition_key, access_to(column.name, decision_.view),
            all_grantable_ || is_grantable(column.name)};
  }
  bool is_grantable(const std::string& column) const {
    const auto& table = decision_.resource;
    auto alone = permissions::Resource::of_columns(table.catalog, table.database, table.table,
                                                   permissions::ColumnSet::only({column}));
    return alone && !grantable_privileges(caller_, *alone, {Privilege::select}, snapshot_).empty();
  }

  const permissions::Caller& caller_;
  const permissions::Decision& decision_;
  const permissions::Snapshot& snapshot_;
  const bool all_grantable_;
  std::vector<MyColumn> out_;
};

// Whoever is told which rows are shown learns the names in it.
std::string shown_filter(const permissions::Decision& decision) {
  const auto& filter = decision.view.row_filter;
  if (decision.view.all_rows || decision.view.columns.empty() || !filter) return {};
  ShownColumns shown(decision);
  for (const auto& path : catalog::columns_of(*filter))
    if (path.empty() || !shown.shows(path.front())) return {};
  return catalog::to_text(*filter);
}

std::vector<permissions::Because> what_counts(permissions::Decision decision, const std::string& account) {
  auto out = without_shares_not_joined(std::move(decision), account).because;
  std::erase_if(out, [](const auto& because) {
    return because.ground == permissions::Ground::set_aside || because.ground == permissions::Ground::other_account;
  });
  return out;
}

MyAccess told(const Call& call, const GovernedTable& governed) {
  const auto& snapshot = call.state().permissions(governed.name.catalog);
  auto caller = call.lake_caller(governed.name.catalog);
  const auto& decision = governed.decision;
  auto all = permissions::valid_at(permissions::Level::table);
  MyAccess out;
  out.name = governed.name;
  out.level = level_of(decision);
  out.privileges = table_privileges(decision);
  out.grantable = grantable_privileges(caller, decision.resource, all, snapshot);
  auto table = ShownColumns(decision).of(governed.table);
  Columns columns(caller, decision, snapshot, out.grantable.has(Privilege::select));
  if (table->storage_descriptor) columns.add(table->storage_descriptor->columns, false);
  columns.add(table->partition_keys, true);
  out.columns = columns.take();
  out.all_rows = decision.view.all_rows && !decision.view.columns.empty();
  out.row_filter = shown_filter(decision);
  out.through = what_counts(decision, caller.account);
  return out;
}

base::Result<AccessLevel> level_on(const Call& call, const names::TableName& name, bool links = true) {
  WEIR_TRY(auto table, call.lake().tables.find(name.catalog, name.database, name.table));
  if (!table) return AccessLevel::none;
  WEIR_TRY(auto resource, permissions::Resource::of_table(name.catalog, name.database, name.table));
  auto facts = facts_of(*table);
  permissions::Question question{call.lake_caller(name.catalog), Privilege::describe, std::move(resource), &facts};
  auto level = level_of(permissions::decide(question, call.state().permissions(name.catalog)));
  auto target = links && level != AccessLevel::none ? target_of(*table) : std::nullopt;
  if (!target || target->is_elsewhere(call.lake().region)) return level;
  // Whoever may describe a link hears of its target what the target gives.
  WEIR_TRY(auto there, level_on(call, target->name, false));
  return std::max(there, AccessLevel::describe);
}

}  // namespace

base::Result<MyAccess> my_access(Call& call, const names::TableName& name) {
  call.about("databaseName", name.database);
  call.about("name", name.table);
  WEIR_TRY(auto governed, authorize_linked_table(call, "glue:GetTable", name, TableLinks::follow, Privilege::describe));
  return told(call, governed);
}

base::Result<std::vector<AccessLevel>> my_access_to(Call& call, const DatabaseName& asked,
                                                    const std::vector<std::string>& tables) {
  call.about("databaseName", asked.database);
  WEIR_TRY(auto followed, follow(call, {"glue:GetTables", arn_of(call, asked), asked.catalog}, asked));
  const auto& database = followed.name;
  Ask ask{"glue:GetTables", arn_of(call, database), database.catalog};
  WEIR_CHECK_OK(authorize_database(call, ask, followed, Privilege::describe));
  std::vector<AccessLevel> out;
  for (const auto& table : tables) {
    WEIR_TRY(auto level, level_on(call, table_name(database.catalog, database.database, table)));
    out.push_back(level);
  }
  return out;
}

}  // namespace weir::app
