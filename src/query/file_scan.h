// One data file as the caller may see it: reader, row filter, cell masks, then the query's own filters.
//
// Threads: opened by one thread, then scanned by many, each with a Cursor.
//
// INVARIANTS
// 1. A chunk that leaves `Cursor::next` holds visible rows only, and NULL in every hidden cell.
// 2. Nothing hidden lies behind it either: DuckDB evaluates functions it holds harmless on whole dictionaries
// and on whole
//    list children, so those are copied to hold visible values alone.
// 3. Filters of the query that are more than comparisons see finished rows only: after row filter and masks.
#pragma once
#include <memory>
#include <vector>

#include "duckdb/execution/expression_executor.hpp"
#include "query/file_reader.h"
#include "query/scan_filters.h"

namespace weir::query {

// What the query wants of the table; the same for all its files.
struct ScanPlan {
  std::shared_ptr<const ResolvedTable> table;
  const ReaderFunctions* readers = nullptr;
  duckdb::vector<duckdb::column_t> columns;   // into table->shown, or the empty column
  duckdb::vector<duckdb::idx_t> projection;   // into `columns`; which of them leave the scan
  duckdb::vector<duckdb::LogicalType> types;  // of `columns`
  duckdb::TableFilterSet filters;             // the query's, by place in `columns`
};

class FileScan {
 public:
  FileScan(std::shared_ptr<const ScanPlan> plan, std::shared_ptr<const OpenableFile> file, size_t ordinal);

  void open(duckdb::ClientContext& context);
  size_t ordinal() const { return ordinal_; }

  class Cursor {
   public:
    bool open(duckdb::ClientContext& context, std::shared_ptr<FileScan> scan);
    // Fills `output`; empty at the end.
    void next(duckdb::ClientContext& context, duckdb::DataChunk& output);
    duckdb::idx_t batch_index(duckdb::ClientContext& context) const;
    const FileScan* scan() const { return scan_.get(); }

   private:
    void forget_hidden();
    bool keep(duckdb::DataChunk& chunk, duckdb::unique_ptr<duckdb::ExpressionExecutor>& filter);

    std::shared_ptr<FileScan> scan_;
    FileReader::Cursor reader_;
    duckdb::DataChunk raw_;      // as read
    duckdb::DataChunk visible_;  // filtered and masked
    duckdb::unique_ptr<duckdb::ExpressionExecutor> row_filter_;
    duckdb::unique_ptr<duckdb::ExpressionExecutor> values_;
    duckdb::unique_ptr<duckdb::ExpressionExecutor> query_filter_;
    duckdb::SelectionVector selection_{STANDARD_VECTOR_SIZE};
  };

 private:
  class Values;
  bool push(const catalog::Predicate& conjunct);
  void build_row_filter(Values& values);
  void build_values(Values& values);
  bool may_push_on(const ShownColumn& shown, std::optional<FileColumn>& found) const;
  void build_query_filters();

  std::shared_ptr<const ScanPlan> plan_;
  std::shared_ptr<const OpenableFile> file_;
  size_t ordinal_;
  FileReader reader_;
  duckdb::unique_ptr<duckdb::Expression> row_filter_;  // over the reader's chunk; what the reader did not apply
  duckdb::vector<duckdb::unique_ptr<duckdb::Expression>> values_;  // over the reader's chunk, one for each plan column
  std::vector<bool> hides_;  // for each plan column, whether vectors of it may hold what must not be seen
  duckdb::unique_ptr<duckdb::Expression> query_filter_;  // over the finished columns
};

}  // namespace weir::query
