// One connection to a store's SQLite file: the statements the store needs, prepared once.
//
// Threads: used by one thread at a time; whoever owns it sees to that.
#pragma once
#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/store.h"

struct sqlite3;
struct sqlite3_stmt;

namespace weir::store {

// A row of the change log: one commit.
struct LoggedCommit {
  int64_t sequence = 0;
  std::string changes;  // see change_log.h
};

class SqliteConnection {
 public:
  // Opens the file, creating it (readable by its owner only) and its tables when absent.
  static base::Result<std::unique_ptr<SqliteConnection>> open(const std::string& path,
                                                              std::chrono::milliseconds busy_timeout);
  ~SqliteConnection();
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;

  // begin_read() fixes the moment the reads see.
  base::Status begin_read();
  base::Status begin_write();
  base::Status commit();
  base::Status rollback();
  base::Status savepoint();
  base::Status release_savepoint();
  base::Status rollback_to_savepoint();
  // False after an error that made SQLite roll the whole transaction back by itself.
  bool in_transaction() const;

  base::Result<std::optional<std::string>> get(std::string_view key);
  base::Result<std::vector<Entry>> scan(const Range& range, size_t limit, bool reverse);
  base::Status put(std::string_view key, std::string_view value);
  base::Status erase(std::string_view key);

  // Changes whenever another connection has committed; its value means nothing else.
  base::Result<int64_t> data_version();
  base::Status log_commit(int64_t sequence, std::string_view changes);
  base::Result<std::vector<LoggedCommit>> commits_after(int64_t sequence, size_t limit);
  base::Result<int64_t> last_sequence();
  base::Status trim_log(int64_t up_to);

 private:
  enum Text : size_t;  // the statements, in sqlite_connection.cc
  static constexpr size_t kTexts = 20;

  explicit SqliteConnection(sqlite3* db) : db_(db) {}
  base::Status set_up();
  base::Status execute(const char* sql);
  base::Result<sqlite3_stmt*> statement(Text text);
  base::Status run(Text text);
  base::Status run_on_key(Text text, std::string_view key);
  base::Result<int64_t> one_integer(Text text);
  base::Error error(const char* doing) const;

  sqlite3* db_;
  std::array<sqlite3_stmt*, kTexts> statements_{};
};

}  // namespace weir::store
