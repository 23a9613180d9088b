#include "store/sqlite_connection.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <limits>

namespace weir::store {

enum SqliteConnection::Text : size_t {
  kBeginRead,
  kBeginWrite,
  kCommit,
  kRollback,
  kSavepoint,
  kRelease,
  kRollbackTo,
  kGet,
  kScanUp,
  kScanUpTo,
  kScanDown,
  kScanDownTo,
  kPut,
  kErase,
  kDataVersion,
  kLog,
  kLogAfter,
  kLogLast,
  kLogTrim,
  kEnd,
};

namespace {

constexpr const char* kSql[] = {
    "begin",
    "begin immediate",
    "commit",
    "rollback",
    "savepoint one",
    "release one",
    "rollback to one",
    "select v from entries where k = ?1",
    "select k, v from entries where k >= ?1 order by k limit ?2",
    "select k, v from entries where k >= ?1 and k < ?3 order by k limit ?2",
    "select k, v from entries where k >= ?1 order by k desc limit ?2",
    "select k, v from entries where k >= ?1 and k < ?3 order by k desc limit ?2",
    "insert into entries (k, v) values (?1, ?2) on conflict (k) do update set v = excluded.v",
    "delete from entries where k = ?1",
    "pragma data_version",
    "insert into changes (seq, what) values (?1, ?2)",
    "select seq, what from changes where seq > ?1 order by seq limit ?2",
    "select coalesce(max(seq), 0) from changes",
    "delete from changes where seq <= ?1",
};

constexpr const char* kSetUp =
    "pragma journal_mode = wal;"
    "pragma synchronous = full;"
    "pragma journal_size_limit = 67108864;"
    "pragma cache_size = -16384;"
    "pragma mmap_size = 134217728;"  // long scans read the file's pages in place
    "create table if not exists entries (k blob primary key, v blob not null) without rowid;"
    "create table if not exists changes (seq integer primary key, what blob not null);";

std::string_view blob(sqlite3_stmt* row, int column) {
  auto* bytes = static_cast<const char*>(sqlite3_column_blob(row, column));
  return {bytes ? bytes : "", static_cast<size_t>(sqlite3_column_bytes(row, column))};
}

// SQLite reads a null pointer as NULL, and an empty view may hold one.
void bind_bytes(sqlite3_stmt* statement, int at, std::string_view bytes) {
  sqlite3_bind_blob64(statement, at, bytes.empty() ? "" : bytes.data(), bytes.size(), SQLITE_STATIC);
}

void bind_limit(sqlite3_stmt* statement, int at, size_t limit) {
  constexpr auto kMost = static_cast<size_t>(std::numeric_limits<int64_t>::max());
  sqlite3_bind_int64(statement, at, static_cast<sqlite3_int64>(std::min(limit, kMost)));
}

// Lets go of the row and of the bytes bound, whatever way the caller returns.
class Cursor {
 public:
  explicit Cursor(sqlite3_stmt* statement) : statement_(statement) {}
  ~Cursor() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
  }
  Cursor(const Cursor&) = delete;
  Cursor& operator=(const Cursor&) = delete;
  int step() { return sqlite3_step(statement_); }

 private:
  sqlite3_stmt* statement_;
};

// The file holds secrets, so nobody but the owner may read it; SQLite gives the -wal and -shm files
// the mode of the main file. The directory is synced so that the name itself survives a power cut.
// The file is made without being opened: closing any descriptor of it would drop the locks that this
// process's connections hold, and another process would take the log away under them.
base::Status create_private(const std::string& path) {
  if (::mknod(path.c_str(), S_IFREG | 0600, 0) != 0 && errno != EEXIST)
    return base::internal("store: cannot make " + path);
  auto parent = std::filesystem::path(path).parent_path();
  int directory = ::open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0) return base::internal("store: cannot open the directory of " + path);
  bool synced = ::fsync(directory) == 0;
  ::close(directory);
  if (!synced) return base::internal("store: cannot sync the directory of " + path);
  return {};
}

}  // namespace

base::Result<std::unique_ptr<SqliteConnection>> SqliteConnection::open(const std::string& path,
                                                                       std::chrono::milliseconds busy_timeout) {
  static_assert(std::size(kSql) == kEnd && kEnd <= kTexts);
  WEIR_CHECK_OK(create_private(path));
  sqlite3* db = nullptr;
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;
  int code = sqlite3_open_v2(path.c_str(), &db, flags, nullptr);
  std::unique_ptr<SqliteConnection> made(new SqliteConnection(db));
  if (code != SQLITE_OK) return made->error("open");
  sqlite3_busy_timeout(db, static_cast<int>(busy_timeout.count()));
  WEIR_CHECK_OK(made->set_up());
  return made;
}

SqliteConnection::~SqliteConnection() {
  for (auto* statement : statements_) sqlite3_finalize(statement);
  sqlite3_close(db_);
}

base::Status SqliteConnection::set_up() { return execute(kSetUp); }

base::Status SqliteConnection::execute(const char* sql) {
  if (sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) return error("set up");
  return {};
}

base::Error SqliteConnection::error(const char* doing) const {
  int code = db_ ? sqlite3_extended_errcode(db_) : SQLITE_NOMEM;
  auto made = base::internal("store: cannot " + std::string(doing) + ": " + (db_ ? sqlite3_errmsg(db_) : "no memory") +
                             " (" + std::to_string(code) + ")");
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
      made.kind = base::Kind::unavailable;
      made.says = "The store cannot take requests at the moment.";
      break;
    default: break;
  }
  return made;
}

