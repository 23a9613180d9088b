#include "query/governed_scan.h"

#include <bit>
#include <condition_variable>

#include "duckdb/planner/operator/logical_get.hpp"
#include "query/file_scan.h"
#include "query/partition_filter.h"

namespace weir::query {
namespace {

using duckdb::ClientContext;
using duckdb::DataChunk;
using duckdb::idx_t;

struct ScanInfo : duckdb::TableFunctionInfo {
  explicit ScanInfo(std::shared_ptr<const ReaderFunctions> functions) : readers(std::move(functions)) {}
  std::shared_ptr<const ReaderFunctions> readers;
};

// What is known of one mention of a table while the query is planned.
struct Mention : duckdb::TableFunctionData {
  std::shared_ptr<const ResolvedTable> table;
  std::shared_ptr<const ReaderFunctions> readers;
  catalog::PredicatePtr partitions = catalog::always();                   // what the query asks of the partition keys
  std::optional<std::vector<std::shared_ptr<const OpenableFile>>> files;  // of `partitions`

  duckdb::unique_ptr<duckdb::FunctionData> Copy() const override { return duckdb::make_uniq<Mention>(*this); }
  bool Equals(const duckdb::FunctionData& other) const override {
    auto& mention = other.Cast<Mention>();
    return table == mention.table && catalog::same(*partitions, *mention.partitions);
  }
  bool SupportStatementCache() const override { return false; }
};

duckdb::unique_ptr<duckdb::FunctionData> bind(ClientContext& context, duckdb::TableFunctionBindInput& input,
                                              duckdb::vector<duckdb::LogicalType>& types,
                                              duckdb::vector<duckdb::string>& names) {
  auto mention = duckdb::make_uniq<Mention>();
  mention->table = run_of(context).table_of(input.inputs[0].ToString());
  if (!mention->table) throw duckdb::PermissionException("no such table function");
  mention->readers = input.info->Cast<ScanInfo>().readers;
  for (auto& shown : mention->table->shown) {
    types.push_back(shown.type);
    names.push_back(mention->table->columns[shown.column].name);
  }
  return mention;
}

// The part of a predicate that speaks of partition keys alone.
catalog::PredicatePtr on_partition_keys(const ResolvedTable& table) {
  std::vector<catalog::PredicatePtr> parts;
  for (auto& conjunct : conjuncts_of(table.row_filter)) {
    bool keys_only = true;
    for (auto& path : catalog::columns_of(*conjunct)) {
      auto column = table.find(path[0]);
      keys_only = keys_only && column && column->partition_key && path.size() == 1;
    }
    if (keys_only) parts.push_back(conjunct);
  }
  return catalog::all_of(std::move(parts));
}

// Whether the file's partition may hold rows of the query.
bool may_match(const ResolvedTable& table, const DataFile& file, const catalog::Predicate& partitions) {
  auto value = [&](const std::vector<std::string>& path) -> std::optional<std::string> {
    auto column = table.find(path[0]);
    if (!column || !column->partition_key || column->position >= file.partition_values.size()) return std::nullopt;
    return file.partition_values[column->position];
  };
  return catalog::evaluate(partitions, value) != catalog::Truth::no;
}

const std::vector<std::shared_ptr<const OpenableFile>>& list_files(ClientContext& context, Mention& mention) {
  if (mention.files) return *mention.files;
  auto wanted = catalog::all_of({mention.partitions, on_partition_keys(*mention.table)});
  if (wanted->op == catalog::Op::never) return mention.files.emplace();
  auto& run = run_of(context);
  auto listed = or_abort(run, run.files(*mention.table, wanted));
  std::erase_if(listed, [&](auto& file) { return !may_match(*mention.table, file->file, *wanted); });
  return mention.files.emplace(std::move(listed));
}

void pushdown(ClientContext&, duckdb::LogicalGet& get, duckdb::FunctionData* bind_data,
              duckdb::vector<duckdb::unique_ptr<duckdb::Expression>>& filters) {
  auto& mention = bind_data->Cast<Mention>();
  std::vector<catalog::PredicatePtr> parts = {mention.partitions};
  for (auto& filter : filters)
    if (auto part = partition_filter(*mention.table, get, *filter)) parts.push_back(part);
  mention.partitions = catalog::all_of(std::move(parts));
  mention.files.reset();
}

uint64_t total_bytes(const std::vector<std::shared_ptr<const OpenableFile>>& files) {
  uint64_t sum = 0;
  for (auto& file : files) sum += *file->file.size;
  return sum;
}

// Good enough to tell a large table from a small one, too coarse to tell what is hidden. Below kSmall all tables are
// alike: there plans change with every few rows, and with them which of equal rows an answer names.
duckdb::unique_ptr<duckdb::NodeStatistics> cardinality(ClientContext& context, const duckdb::FunctionData* bind_data) {
  constexpr uint64_t kBytesPerCell = 4;
  constexpr uint64_t kSmall = uint64_t{1} << 16;
  auto& mention =
      const_cast<duckdb::FunctionData*>(bind_data)->Cast<Mention>();  // NOLINT: DuckDB's own way to fill bind data late
  uint64_t bytes = total_bytes(list_files(context, mention));
  uint64_t rows = bytes / (kBytesPerCell * std::max<uint64_t>(mention.table->columns.size(), 1)) + 1;
  auto power = static_cast<unsigned>(std::bit_width(std::max(rows, kSmall)) - 1) / 4 * 4;
  return duckdb::make_uniq<duckdb::NodeStatistics>(uint64_t{1} << power);
}

// Hands files to threads: a thread joins the first open file that has work left, else opens the next.
class FileQueue : public duckdb::GlobalTableFunctionState {
 public:
  FileQueue(std::shared_ptr<const ScanPlan> plan, std::vector<std::shared_ptr<const OpenableFile>> files, idx_t threads)
      : plan_(std::move(plan)), files_(std::move(files)), threads_(threads) {}
  idx_t MaxThreads() const override { return threads_; }

