// DuckDB's own file readers, called directly: one file, its columns by name or position, as finished chunks.
//
// Threads: a FileReader is opened by one thread, then scanned by many, each with a Cursor of its own.
//
// INVARIANT: a file that cannot be read ends the run with an error that names the table and nothing of the
// file.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "duckdb/common/types/data_chunk.hpp"
#include "duckdb/execution/execution_context.hpp"
#include "duckdb/function/table_function.hpp"
#include "duckdb/parallel/thread_context.hpp"
#include "duckdb/planner/table_filter.hpp"
#include "query/query_run.h"

namespace weir::query {

// The three scan functions, taken from DuckDB's catalog before it is locked down.
struct ReaderFunctions {
  duckdb::TableFunction parquet;
  duckdb::TableFunction csv;
  duckdb::TableFunction json;
  const duckdb::TableFunction& of(FileFormat format) const;
};

struct FileColumn {
  size_t position = 0;
  duckdb::LogicalType type;
};

class FileReader {
 public:
  FileReader(const ReaderFunctions& functions, const ResolvedTable& table, const OpenableFile& file)
      : function_(functions.of(table.governed.format)), table_(table), file_(file) {}

  // Opens the file far enough to know its columns.
  void bind(duckdb::ClientContext& context);
  std::optional<FileColumn> find(const ScanColumn& column) const;
  // Whether filters handed to `start` are applied to every row.
  bool applies_filters() const { return function_.filter_pushdown; }

  // Asks for a column; the answer is its place in the chunks.
  size_t request(size_t position);
  void push_filter(size_t position, duckdb::unique_ptr<duckdb::TableFilter> filter);
  // After the last request: prepares the scan.
  void start(duckdb::ClientContext& context);
  const duckdb::vector<duckdb::LogicalType>& chunk_types() const { return chunk_types_; }

  class Cursor {
   public:
    // False when the file has nothing left for another thread.
    bool open(duckdb::ClientContext& context, FileReader& reader);
    // Fills `chunk`; empty at the end.
    void next(duckdb::ClientContext& context, duckdb::DataChunk& chunk);
    duckdb::idx_t batch_index(duckdb::ClientContext& context) const;

   private:
    FileReader* reader_ = nullptr;
    duckdb::unique_ptr<duckdb::ThreadContext> thread_;
    duckdb::unique_ptr<duckdb::LocalTableFunctionState> state_;
  };

 private:
  duckdb::named_parameter_map_t parameters() const;
  duckdb::TableFunctionInitInput init_input();

  duckdb::TableFunction function_;
  const ResolvedTable& table_;
  const OpenableFile& file_;
  duckdb::vector<duckdb::string> names_;
  duckdb::vector<duckdb::LogicalType> types_;
  duckdb::vector<duckdb::column_t> columns_;  // requested, then those only filtered on
  size_t requested_ = 0;
  duckdb::vector<duckdb::idx_t> projection_;
  duckdb::vector<duckdb::LogicalType> chunk_types_;
  duckdb::TableFilterSet filters_;
  std::vector<std::pair<size_t, duckdb::unique_ptr<duckdb::TableFilter>>> pushed_;  // by position in the file
  duckdb::unique_ptr<duckdb::FunctionData> bind_data_;
  duckdb::unique_ptr<duckdb::GlobalTableFunctionState> state_;
};

}  // namespace weir::query
