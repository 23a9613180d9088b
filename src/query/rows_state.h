// A running query: for the engine that starts it and the writers that read its chunks.
#pragma once
#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

#include "duckdb/common/types/data_chunk.hpp"
#include "duckdb/main/connection.hpp"
#include "duckdb/main/query_result.hpp"
#include "query/engine.h"
#include "query/error_text.h"
#include "query/query_run.h"

namespace weir::query {

class Instance;

struct Interrupter {
  duckdb::ClientContext* context;
  void operator()() const { context->Interrupt(); }
};

struct RowsState {
  RowsState(std::shared_ptr<Instance> of, std::shared_ptr<QueryRun> started);
  ~RowsState();
  RowsState(const RowsState&) = delete;
  RowsState& operator=(const RowsState&) = delete;

  // The next chunk; null at the end.
  base::Result<duckdb::unique_ptr<duckdb::DataChunk>> next_chunk();
  // What the caller is told when DuckDB reports `error`.
  base::Error told(const duckdb::ErrorData& error, Stage stage);

  std::shared_ptr<Instance> instance;
  std::shared_ptr<QueryRun> run;
  duckdb::unique_ptr<duckdb::Connection> connection;
  std::optional<std::stop_callback<Interrupter>> cancel;
  duckdb::unique_ptr<duckdb::QueryResult> result;
  std::vector<ResultColumn> columns;
  std::atomic<bool> out_of_memory = false;
};

}  // namespace weir::query
