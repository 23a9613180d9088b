// What the engine asks of a lake: which table is this, what may be seen of it, which files hold it, their
// bytes.
//
// The command line implements it over the public protocols with vended credentials, the server in process.
// Threads: `resolve` and `files` are called from one thread at a time, `stat` and `read` from many at once.
//
// INVARIANTS
// 1. Errors pass through the engine untouched: kind, text and decision id reach whoever asked for the query.
// 2. The engine reads nothing that `files` did not name.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "catalog/predicate.h"
#include "permissions/table_view.h"

namespace weir::query {

// A table as the query spells it, lower-cased.
struct TableRef {
  std::optional<std::string> database;  // absent: neither the query nor its options named one
  std::string table;
};

struct TableColumn {
  std::string name;
  std::string type;  // Hive type text
};

enum class FileFormat { parquet, csv, json };

// How text files are cut into cells.
struct TextShape {
  char separator = '\001';
  std::optional<char> quote;  // absent: quotes are ordinary characters
  std::optional<char> escape;
  std::string null_text = "\\N";
  unsigned header_lines = 0;
};

struct GovernedTable {
  std::string database = {};
  std::string name = {};
  std::vector<TableColumn> columns = {};         // in the files, in schema order, hidden ones included
  std::vector<TableColumn> partition_keys = {};  // not in the files
  FileFormat format = FileFormat::parquet;
  TextShape text = {};  // for csv
  permissions::TableView view = {};
  std::string decision_id = {};
  std::shared_ptr<const void> session = {};  // the implementation's own: credentials, query id
};

struct DataFile {
  std::string path;                   // the implementation's own name of it; its ending tells the compression
  std::optional<uint64_t> size = {};  // absent: the engine asks `stat`
  std::vector<std::optional<std::string>> partition_values = {};  // one for each partition key; nothing for NULL
  std::shared_ptr<const void> session = {};
};

struct FileStat {
  uint64_t size = 0;
};

class LakeAccess {
 public:
  virtual ~LakeAccess() = default;
  virtual base::Result<GovernedTable> resolve(const TableRef& table) = 0;
  // The files of the partitions where `partitions` may hold; it names partition keys only, and may be
  // ignored.
  virtual base::Result<std::vector<DataFile>> files(const GovernedTable& table,
                                                    const catalog::PredicatePtr& partitions) = 0;
  virtual base::Result<FileStat> stat(const DataFile& file) = 0;
  // Up to `n` bytes from `offset`; 0 only at the end.
  virtual base::Result<size_t> read(const DataFile& file, uint64_t offset, char* into, size_t n) = 0;
};

}  // namespace weir::query
