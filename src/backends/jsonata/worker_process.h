// One running worker: the program that holds the JavaScript engine (worker/). It ends when a question takes too much, and
// the next question begins another. Threads: one at a time.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "workers/process.h"

namespace weir::backends::jsonata {

class WorkerProcess {
 public:
  // `program`: its file. Fails with Kind::unavailable.
  static base::Result<std::unique_ptr<WorkerProcess>> start(const std::string& program);

  // The answer to one question. An error means that this worker is over: Kind::limit_exceeded when the question used
  // its time or its memory, Kind::unavailable when the worker was gone before it took the question.
  base::Result<std::string> ask(std::string_view question);

 private:
  explicit WorkerProcess(std::unique_ptr<workers::Process> process) : process_(std::move(process)) {}

  std::unique_ptr<workers::Process> process_;
};

// The worker's program, which stands beside the program that runs.
std::string worker_program();

}  // namespace weir::backends::jsonata
