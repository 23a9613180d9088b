// One running worker: the program that holds the JavaScript engine (worker/), reached over a socket.
//
// It has a life of its own so that nothing an expression does, no loop, no hunger for memory, no fault of the engine,
// is done to the server: such a worker ends, and the next question begins another. Threads: one at a time.
#pragma once
#include <sys/types.h>

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace weir::backends::jsonata {

class WorkerProcess {
 public:
  // `program`: its file. Fails with Kind::unavailable.
  static base::Result<std::unique_ptr<WorkerProcess>> start(const std::string& program);
  ~WorkerProcess();
  WorkerProcess(const WorkerProcess&) = delete;

  // The answer to one question. An error means that this worker is over: Kind::limit_exceeded when the question used
  // its time or its memory, Kind::unavailable when the worker was gone before it took the question.
  base::Result<std::string> ask(std::string_view question);

 private:
  WorkerProcess(int socket, pid_t pid) : socket_(socket), pid_(pid) {}
  int reap(bool kill_first);

  int socket_;
  pid_t pid_;
};

// The worker's program, which stands beside the program that runs.
std::string worker_program();

}  // namespace weir::backends::jsonata
