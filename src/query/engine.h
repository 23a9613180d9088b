// Governed SQL: one SELECT over tables that a LakeAccess resolves, run by DuckDB, streamed.
//
// Threads: an Engine may run many queries at once; a Rows belongs to one reader.
//
// INVARIANTS
// 1. The query sees what the table's view shows and nothing else: hidden columns do not exist, hidden cells
// read NULL, and no
//    expression of the query is ever evaluated on a hidden row or cell, not even to raise an error.
// 2. The query reads through LakeAccess only: no file, no network, no environment, no setting, no other
// query's state.
// 3. Error texts hold nothing of the data.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "query/lake_access.h"

namespace weir::query {

struct EngineOptions {
  unsigned threads = 0;                           // 0: as many as the machine has
  uint64_t memory_bytes_max = uint64_t{2} << 30;  // nothing is spilled to disk: a query over it fails
  // For a process that has nothing else to lose: it leaves with kOutOfMemoryExit when a query does not let go of what it
  // has too much, as planning does not.
  bool may_end_process = false;
};

inline constexpr int kOutOfMemoryExit = 3;

struct RunOptions {
  std::optional<std::string> default_database = {};
  std::stop_token cancel = {};  // stopping it interrupts the query within milliseconds
};

struct ResultColumn {
  std::string name;
  std::string type;  // DuckDB's spelling
};

struct RowsState;  // rows_state.h, for the writers

// The answer as it comes. Reading it runs the query.
class Rows {
 public:
  explicit Rows(std::unique_ptr<RowsState> state);
  Rows(Rows&&) noexcept;
  Rows& operator=(Rows&&) noexcept;
  ~Rows();

  const std::vector<ResultColumn>& columns() const;
  // The next rows, as text cells (nothing for NULL); empty at the end.
  base::Result<std::vector<std::vector<std::optional<std::string>>>> next();
  // The rows to their end or until `take` says no, each made when it is taken.
  base::Status each(const std::function<bool(std::vector<std::optional<std::string>> row)>& take);
  RowsState& state() { return *state_; }

 private:
  std::unique_ptr<RowsState> state_;
};

class Engine {
 public:
  // Refuses a DuckDB other than the one its headers were taken from: the ABI holds for one build only.
  static base::Result<Engine> open(const EngineOptions& options);
  Engine(Engine&&) noexcept;
  Engine& operator=(Engine&&) noexcept;
  ~Engine();

  // `lake` must outlive the rows.
  base::Result<Rows> run(std::string_view sql, LakeAccess& lake, const RunOptions& options = {});

 private:
  struct State;
  explicit Engine(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace weir::query
