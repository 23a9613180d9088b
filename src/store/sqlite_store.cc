#include "store/sqlite_store.h"

#include <condition_variable>
#include <mutex>
#include <thread>

#include "base/log.h"
#include "store/change_feed.h"
#include "store/group_writer.h"

namespace weir::store {
namespace {

constexpr size_t kIdleReadersMax = 32;

// Connections for readers, the most recently used first: a thread mostly gets its own back, warm.
class Readers {
 public:
  Readers(std::string path, std::chrono::milliseconds busy_timeout)
      : path_(std::move(path)), busy_timeout_(busy_timeout) {}

  base::Result<std::unique_ptr<SqliteConnection>> take() {
    {
      std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        auto connection = std::move(idle_.back());
        idle_.pop_back();
        return connection;
      }
    }
    return SqliteConnection::open(path_, busy_timeout_);
  }

  void give_back(std::unique_ptr<SqliteConnection> connection) {
    std::lock_guard lock(mutex_);
    if (idle_.size() < kIdleReadersMax) idle_.push_back(std::move(connection));
  }

 private:
  const std::string path_;
  const std::chrono::milliseconds busy_timeout_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<SqliteConnection>> idle_;
};

base::Error over() { return base::internal("store: the transaction is over"); }

base::Result<std::vector<std::optional<std::string>>> get_each(SqliteConnection& connection,
                                                               std::span<const std::string> keys) {
  std::vector<std::optional<std::string>> values;
  values.reserve(keys.size());
  for (auto& key : keys) {
    WEIR_TRY(auto value, connection.get(key));
    values.push_back(std::move(value));
  }
  return values;
}

class ReadTransaction final : public Transaction {
 public:
  ReadTransaction(Readers& readers, std::unique_ptr<SqliteConnection> connection)
      : readers_(readers), connection_(std::move(connection)) {}
  ~ReadTransaction() override { (void)end(); }

  base::Result<std::optional<std::string>> get(std::string_view key) override {
    if (!connection_) return over();
    return connection_->get(key);
  }
  base::Result<std::vector<std::optional<std::string>>> get_many(std::span<const std::string> keys) override {
    if (!connection_) return over();
    return get_each(*connection_, keys);
  }
  base::Result<std::vector<Entry>> scan(const Range& range, size_t limit, bool reverse) override {
    if (!connection_) return over();
    return connection_->scan(range, limit, reverse);
  }
  base::Status put(std::string_view, std::string_view) override { return read_only(); }
  base::Status erase(std::string_view) override { return read_only(); }
  base::Status commit() override { return connection_ ? end() : over(); }

 private:
  static base::Error read_only() { return base::internal("store: a write in a read transaction"); }
  base::Status end() {
    if (!connection_) return {};
    auto status = connection_->rollback();
    if (status.ok()) readers_.give_back(std::move(connection_));
    connection_.reset();
    return status;
  }

  Readers& readers_;
  std::unique_ptr<SqliteConnection> connection_;
};

class WriteTransaction final : public Transaction {
 public:
  explicit WriteTransaction(GroupWriter& writer) : writer_(&writer) {}
  ~WriteTransaction() override {
    if (writer_) writer_->abandon_turn();
  }

  base::Result<std::optional<std::string>> get(std::string_view key) override {
    WEIR_CHECK_OK(usable());
    return keep(writer_->connection().get(key));
  }
  base::Result<std::vector<std::optional<std::string>>> get_many(std::span<const std::string> keys) override {
    WEIR_CHECK_OK(usable());
    return keep(get_each(writer_->connection(), keys));
  }
  base::Result<std::vector<Entry>> scan(const Range& range, size_t limit, bool reverse) override {
    WEIR_CHECK_OK(usable());
    return keep(writer_->connection().scan(range, limit, reverse));
  }
  base::Status put(std::string_view key, std::string_view value) override {
    WEIR_CHECK_OK(usable());
    changes_.insert_or_assign(std::string(key), std::string(value));
    return keep(writer_->connection().put(key, value));
  }
  base::Status erase(std::string_view key) override {
    WEIR_CHECK_OK(usable());
    changes_.insert_or_assign(std::string(key), std::nullopt);
    return keep(writer_->connection().erase(key));
  }
  base::Status commit() override {
    auto status = usable();
    auto* writer = std::exchange(writer_, nullptr);
    if (status.ok()) return writer->commit_turn(changes_);
    if (writer) writer->abandon_turn();
    return status;
  }

