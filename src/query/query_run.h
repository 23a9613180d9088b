// Everything one run of a query shares between DuckDB's callbacks: the lake, the tables it resolved, the
// files it may open, and the first error that came from outside DuckDB.
//
// Threads: all members may be called from any of the run's threads.
//
// INVARIANTS
// 1. A table is resolved once per run, so that every mention of it answers to one decision.
// 2. A file can be opened only under a path that this run made for it; paths hold a random word no query can
// know.
#pragma once
#include <atomic>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "duckdb/common/types.hpp"
#include "duckdb/main/client_context.hpp"
#include "duckdb/main/client_context_state.hpp"
#include "query/lake_access.h"

namespace weir::query {

// A column of the table as the engine knows it.
struct ScanColumn {
  std::string name;
  duckdb::LogicalType type;
  bool partition_key = false;
  size_t position = 0;  // among the columns of the files, or among the partition keys
};

// A column the query may name.
struct ShownColumn {
  size_t column = 0;                   // into ResolvedTable::columns
  duckdb::LogicalType type;            // the column's; of a struct visible in part, with the visible fields alone
  catalog::PredicatePtr visible_when;  // absent: wherever the row is visible
  permissions::VisibleColumn parts;    // with fields when it is visible in part
};

struct ResolvedTable {
  GovernedTable governed;
  std::string token;                // what the scan function is called with
  std::vector<ScanColumn> columns;  // hidden ones included
  std::vector<ShownColumn> shown;
  catalog::PredicatePtr row_filter;  // never null

  std::string display_name() const { return governed.database + "." + governed.name; }
  const ScanColumn* find(const std::string& name) const;
};

struct OpenableFile {
  DataFile file;
  std::string path;   // lake://<random word>/<number>
  std::string table;  // for messages
};

class QueryRun {
 public:
  QueryRun(LakeAccess& lake, std::optional<std::string> default_database);

  LakeAccess& lake() { return lake_; }
  const std::string& secret() const { return secret_; }

  base::Result<std::shared_ptr<const ResolvedTable>> table(const std::string& schema, const std::string& name);
  std::shared_ptr<const ResolvedTable> table_of(const std::string& token) const;

  // Lists the table's files and makes a path for each; zero-length files are left out.
  base::Result<std::vector<std::shared_ptr<const OpenableFile>>> files(const ResolvedTable& table,
                                                                       const catalog::PredicatePtr& partitions);
  std::shared_ptr<const OpenableFile> file_at(const std::string& path) const;

  // Keeps the first error; what DuckDB makes of it is not shown.
  void fail(base::Error error);
  std::optional<base::Error> failure() const;

 private:
  base::Result<uint64_t> size_of(const DataFile& file);

  LakeAccess& lake_;
  std::optional<std::string> default_database_;
  std::string secret_;
  mutable std::mutex mutex_;
  std::map<std::string, std::shared_ptr<const ResolvedTable>> tables_;  // by "database.table" as spelled
  std::map<std::string, std::shared_ptr<const OpenableFile>> files_;    // by path
  std::optional<base::Error> failure_;
};

// Hangs the run on the connection, where callbacks find it.
struct RunOfConnection : duckdb::ClientContextState {
  explicit RunOfConnection(std::shared_ptr<QueryRun> of) : run(std::move(of)) {}
  std::shared_ptr<QueryRun> run;
  static constexpr const char* kKey = "weir_run";
};

// Throws when the connection runs no governed query.
QueryRun& run_of(duckdb::ClientContext& context);

// Records the error and leaves DuckDB.
[[noreturn]] void abort_run(QueryRun& run, base::Error error);

// The value, or the end of the run.
template <class T>
T or_abort(QueryRun& run, base::Result<T> result) {
  if (!result.ok()) abort_run(run, std::move(result).error());
  return std::move(result).value();
}

}  // namespace weir::query
