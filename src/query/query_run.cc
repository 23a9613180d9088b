#include "query/query_run.h"

#include "base/clock.h"
#include "base/text.h"
#include "query/column_type.h"
#include "query/partial_struct.h"

namespace weir::query {
namespace {

// Columns whose types DuckDB does not know are left out: unless the query or a filter names one, they do not
// matter.
void add_columns(ResolvedTable& table, const std::vector<TableColumn>& columns, bool partition_keys) {
  for (size_t i = 0; i < columns.size(); ++i) {
    auto type = column_type(columns[i].type);
    table.columns.push_back({.name = columns[i].name,
                             .type = type.ok() ? *type : duckdb::LogicalType::INVALID,
                             .partition_key = partition_keys,
                             .position = i});
  }
}

base::Error unsupported_type(const ResolvedTable& table, const ScanColumn& column) {
  return base::fail(
      base::Kind::unsupported,
      "Column " + column.name + " of table " + table.display_name() + " has a type that cannot be queried.", "column");
}

// Whether cells are visible in every visible row.
bool follows_row_filter(const permissions::VisibleColumn& column, const catalog::PredicatePtr& row_filter) {
  return column.visible_when &&
         (catalog::is_always(column.visible_when) || catalog::same(*column.visible_when, *row_filter));
}

base::Status add_shown(ResolvedTable& table) {
  for (auto& visible : table.governed.view.columns) {
    auto column = table.find(visible.name);
    if (!column)
      return base::denied("The permissions on table " + table.display_name() + " name a column it does not have.",
                          "table");
    if (column->type.id() == duckdb::LogicalTypeId::INVALID) return unsupported_type(table, *column);
    ShownColumn shown;
    shown.column = static_cast<size_t>(column - table.columns.data());
    WEIR_TRY(shown.type, partial_type(column->type, visible));
    shown.parts = visible;
    if (!follows_row_filter(visible, table.row_filter))
      shown.visible_when = visible.visible_when ? visible.visible_when : catalog::never();
    table.shown.push_back(std::move(shown));
  }
  return {};
}

base::Result<std::shared_ptr<const ResolvedTable>> prepare(GovernedTable governed) {
  auto table = std::make_shared<ResolvedTable>();
  table->governed = std::move(governed);
  table->row_filter = table->governed.view.row_filter ? table->governed.view.row_filter : catalog::never();
  add_columns(*table, table->governed.columns, false);
  add_columns(*table, table->governed.partition_keys, true);
  if (table->governed.view.columns.empty()) {
    auto error = base::denied("You may not read any column of table " + table->display_name() + ".", "table");
    error.decision_id = table->governed.decision_id;
    return error;
  }
  WEIR_CHECK_OK(add_shown(*table));
  return std::shared_ptr<const ResolvedTable>(std::move(table));
}

// What tells DuckDB how the bytes are packed.
std::string compression_ending(std::string_view path) {
  for (std::string_view ending : {".gz", ".zst"})
    if (path.ends_with(ending)) return std::string(ending);
  return {};
}

}  // namespace

const ScanColumn* ResolvedTable::find(const std::string& name) const {
  for (auto& column : columns)
    if (base::equal_ignoring_case(column.name, name)) return &column;
  return nullptr;
}

QueryRun::QueryRun(LakeAccess& lake, std::optional<std::string> default_database)
    : lake_(lake),
      default_database_(std::move(default_database)),
      secret_(base::hex(base::SystemRandomness().bytes(16))) {}

base::Result<std::shared_ptr<const ResolvedTable>> QueryRun::table(const std::string& schema, const std::string& name) {
  TableRef ref{.database = default_database_, .table = base::to_lower(name)};
  if (!schema.empty()) ref.database = base::to_lower(schema);
  std::string key = base::join({base::uri_encode(ref.database.value_or("")), base::uri_encode(ref.table)}, "/");
  {
    std::lock_guard lock(mutex_);
    if (auto known = tables_.find(key); known != tables_.end()) return known->second;
  }
  WEIR_TRY(auto governed, lake_.resolve(ref));
  WEIR_TRY(auto prepared, prepare(std::move(governed)));
  std::lock_guard lock(mutex_);
  auto table = std::make_shared<ResolvedTable>(*prepared);
  table->token = secret_ + "/" + key;
  return tables_.emplace(key, std::move(table)).first->second;
}

std::shared_ptr<const ResolvedTable> QueryRun::table_of(const std::string& token) const {
  std::lock_guard lock(mutex_);
  for (auto& [key, table] : tables_)
    if (table->token == token) return table;
  return nullptr;
}

base::Result<uint64_t> QueryRun::size_of(const DataFile& file) {
  if (file.size) return *file.size;
  WEIR_TRY(auto stat, lake_.stat(file));
  return stat.size;
}

base::Result<std::vector<std::shared_ptr<const OpenableFile>>> QueryRun::files(
    const ResolvedTable& table, const catalog::PredicatePtr& partitions) {
  WEIR_TRY(auto listed, lake_.files(table.governed, partitions));
  std::vector<std::shared_ptr<const OpenableFile>> result;
  for (auto& file : listed) {
    WEIR_TRY(file.size, size_of(file));
    if (*file.size == 0) continue;
    auto openable = std::make_shared<OpenableFile>();
    openable->table = table.display_name();
    std::lock_guard lock(mutex_);
    openable->path = "lake://" + secret_ + "/" + std::to_string(files_.size()) + compression_ending(file.path);
    openable->file = std::move(file);
    files_.emplace(openable->path, openable);
    result.push_back(std::move(openable));
  }
  return result;
}

std::shared_ptr<const OpenableFile> QueryRun::file_at(const std::string& path) const {
  std::lock_guard lock(mutex_);
  auto found = files_.find(path);
  return found == files_.end() ? nullptr : found->second;
}

void QueryRun::fail(base::Error error) {
  std::lock_guard lock(mutex_);
  if (!failure_) failure_ = std::move(error);
}

std::optional<base::Error> QueryRun::failure() const {
  std::lock_guard lock(mutex_);
  return failure_;
}

QueryRun& run_of(duckdb::ClientContext& context) {
  auto state = context.registered_state->Get<RunOfConnection>(RunOfConnection::kKey);
  if (!state) throw duckdb::PermissionException("no governed query runs here");
  return *state->run;
}

void abort_run(QueryRun& run, base::Error error) {
  run.fail(std::move(error));
  throw duckdb::IOException("the lake refused");
}

}  // namespace weir::query
