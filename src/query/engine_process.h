// One query on an engine in a process of its own: the program weir-sql (worker/), which has the statement and nothing
// else. What it wants of the lake it asks of this process, which answers by a LakeAccess.
//
// An engine is a large thing to trust with statements of strangers: planning is not interrupted, texts may be doubled and
// recursions go deep. A process ends whatever its engine does, and with it goes all that it took.
//
// INVARIANTS (those of engine.h, and:)
// 1. Whatever the statement does, this process keeps its memory and its threads: the worker may use a quarter more than the
//    options say, for half a second, and is killed when `cancel` is requested.
// 2. What the worker says is not trusted: it reads what LakeAccess gave it a number for, and what it answers has an order,
//    a size, and is text. The barrier is the worker's, though: one that is taken over can show hidden columns and rows of
//    the tables that the person may read, and nothing of others.
//
// Threads: any, one query each.
#pragma once
#include "query/engine.h"

namespace weir::query {

// Who takes an answer.
class AnswerTaker {
 public:
  virtual ~AnswerTaker() = default;
  virtual void columns(std::vector<ResultColumn> columns) = 0;        // once, first
  virtual bool row(std::vector<std::optional<std::string>> row) = 0;  // no: it has enough
};

struct ProcessOptions {
  EngineOptions engine = {};
  uint64_t row_bytes_max = 16 << 20;  // a larger one ends the answer
  std::string program = {};           // its file; empty: weir-sql beside the program that runs
};

// Yes when the taker has the whole answer; no when it had enough, or a row was too large. Errors are those of
// Engine::run and Rows; Kind::limit_exceeded also when the engine came to its end, Kind::unavailable when there is none.
base::Result<bool> run_in_process(const ProcessOptions& options, std::string_view sql, LakeAccess& lake,
                                  const RunOptions& run, AnswerTaker& taker);

}  // namespace weir::query