 private:
  base::Status usable() const {
    if (!writer_) return over();
    if (broken_) return base::internal("store: an operation of this transaction failed before");
    return {};
  }
  // After a failed operation the savepoint may hold half of the body: it can only be abandoned.
  template <class T>
  base::Result<T> keep(base::Result<T> result) {
    broken_ = broken_ || !result.ok();
    return result;
  }

  GroupWriter* writer_;
  bool broken_ = false;
  WriteSet changes_;
};

// Looks for other processes' commits at intervals until it goes.
class Lookout {
 public:
  Lookout(ChangeFeed& feed, std::chrono::milliseconds every) {
    if (every.count() > 0)
      thread_ = std::jthread([this, &feed, every](const std::stop_token& stop) { look(feed, every, stop); });
  }

 private:
  void look(ChangeFeed& feed, std::chrono::milliseconds every, const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (!wake_.wait_for(lock, stop, every, [&] { return stop.stop_requested(); }) && !stop.stop_requested()) {
      auto status = feed.refresh();
      if (!status.ok()) base::log_error("store.lookout_failed", {{"cause", status.error().log}});
    }
  }

  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::jthread thread_;
};

}  // namespace

struct SqliteStore::Parts {
  Readers readers;
  std::unique_ptr<ChangeFeed> feed;
  GroupWriter writer;
  Lookout lookout;

  Parts(const std::string& path, const SqliteOptions& options, std::unique_ptr<ChangeFeed> change_feed,
        std::unique_ptr<SqliteConnection> connection)
      : readers(path, options.busy_timeout),
        feed(std::move(change_feed)),
        writer(std::move(connection), *feed,
               GroupLimits{.turn_wait = options.turn_wait, .kept_commits = std::max<int64_t>(1, options.kept_commits)}),
        lookout(*feed, options.look_every) {}
};

SqliteStore::SqliteStore(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
SqliteStore::~SqliteStore() = default;

base::Result<std::unique_ptr<Store>> SqliteStore::open(const std::string& path, SqliteOptions options) {
  WEIR_TRY(auto writing, SqliteConnection::open(path, options.busy_timeout));
  WEIR_TRY(auto looking, SqliteConnection::open(path, options.busy_timeout));
  WEIR_TRY(auto feed, ChangeFeed::start(std::move(looking)));
  auto parts = std::make_unique<Parts>(path, options, std::move(feed), std::move(writing));
  return std::unique_ptr<Store>(new SqliteStore(std::move(parts)));
}

base::Result<std::unique_ptr<Transaction>> SqliteStore::begin(Mode mode) {
  if (mode == Mode::write) {
    WEIR_CHECK_OK(parts_->writer.begin_turn());
    return std::unique_ptr<Transaction>(std::make_unique<WriteTransaction>(parts_->writer));
  }
  WEIR_TRY(auto connection, parts_->readers.take());
  WEIR_CHECK_OK(connection->begin_read());
  return std::unique_ptr<Transaction>(std::make_unique<ReadTransaction>(parts_->readers, std::move(connection)));
}

void SqliteStore::watch(std::string prefix, Watcher watcher) {
  parts_->feed->watchers().add(std::move(prefix), std::move(watcher));
}

base::Status SqliteStore::refresh() { return parts_->feed->refresh(); }

}  // namespace weir::store
