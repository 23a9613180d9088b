#include "query/file_reader.h"

#include <algorithm>

#include "base/text.h"
#include "duckdb/common/exception.hpp"
#include "duckdb/parser/tableref/table_function_ref.hpp"
#include "duckdb/planner/filter/conjunction_filter.hpp"

namespace weir::query {
namespace {

using duckdb::Value;

const char* word(FileFormat format) {
  switch (format) {
    case FileFormat::parquet: return "Parquet";
    case FileFormat::csv: return "delimited text";
    case FileFormat::json: return "JSON";
  }
  return "data";
}

// The reader's own complaint may quote the file, so it goes to the log.
[[noreturn]] void unreadable(QueryRun& run, const ResolvedTable& table, const OpenableFile& file,
                             const std::exception& e) {
  auto error = base::fail(
      base::Kind::invalid,
      "A data file of table " + table.display_name() + " cannot be read as " + word(table.governed.format) + ".",
      "data file");
  error.log = file.file.path + ": " + duckdb::ErrorData(e).RawMessage();
  abort_run(run, std::move(error));
}

bool is_about_the_query(const std::exception& e) {
  auto type = duckdb::ErrorData(e).Type();
  return type == duckdb::ExceptionType::INTERRUPT || type == duckdb::ExceptionType::OUT_OF_MEMORY;
}

// Runs a step of the reader; what it throws is about the file, unless the run was stopped.
template <class Step>
auto guarded(duckdb::ClientContext& context, const ResolvedTable& table, const OpenableFile& file, Step step) {
  try {
    return step();
  } catch (const std::exception& e) {
    auto& run = run_of(context);
    if (run.failure() || is_about_the_query(e)) throw;
    unreadable(run, table, file, e);
  }
}

Value text_value(std::optional<char> character) { return character ? Value(std::string(1, *character)) : Value(""); }

// A column named by its place: the names in the schema need not be distinct words for the reader.
Value text_columns(size_t count) {
  duckdb::child_list_t<Value> columns;
  for (size_t i = 0; i < std::max<size_t>(count, 1); ++i)
    columns.emplace_back("c" + std::to_string(i), Value("VARCHAR"));
  return Value::STRUCT(std::move(columns));
}

Value json_columns(const ResolvedTable& table) {
  duckdb::child_list_t<Value> columns;
  for (auto& column : table.columns) {
    if (column.partition_key || column.type.id() == duckdb::LogicalTypeId::INVALID) continue;
    columns.emplace_back(column.name, Value(column.type.ToString()));
  }
  if (columns.empty()) columns.emplace_back("none", Value("VARCHAR"));
  return Value::STRUCT(std::move(columns));
}

bool has_binary_column(const ResolvedTable& table) {
  return std::any_of(table.columns.begin(), table.columns.end(),
                     [](auto& column) { return column.type.id() == duckdb::LogicalTypeId::BLOB; });
}

constexpr uint64_t kMiB = 1 << 20;

// How much of the file one row may take: all of it, up to a limit. A row over DuckDB's own limit would be dropped or
// end the query, and so tell of a hidden cell; the limit is what buffers of that size may cost.
uint64_t row_bytes_max(const OpenableFile& file, uint64_t least, uint64_t most) {
  constexpr uint64_t kExpansionMax = 1000;  // of gzip and Zstandard
  bool compressed = file.path.ends_with(".gz") || file.path.ends_with(".zst");
  auto size = file.file.size.value_or(0);
  return std::clamp(compressed ? size * kExpansionMax : size, least, most);
}

void add_row_limits(duckdb::named_parameter_map_t& parameters, const OpenableFile& file) {
  auto line = row_bytes_max(file, 2 * kMiB, 64 * kMiB);
  parameters["max_line_size"] = Value::UBIGINT(line);
  parameters["buffer_size"] = Value::UBIGINT(std::max(line, 32 * kMiB));
}

void add_text_parameters(duckdb::named_parameter_map_t& parameters, const ResolvedTable& table) {
  auto& shape = table.governed.text;
  parameters["auto_detect"] = Value::BOOLEAN(false);
  parameters["header"] = Value::BOOLEAN(false);
  parameters["columns"] = text_columns(table.governed.columns.size());
  parameters["delim"] = text_value(shape.separator);
  parameters["quote"] = text_value(shape.quote);
  parameters["escape"] = text_value(shape.escape);
  parameters["skip"] = Value::BIGINT(shape.header_lines);
  parameters["nullstr"] = Value(shape.null_text);
  parameters["null_padding"] = Value::BOOLEAN(true);
  parameters["strict_mode"] = Value::BOOLEAN(false);
  parameters["ignore_errors"] = Value::BOOLEAN(true);
  // With quotes a line break may lie inside a cell, which the parallel reader refuses to pad.
  parameters["parallel"] = Value::BOOLEAN(!shape.quote);
}

}  // namespace

const duckdb::TableFunction& ReaderFunctions::of(FileFormat format) const {
  switch (format) {
    case FileFormat::parquet: return parquet;
    case FileFormat::csv: return csv;
    case FileFormat::json: return json;
  }
  return parquet;
}

duckdb::named_parameter_map_t FileReader::parameters() const {
  duckdb::named_parameter_map_t parameters;
  parameters["hive_partitioning"] = Value::BOOLEAN(false);
  switch (table_.governed.format) {
    case FileFormat::parquet:
      // Old writers leave text without its annotation.
      parameters["binary_as_string"] = Value::BOOLEAN(!has_binary_column(table_));
      break;
    case FileFormat::csv:
      add_text_parameters(parameters, table_);
      add_row_limits(parameters, file_);
      break;
    case FileFormat::json:
      parameters["columns"] = json_columns(table_);
      parameters["format"] = Value("newline_delimited");
      parameters["maximum_object_size"] = Value::UINTEGER(row_bytes_max(file_, 16 * kMiB, 32 * kMiB));
      parameters["ignore_errors"] = Value::BOOLEAN(true);
      break;
  }
  return parameters;
}

void FileReader::bind(duckdb::ClientContext& context) {
  guarded(context, table_, file_, [&] {
    duckdb::vector<Value> inputs = {Value(file_.path)};
    auto named = parameters();
    duckdb::vector<duckdb::LogicalType> no_types;
    duckdb::vector<duckdb::string> no_names;
    duckdb::TableFunctionRef no_ref;
    duckdb::TableFunctionBindInput input(inputs, named, no_types, no_names, function_.function_info.get(), nullptr,
                                         function_, no_ref);
    bind_data_ = function_.bind(context, input, types_, names_);
    if (function_.get_virtual_columns) function_.get_virtual_columns(context, bind_data_.get());
  });
}

std::optional<FileColumn> FileReader::find(const ScanColumn& column) const {
  if (table_.governed.format == FileFormat::csv) {
    if (column.position >= types_.size()) return std::nullopt;
    return FileColumn{column.position, types_[column.position]};
  }
  for (size_t i = 0; i < names_.size(); ++i)
    if (base::equal_ignoring_case(names_[i], column.name)) return FileColumn{i, types_[i]};
  return std::nullopt;
}

size_t FileReader::request(size_t position) {
  auto known = std::find(columns_.begin(), columns_.end(), position);
  if (known != columns_.end()) return static_cast<size_t>(known - columns_.begin());
  columns_.push_back(position);
  chunk_types_.push_back(types_[position]);
  return requested_++;
}

void FileReader::push_filter(size_t position, duckdb::unique_ptr<duckdb::TableFilter> filter) {
  pushed_.emplace_back(position, std::move(filter));
}

void FileReader::start(duckdb::ClientContext& context) {
  if (requested_ == 0) {  // only the number of rows matters
    columns_.push_back(duckdb::COLUMN_IDENTIFIER_EMPTY);
    chunk_types_.push_back(duckdb::LogicalType::BOOLEAN);
    requested_ = 1;
  }
  for (auto& [position, filter] : pushed_) {
    auto place = static_cast<size_t>(std::find(columns_.begin(), columns_.end(), position) - columns_.begin());
    if (place == columns_.size()) columns_.push_back(position);
    filters_.PushFilter(duckdb::ColumnIndex(place), std::move(filter));
  }
  pushed_.clear();
  if (columns_.size() > requested_)
    for (size_t i = 0; i < requested_; ++i) projection_.push_back(i);
  guarded(context, table_, file_, [&] {
    auto input = init_input();
    state_ = function_.init_global(context, input);
  });
}

duckdb::TableFunctionInitInput FileReader::init_input() {
  duckdb::optional_ptr<duckdb::TableFilterSet> filters;
  if (!filters_.filters.empty()) filters = &filters_;
  return {bind_data_.get(), columns_, projection_, filters};
}

bool FileReader::Cursor::open(duckdb::ClientContext& context, FileReader& reader) {
  reader_ = &reader;
  if (!thread_) thread_ = duckdb::make_uniq<duckdb::ThreadContext>(context);
  guarded(context, reader.table_, reader.file_, [&] {
    duckdb::ExecutionContext execution(context, *thread_, nullptr);
    auto input = reader.init_input();
    state_ = reader.function_.init_local(execution, input, reader.state_.get());
  });
  return state_ != nullptr;
}

void FileReader::Cursor::next(duckdb::ClientContext& context, duckdb::DataChunk& chunk) {
  guarded(context, reader_->table_, reader_->file_, [&] {
    chunk.Reset();
    duckdb::TableFunctionInput input(reader_->bind_data_.get(), state_.get(), reader_->state_.get());
    reader_->function_.function(context, input, chunk);
  });
}

duckdb::idx_t FileReader::Cursor::batch_index(duckdb::ClientContext& context) const {
  auto wanted = duckdb::OperatorPartitionInfo::BatchIndex();
  duckdb::TableFunctionGetPartitionInput input(reader_->bind_data_.get(), state_.get(), reader_->state_.get(), wanted);
  return reader_->function_.get_partition_data(context, input).batch_index;
}

}  // namespace weir::query
