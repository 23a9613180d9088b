#include "query/engine.h"

#include <mutex>

#include "duckdb/main/materialized_query_result.hpp"
#include "duckdb/main/pending_query_result.hpp"
#include "query/instance.h"
#include "query/rows_state.h"
#include "query/statement_gate.h"

namespace weir::query {
namespace {

// The build whose headers we compile against.
constexpr std::string_view kLibraryVersion = "v1.4.4";
constexpr std::string_view kSourceId = "6ddac802ff";

base::Status check_library() {
  std::string version = duckdb::DuckDB::LibraryVersion();
  std::string source = duckdb::DuckDB::SourceID();
  if (version == kLibraryVersion && source == kSourceId) return {};
  return base::internal("libduckdb.so is " + version + " " + source + ", this program was built for " +
                        std::string(kLibraryVersion) + " " + std::string(kSourceId));
}

base::Result<std::shared_ptr<Instance>> open_instance(const EngineOptions& options) {
  try {
    return std::make_shared<Instance>(options);
  } catch (const std::exception& e) {
    return base::internal(std::string("DuckDB cannot be started: ") + e.what());
  }
}

std::vector<ResultColumn> columns_of(const duckdb::QueryResult& result) {
  std::vector<ResultColumn> columns;
  for (size_t i = 0; i < result.names.size(); ++i) columns.push_back({result.names[i], result.types[i].ToString()});
  return columns;
}

base::Status start(RowsState& rows, duckdb::unique_ptr<duckdb::SQLStatement> statement) {
  auto stage = Stage::planning;
  try {
    auto pending = rows.connection->PendingQuery(std::move(statement), true);
    if (pending->HasError()) return rows.told(pending->GetErrorObject(), stage);
    stage = Stage::running;
    rows.result = pending->Execute();
  } catch (const std::exception& e) {
    return rows.told(duckdb::ErrorData(e), stage);
  }
  if (rows.result->HasError()) return rows.told(rows.result->GetErrorObject(), stage);
  rows.columns = columns_of(*rows.result);
  return {};
}

}  // namespace

struct Engine::State {
  EngineOptions options;
  std::mutex mutex;
  std::shared_ptr<Instance> instance;

  base::Result<std::shared_ptr<Instance>> current() {
    std::lock_guard lock(mutex);
    if (instance->is_spent()) {
      WEIR_TRY(instance, open_instance(options));
    }
    return instance;
  }
};

Engine::Engine(std::unique_ptr<State> state) : state_(std::move(state)) {}
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;
Engine::~Engine() = default;

base::Result<Engine> Engine::open(const EngineOptions& options) {
  WEIR_CHECK_OK(check_library());
  auto state = std::make_unique<State>();
  state->options = options;
  WEIR_TRY(state->instance, open_instance(options));
  return Engine(std::move(state));
}

base::Result<Rows> Engine::run(std::string_view sql, LakeAccess& lake, const RunOptions& options) {
  WEIR_TRY(auto instance, state_->current());
  auto rows = std::make_unique<RowsState>(instance, std::make_shared<QueryRun>(lake, options.default_database));
  WEIR_TRY(auto statement, single_select(*rows->connection->context, sql));
  if (options.cancel.stop_requested()) return base::fail(base::Kind::unavailable, "The query was cancelled.", "query");
  rows->cancel.emplace(options.cancel, Interrupter{rows->connection->context.get()});
  WEIR_CHECK_OK(start(*rows, std::move(statement)));
  return Rows(std::move(rows));
}

}  // namespace weir::query