  // Moves the cursor to a file with work left, never to an earlier one than it had; false when there is none.
  bool advance(ClientContext& context, FileScan::Cursor& cursor) {
    size_t least = cursor.scan() ? cursor.scan()->ordinal() : 0;
    while (auto scan = take(context, least)) {
      if (cursor.open(context, scan)) return true;
      finish(*scan);
    }
    return false;
  }

 private:
  std::shared_ptr<FileScan> take(ClientContext& context, size_t least) {
    std::unique_lock lock(mutex_);
    for (;;) {
      for (auto& scan : open_)
        if (scan->ordinal() >= least) return scan;
      if (next_ < files_.size()) return open_next(context, lock);
      if (opening_ == 0) return nullptr;
      changed_.wait(lock);
    }
  }

  std::shared_ptr<FileScan> open_next(ClientContext& context, std::unique_lock<std::mutex>& lock) {
    auto scan = std::make_shared<FileScan>(plan_, files_[next_], next_);
    ++next_;
    ++opening_;
    lock.unlock();
    std::exception_ptr failure;
    try {
      scan->open(context);
    } catch (...) {
      failure = std::current_exception();
    }
    lock.lock();
    --opening_;
    if (!failure) open_.push_back(scan);
    changed_.notify_all();
    if (failure) std::rethrow_exception(failure);
    return scan;
  }

  void finish(const FileScan& scan) {
    std::lock_guard lock(mutex_);
    std::erase_if(open_, [&](auto& open) { return open.get() == &scan; });
  }