base::Result<sqlite3_stmt*> SqliteConnection::statement(Text text) {
  auto*& prepared = statements_[text];
  if (!prepared && sqlite3_prepare_v3(db_, kSql[text], -1, SQLITE_PREPARE_PERSISTENT, &prepared, nullptr) != SQLITE_OK)
    return error(kSql[text]);
  return prepared;
}

base::Status SqliteConnection::run(Text text) {
  WEIR_TRY(auto* prepared, statement(text));
  Cursor cursor(prepared);
  if (cursor.step() != SQLITE_DONE) return error(kSql[text]);
  return {};
}

base::Status SqliteConnection::run_on_key(Text text, std::string_view key) {
  WEIR_TRY(auto* prepared, statement(text));
  Cursor cursor(prepared);
  bind_bytes(prepared, 1, key);
  if (cursor.step() != SQLITE_DONE) return error(kSql[text]);
  return {};
}

base::Result<int64_t> SqliteConnection::one_integer(Text text) {
  WEIR_TRY(auto* prepared, statement(text));
  Cursor cursor(prepared);
  if (cursor.step() != SQLITE_ROW) return error(kSql[text]);
  return sqlite3_column_int64(prepared, 0);
}

// A deferred BEGIN sees nothing yet; the first read fixes the snapshot, so one is made here.
base::Status SqliteConnection::begin_read() {
  WEIR_CHECK_OK(run(kBeginRead));
  auto first_read = get({});
  if (first_read.ok()) return {};
  (void)rollback();
  return std::move(first_read).error();
}

base::Status SqliteConnection::begin_write() { return run(kBeginWrite); }
base::Status SqliteConnection::commit() { return run(kCommit); }
base::Status SqliteConnection::rollback() { return run(kRollback); }
base::Status SqliteConnection::savepoint() { return run(kSavepoint); }
base::Status SqliteConnection::release_savepoint() { return run(kRelease); }
base::Status SqliteConnection::rollback_to_savepoint() { return run(kRollbackTo); }
bool SqliteConnection::in_transaction() const { return sqlite3_get_autocommit(db_) == 0; }

base::Result<std::optional<std::string>> SqliteConnection::get(std::string_view key) {
  WEIR_TRY(auto* prepared, statement(kGet));
  Cursor cursor(prepared);
  bind_bytes(prepared, 1, key);
  int code = cursor.step();
  if (code == SQLITE_DONE) return std::optional<std::string>();
  if (code != SQLITE_ROW) return error(kSql[kGet]);
  return std::optional(std::string(blob(prepared, 0)));
}

base::Result<std::vector<Entry>> SqliteConnection::scan(const Range& range, size_t limit, bool reverse) {
  bool bounded = !range.last.empty();
  auto text = reverse ? (bounded ? kScanDownTo : kScanDown) : (bounded ? kScanUpTo : kScanUp);
  WEIR_TRY(auto* prepared, statement(text));
  Cursor cursor(prepared);
  bind_bytes(prepared, 1, range.first);
  bind_limit(prepared, 2, limit);
  if (bounded) bind_bytes(prepared, 3, range.last);
  std::vector<Entry> out;
  int code = 0;
  while ((code = cursor.step()) == SQLITE_ROW)
    out.push_back({std::string(blob(prepared, 0)), std::string(blob(prepared, 1))});
  if (code != SQLITE_DONE) return error(kSql[text]);
  return out;
}

base::Status SqliteConnection::put(std::string_view key, std::string_view value) {
  WEIR_TRY(auto* prepared, statement(kPut));
  Cursor cursor(prepared);
  bind_bytes(prepared, 1, key);
  bind_bytes(prepared, 2, value);
  if (cursor.step() != SQLITE_DONE) return error(kSql[kPut]);
  return {};
}

base::Status SqliteConnection::erase(std::string_view key) { return run_on_key(kErase, key); }

base::Result<int64_t> SqliteConnection::data_version() { return one_integer(kDataVersion); }
base::Result<int64_t> SqliteConnection::last_sequence() { return one_integer(kLogLast); }

base::Status SqliteConnection::log_commit(int64_t sequence, std::string_view changes) {
  WEIR_TRY(auto* prepared, statement(kLog));
  Cursor cursor(prepared);
  sqlite3_bind_int64(prepared, 1, sequence);
  bind_bytes(prepared, 2, changes);
  if (cursor.step() != SQLITE_DONE) return error(kSql[kLog]);
  return {};
}

base::Result<std::vector<LoggedCommit>> SqliteConnection::commits_after(int64_t sequence, size_t limit) {
  WEIR_TRY(auto* prepared, statement(kLogAfter));
  Cursor cursor(prepared);
  sqlite3_bind_int64(prepared, 1, sequence);
  bind_limit(prepared, 2, limit);
  std::vector<LoggedCommit> out;
  int code = 0;
  while ((code = cursor.step()) == SQLITE_ROW)
    out.push_back({sqlite3_column_int64(prepared, 0), std::string(blob(prepared, 1))});
  if (code != SQLITE_DONE) return error(kSql[kLogAfter]);
  return out;
}

base::Status SqliteConnection::trim_log(int64_t up_to) {
  WEIR_TRY(auto* prepared, statement(kLogTrim));
  Cursor cursor(prepared);
  sqlite3_bind_int64(prepared, 1, up_to);
  if (cursor.step() != SQLITE_DONE) return error(kSql[kLogTrim]);
  return {};
}

}  // namespace weir::store
