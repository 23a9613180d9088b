#include "services/weir/fact_operations.h"

#include "app/explain/access_matrix.h"
#include "app/explain/grant_lineage.h"
#include "app/explain/my_access.h"
#include "permissions/explain.h"
#include "services/weir/request_words.h"

namespace weir::services {

using namespace wire::weir_api;
namespace {

std::string to_wire(app::AccessLevel level) {
  switch (level) {
    case app::AccessLevel::none: return "NONE";
    case app::AccessLevel::describe: return "DESCRIBE";
    case app::AccessLevel::select_some: return "SELECT_SOME";
    case app::AccessLevel::select: return "SELECT";
    case app::AccessLevel::write: return "WRITE";
    case app::AccessLevel::super: return "SUPER";
  }
  return "NONE";
}

std::string to_wire(app::ColumnAccess access) {
  switch (access) {
    case app::ColumnAccess::none: return "NONE";
    case app::ColumnAccess::partial: return "PARTIAL";
    case app::ColumnAccess::masked: return "MASKED";
    case app::ColumnAccess::rows: return "ROWS";
    case app::ColumnAccess::full: return "FULL";
  }
  return "NONE";
}

std::string to_wire(app::LineageKind kind) {
  switch (kind) {
    case app::LineageKind::grant: return "GRANT";
    case app::LineageKind::lf_tag: return "LF_TAG";
    case app::LineageKind::share: return "SHARE";
    case app::LineageKind::link: return "LINK";
    case app::LineageKind::request: return "REQUEST";
    case app::LineageKind::creator: return "CREATOR";
    case app::LineageKind::administrator: return "ADMINISTRATOR";
  }
  return "";
}

wire::List<std::string> names_of(permissions::PrivilegeSet privileges) {
  wire::List<std::string> out;
  out.give();
  for (auto privilege : privileges.list()) out.push_back(std::string(permissions::name_of(privilege)));
  return out;
}

MyColumn to_wire(app::MyColumn&& column) {
  MyColumn out;
  out.Name = std::move(column.name);
  out.Type = std::move(column.type);
  out.PartitionKey = column.partition_key;
  out.Access = to_wire(column.access);
  out.Grantable = column.grantable;
  return out;
}

MyGrant to_wire(permissions::Because&& because) {
  MyGrant out;
  out.Ground = permissions::name_of(because.ground);
  out.Principal = std::move(because.principal);
  out.Permissions = names_of(because.privileges);
  if (because.ground == permissions::Ground::filter) out.Filter = std::move(because.detail);
  if (permissions::is_by_tags(because.ground)) out.LFTagPolicy = std::move(because.detail);
  say(because.share, out.ResourceShare);
  return out;
}

AccessMatrixRow to_wire(app::MatrixRow&& row, const std::vector<std::string>& tables) {
  AccessMatrixRow out;
  out.Principal = std::move(row.principal);
  out.Administrator = row.administrator;
  out.Levels.give();
  out.Grantable.give();
  for (size_t i = 0; i < row.cells.size(); ++i) {
    out.Levels.push_back(to_wire(row.cells[i].level));
    if (row.cells[i].grantable) out.Grantable.push_back(tables[i]);
  }
  return out;
}

LineageLink to_wire(app::LineageLink&& link) {
  LineageLink out;
  out.Kind = to_wire(link.kind);
  out.From = std::move(link.from);
  out.To = std::move(link.to);
  say(link.on, out.On);
  out.Permissions = names_of(link.privileges);
  out.Grantable = names_of(link.grantable);
  say(link.condition, out.Condition);
  say(link.id, out.Id);
  say(link.by, out.By);
  out.At = link.at;
  return out;
}

}  // namespace

base::Result<GetMyAccessResponse> get_my_access(app::Call& call, const GetMyAccessRequest& in) {
  auto name = app::table_name(call.catalog_or_own(in.CatalogId), *in.DatabaseName, *in.TableName);
  WEIR_TRY(auto mine, app::my_access(call, name));
  GetMyAccessResponse out;
  out.CatalogId = std::move(mine.name.catalog);
  out.DatabaseName = std::move(mine.name.database);
  out.TableName = std::move(mine.name.table);
  out.Level = to_wire(mine.level);
  out.Permissions = names_of(mine.privileges);
  out.Grantable = names_of(mine.grantable);
  out.Columns.give();
  for (auto& column : mine.columns) out.Columns.push_back(to_wire(std::move(column)));
  out.AllRows = mine.all_rows;
  say(mine.row_filter, out.RowFilter);
  out.Through.give();
  for (auto& because : mine.through) out.Through.push_back(to_wire(std::move(because)));
  return out;
}

base::Result<BatchGetMyAccessResponse> batch_get_my_access(app::Call& call, const BatchGetMyAccessRequest& in) {
  auto database = app::database_name(call.catalog_or_own(in.CatalogId), *in.DatabaseName);
  WEIR_TRY(auto levels, app::my_access_to(call, database, in.TableNames.items()));
  BatchGetMyAccessResponse out;
  out.Tables.give();
  for (size_t i = 0; i < levels.size(); ++i)
    out.Tables.push_back({.TableName = in.TableNames.items()[i], .Level = to_wire(levels[i])});
  return out;
}

base::Result<GetAccessMatrixResponse> get_access_matrix(app::Call& call, const GetAccessMatrixRequest& in) {
  auto database = app::database_name(call.catalog_or_own(in.CatalogId), *in.DatabaseName);
  app::MatrixRequest request{.catalog = database.catalog,
                             .database = database.database,
                             .principals = in.Principals.items(),
                             .tables = in.TableNames.items(),
                             .token = in.NextToken.value_or(""),
                             .tables_token = in.TablesNextToken.value_or("")};
  if (in.MaxResults) request.limit = static_cast<size_t>(*in.MaxResults);
  WEIR_TRY(auto matrix, app::access_matrix(call, request));
  GetAccessMatrixResponse out;
  out.Tables = texts(matrix.tables);
  out.Rows.give();
  for (auto& row : matrix.rows) out.Rows.push_back(to_wire(std::move(row), matrix.tables));
  say(matrix.next, out.NextToken);
  say(matrix.next_tables, out.TablesNextToken);
  return out;
}

base::Result<GetGrantLineageResponse> get_grant_lineage(app::Call& call, const GetGrantLineageRequest& in) {
  WEIR_TRY(auto lineage, app::grant_lineage(call, {call.catalog_or_own(in.CatalogId), *in.Resource, *in.Principal}));
  GetGrantLineageResponse out;
  out.Links.give();
  for (auto& link : lineage.links) out.Links.push_back(to_wire(std::move(link)));
  out.Complete = lineage.complete;
  return out;
}

}  // namespace weir::services