  std::shared_ptr<const ScanPlan> plan_;
  std::vector<std::shared_ptr<const OpenableFile>> files_;
  idx_t threads_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::shared_ptr<FileScan>> open_;
  size_t next_ = 0;
  size_t opening_ = 0;
};

struct ScanThread : duckdb::LocalTableFunctionState {
  FileScan::Cursor cursor;
  bool working = false;
};

// More threads than pieces of work would only wait.
idx_t useful_threads(const std::vector<std::shared_ptr<const OpenableFile>>& files) {
  constexpr uint64_t kBytesPerThread = 1 << 20;
  return std::max<uint64_t>(files.size(), total_bytes(files) / kBytesPerThread) + 1;
}

duckdb::unique_ptr<duckdb::GlobalTableFunctionState> init_global(ClientContext& context,
                                                                 duckdb::TableFunctionInitInput& input) {
  auto& mention = const_cast<duckdb::FunctionData&>(*input.bind_data).Cast<Mention>();  // NOLINT: see cardinality
  auto plan = std::make_shared<ScanPlan>();
  plan->table = mention.table;
  plan->readers = mention.readers.get();
  plan->columns = input.column_ids;
  plan->projection = input.projection_ids;
  for (auto column : input.column_ids) {
    bool counted_only = column == duckdb::COLUMN_IDENTIFIER_EMPTY;
    if (!counted_only && column >= mention.table->shown.size()) throw duckdb::PermissionException("no such column");
    plan->types.push_back(counted_only ? duckdb::LogicalType::BOOLEAN : mention.table->shown[column].type);
  }
  if (input.filters)
    for (auto& [place, filter] : input.filters->filters) plan->filters.filters[place] = filter->Copy();
  auto files = list_files(context, mention);
  auto threads = useful_threads(files);
  return duckdb::make_uniq<FileQueue>(std::move(plan), std::move(files), threads);
}

duckdb::unique_ptr<duckdb::LocalTableFunctionState> init_local(duckdb::ExecutionContext& context,
                                                               duckdb::TableFunctionInitInput&,
                                                               duckdb::GlobalTableFunctionState* queue) {
  auto thread = duckdb::make_uniq<ScanThread>();
  thread->working = queue->Cast<FileQueue>().advance(context.client, thread->cursor);
  return thread;
}

void scan(ClientContext& context, duckdb::TableFunctionInput& input, DataChunk& output) {
  auto& thread = input.local_state->Cast<ScanThread>();
  auto& queue = input.global_state->Cast<FileQueue>();
  while (thread.working) {
    thread.cursor.next(context, output);
    if (output.size() > 0) return;
    thread.working = queue.advance(context, thread.cursor);
  }
  output.SetCardinality(0);
}

// Keeps rows in the order of the files, whichever thread read them.
duckdb::OperatorPartitionData partition_data(ClientContext& context, duckdb::TableFunctionGetPartitionInput& input) {
  constexpr idx_t kBatchesPerFile = 1'000'000;
  auto& cursor = input.local_state->Cast<ScanThread>().cursor;
  auto inside = std::min(cursor.batch_index(context), kBatchesPerFile - 1);
  return duckdb::OperatorPartitionData(cursor.scan()->ordinal() * kBatchesPerFile + inside);
}

// The column that only counts rows.
duckdb::virtual_column_map_t virtual_columns(ClientContext&, duckdb::optional_ptr<duckdb::FunctionData>) {
  duckdb::virtual_column_map_t columns;
  columns.insert({duckdb::COLUMN_IDENTIFIER_EMPTY, duckdb::TableColumn("", duckdb::LogicalType::BOOLEAN)});
  return columns;
}

}  // namespace

bool is_governed_scan(const duckdb::TableFunction& function) { return function.bind == bind; }

duckdb::TableFunction governed_scan(const std::string& name, std::shared_ptr<const ReaderFunctions> readers) {
  duckdb::TableFunction function(name, {duckdb::LogicalType::VARCHAR}, scan, bind, init_global, init_local);
  function.function_info = duckdb::make_shared_ptr<ScanInfo>(std::move(readers));
  function.pushdown_complex_filter = pushdown;
  function.cardinality = cardinality;
  function.get_partition_data = partition_data;
  function.get_virtual_columns = virtual_columns;
  function.projection_pushdown = true;
  function.filter_pushdown = true;
  function.filter_prune = true;
  return function;
}

}  // namespace weir::query
