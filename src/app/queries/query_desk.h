// Where people's queries run: the seam between the use cases (queries.h) and the engine, which stands on a floor of its
// own (sql/desk.h).
//
// A person is who asks as far as answers go; how much may be asked is counted for its role and account, too: see
// asker_of().
//
// Invariants:
//  1. What belongs to one person is not there for another.
//  2. An answer is immutable, and kept for a while only; nothing of it outlives the program.
//
// Threads: any.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/later_calls.h"
#include "app/queries/packed_rows.h"
#include "app/queries/table_read.h"

namespace weir::app {

struct QueryOrder {
  std::string sql;
  std::string catalog;                  // the account whose tables are meant where a query names none
  std::optional<std::string> database;  // of tables named without one
  std::optional<int64_t> timeout_s;
  std::optional<int64_t> rows_max;
  bool operator==(const QueryOrder&) const = default;
};

enum class QueryState { queued, running, succeeded, failed, cancelled };

struct QueryColumn {
  std::string name;
  std::string type;  // as the engine spells it
};

struct QueryAnswer {
  std::vector<QueryColumn> columns;
  PackedRows rows;
  bool truncated = false;  // there were more rows than may be kept
  uint64_t files_read = 0;
  uint64_t bytes_read = 0;
};

struct QueryStatus {
  std::string id;
  QueryOrder order;
  QueryState state = QueryState::queued;
  base::Instant submitted{};
  std::optional<base::Instant> started = {}, ended = {};
  std::optional<base::Error> error = {};           // when it failed
  std::shared_ptr<const QueryAnswer> answer = {};  // when it succeeded
  std::shared_ptr<const TablesRead> tables = {};   // what was read for either, once it has ended
  bool has_ended() const { return state != QueryState::queued && state != QueryState::running; }
};

// What a query came to.
struct QueryOutcome {
  base::Result<QueryAnswer> answer;
  TablesRead tables = {};
};

// From the widest to the narrowest; equal texts are the same one.
struct Asker {
  std::string account;
  std::string role;  // or user: in all its sessions
  std::string person;
};

struct Starter {
  std::string query_id;
  Asker asker;
  std::optional<std::string> token;
  LaterCalls calls;
};

using HeldQueryId = std::shared_ptr<const std::string>;

class QueryDesk {
 public:
  virtual ~QueryDesk() = default;

  // What records say of a statement instead of its text.
  virtual std::string fingerprint(const std::string& sql) const = 0;
  // For the next query: the id of the one that the person started under the same token, or one of its own. While
  // somebody holds it everybody with that person's token gets this one, so that what is said of it before start() is
  // true of the query.
  virtual HeldQueryId id_for(const std::string& person, const std::optional<std::string>& token) = 0;
  // Under an id that is there, that query: invalid when it is of another order. Kind::throttled when the person, its
  // role, its account, or everybody together has too many.
  virtual base::Result<QueryStatus> start(Starter starter, QueryOrder order) = 0;
  virtual std::optional<QueryStatus> find(const std::string& person, const std::string& id) = 0;
  // Returns when the query has ended, at the latest after `most`.
  virtual void wait(const std::string& person, const std::string& id, base::Seconds most) = 0;
  virtual std::vector<QueryStatus> list(const std::string& person) = 0;  // the newest first
  // What has ended stays as it is; false when there is none.
  virtual bool cancel(const std::string& person, const std::string& id) = 0;
  // Cancels everything, lets everybody go who waits, and takes nothing more.
  virtual void stop() = 0;
};

}  // namespace weir::app
