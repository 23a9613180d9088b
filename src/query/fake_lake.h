// A lake for tests and benchmarks: local files made by an unrestricted DuckDB, views written by hand.
#pragma once
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <mutex>
#include <set>

#include "duckdb/main/connection.hpp"
#include "duckdb/main/database.hpp"
#include "query/engine.h"
#include "query/lake_access.h"
#include "query/rows_state.h"

namespace weir::query {

// A directory that goes when the test does.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "weir_query_XXXXXX").string();
    if (!::mkdtemp(pattern.data())) throw std::runtime_error("no scratch folder");
    path_ = pattern;
  }
  ~ScratchFolder() { std::filesystem::remove_all(path_); }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

// Runs a statement with no governance at all; throws when it fails.
inline void trusted(const std::string& sql) {
  duckdb::DuckDB db(nullptr);
  duckdb::Connection connection(db);
  auto result = connection.Query(sql);
  if (result->HasError()) result->ThrowError();
}

inline void write_file(const std::string& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

inline catalog::PredicatePtr predicate(const GovernedTable& table, const std::string& text) {
  std::vector<catalog::SchemaColumn> schema;
  for (auto& column : table.columns) schema.push_back({column.name, column.type, false});
  for (auto& key : table.partition_keys) schema.push_back({key.name, key.type, true});
  auto parsed = catalog::parse_predicate(text, schema, catalog::Dialect::row_filter);
  if (!parsed.ok()) throw std::runtime_error(parsed.error().says);
  return *parsed;
}

// Shows the columns where the text holds; absent columns are hidden.
inline void show(GovernedTable& table, const std::vector<std::string>& columns, const std::string& rows = {}) {
  auto filter = rows.empty() ? catalog::always() : predicate(table, rows);
  table.view.row_filter = filter;
  table.view.all_rows = rows.empty();
  table.view.columns.clear();
  for (auto& column : columns) table.view.columns.push_back({column, filter});
}

// Hides one column's cells where the text does not hold.
inline void mask(GovernedTable& table, const std::string& column, const std::string& visible_when) {
  for (auto& shown : table.view.columns)
    if (shown.name == column)
      shown.visible_when = catalog::all_of({table.view.row_filter, predicate(table, visible_when)});
}

class FakeLake : public LakeAccess {
 public:
  void add(GovernedTable table, std::vector<DataFile> files) {
    std::string name = table.database + "." + table.name;
    files_[name] = std::move(files);
    tables_[name] = std::move(table);
  }
  void refuse(const std::string& name, base::Error error) { refusals_[name] = std::move(error); }
  GovernedTable& table(const std::string& name) { return tables_.at(name); }

  base::Result<GovernedTable> resolve(const TableRef& ref) override {
    ++resolved;
    if (!ref.database) return base::not_found("Table " + ref.table + " has no database.", "table");
    std::string name = *ref.database + "." + ref.table;
    if (auto refusal = refusals_.find(name); refusal != refusals_.end()) return refusal->second;
    auto found = tables_.find(name);
    if (found == tables_.end())
      return base::not_found("Table " + name + " does not exist, or you have no permission on it.", "table");
    return found->second;
  }

  base::Result<std::vector<DataFile>> files(const GovernedTable& table,
                                            const catalog::PredicatePtr& partitions) override {
    asked_for.push_back(catalog::to_text(*partitions));
    return files_.at(table.database + "." + table.name);
  }

  base::Result<FileStat> stat(const DataFile& file) override {
    struct ::stat facts {};
    if (::stat(file.path.c_str(), &facts) != 0) return gone(file);
    return FileStat{static_cast<uint64_t>(facts.st_size)};
  }

  base::Result<size_t> read(const DataFile& file, uint64_t offset, char* into, size_t n) override {
    if (before_read) before_read(file);
    int opened = descriptor(file.path);
    if (opened < 0) return gone(file);
    bytes_read += n;
    auto got = ::pread(opened, into, n, static_cast<off_t>(offset));
    if (got < 0) return base::internal("pread");
    return static_cast<size_t>(got);
  }

  ~FakeLake() override {
    for (auto& [path, descriptor] : descriptors_) ::close(descriptor);
  }

  std::atomic<int> resolved = 0;
  std::atomic<uint64_t> bytes_read = 0;
  std::vector<std::string> asked_for;  // the partition predicates of `files`
  std::function<void(const DataFile&)> before_read;
  std::set<std::string> opened;  // paths that were read

 private:
  static base::Error gone(const DataFile& file) {
    auto error = base::not_found("A data file is gone.", "data file");
    error.log = file.path;
    return error;
  }

  int descriptor(const std::string& path) {
    std::lock_guard lock(mutex_);
    opened.insert(path);
    if (!std::filesystem::exists(path)) return -1;
    auto [at, fresh] = descriptors_.try_emplace(path, -1);
    if (fresh) at->second = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    return at->second;
  }

  std::map<std::string, GovernedTable> tables_;
  std::map<std::string, std::vector<DataFile>> files_;
  std::map<std::string, base::Error> refusals_;
  std::mutex mutex_;
  std::map<std::string, int> descriptors_;
};

inline DataFile data_file(const std::string& path, std::vector<std::optional<std::string>> partition_values = {}) {
  return {.path = path, .size = std::nullopt, .partition_values = std::move(partition_values), .session = nullptr};
}

// The whole answer as text: the header, then a line for each row, or the error.
inline std::string answer(Engine& engine, LakeAccess& lake, const std::string& sql, const RunOptions& options = {}) {
  auto error = [](const base::Error& e) { return "! " + std::string(base::to_string(e.kind)) + ": " + e.says; };
  auto rows = engine.run(sql, lake, options);
  if (!rows.ok()) return error(rows.error());
  std::string text;
  for (auto& column : rows->columns()) text += (text.empty() ? "" : "|") + column.name;
  for (;;) {
    auto batch = rows->next();
    if (!batch.ok()) return error(batch.error());
    if (batch->empty()) return text;
    for (auto& row : *batch) {
      text += '\n';
      for (size_t i = 0; i < row.size(); ++i) text += (i ? "|" : "") + row[i].value_or("NULL");
    }
  }
}

// Reads the answer to its end without making text of it.
inline size_t count_rows(Rows& rows) {
  size_t count = 0;
  for (;;) {
    auto chunk = rows.state().next_chunk();
    if (!chunk.ok()) throw std::runtime_error(chunk.error().says);
    if (!*chunk) return count;
    count += (*chunk)->size();
  }
}

inline Engine open_engine(const EngineOptions& options = {.threads = 2}) {
  auto engine = Engine::open(options);
  if (!engine.ok()) throw std::runtime_error(engine.error().log);
  return std::move(engine).value();
}

}  // namespace weir::query
