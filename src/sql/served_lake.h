// The lake as the engine of this program reads it: the steps of an engine elsewhere (lakeformation.md 5), each by the
// use case that serves it over the wire.
//
// INVARIANTS
// 1. Every step is a Call of its own: decided as of its moment, while its caller would still be let in, and recorded
//    under the name of the operation that an engine elsewhere would have called, with the query's id.
// 2. Registered places are read with vended credentials, others as the caller; never with more.
// 3. What one table's credentials opened is read for that table only, though another lies at the same place.
// 4. What was read (take_tables()) has what was resolved, the places that keys were vended for, and of the others those
//    where the caller opened a file: what it was refused is not among it.
// 5. A file is read as it was listed: one that was written again meanwhile ends the query.
//
// Threads: as query::LakeAccess.
#pragma once
#include <atomic>
#include <list>
#include <mutex>
#include <string>

#include "app/later_calls.h"
#include "app/queries/table_read.h"
#include "query/lake_access.h"

namespace weir::sql {

class ServedLake final : public query::LakeAccess {
 public:
  // `catalog`: the account whose databases the query names. References outlive the object.
  ServedLake(const app::LaterCalls& caller, identity::TokenCache& tokens, std::string catalog, std::string query_id)
      : caller_(caller), tokens_(tokens), catalog_(std::move(catalog)), query_id_(std::move(query_id)) {}

  base::Result<query::GovernedTable> resolve(const query::TableRef& table) override;
  base::Result<std::vector<query::DataFile>> files(const query::GovernedTable& table,
                                                   const catalog::PredicatePtr& partitions) override;
  base::Result<query::FileStat> stat(const query::DataFile& file) override;
  base::Result<size_t> read(const query::DataFile& file, uint64_t offset, char* into, size_t n) override;

  // What was read, when the query is over.
  app::TablesRead take_tables() { return std::move(tables_); }
  uint64_t files_opened() const { return files_opened_; }
  uint64_t bytes_read() const { return bytes_read_; }

 private:
  using Keys = std::shared_ptr<const identity::Credentials>;  // null: the caller's own
  struct TableSession;
  struct OwnPlace;
  struct File;
  struct OpenObject {
    std::mutex one_at_a_time;
    std::unique_ptr<objects::ObjectReader> reader;
  };
  using OpenPtr = std::shared_ptr<OpenObject>;
  // An object stays open for the keys that opened it alone: what one table's keys may read, another's may not.
  struct Handle {
    Keys keys;
    std::string bucket, key, version;
    OpenPtr object;
  };
  class Listing;

  base::Result<app::Call> call(std::string service, std::string operation) const;
  base::Result<app::Call> object_call(const Keys& keys, std::string operation) const;
  base::Result<Keys> vend(const TableSession& table, const std::optional<std::vector<std::string>>& partition) const;
  base::Result<OpenPtr> open(const query::DataFile& file);
  // With mutex_ held.
  base::Result<OpenPtr> open_or_reuse(const File& file);
  base::Result<OpenPtr> open_now(const File& file);
  base::Status note_own_read(const File& file);

  const app::LaterCalls& caller_;
  identity::TokenCache& tokens_;
  const std::string catalog_;
  const std::string query_id_;
  app::TablesRead tables_;
  std::mutex mutex_;
  std::list<Handle> open_;  // the last used first; guarded by mutex_
  std::atomic<uint64_t> files_opened_ = 0, bytes_read_ = 0;
};

}  // namespace weir::sql
