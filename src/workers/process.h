// A program of ours that runs beside this one and is reached over the socket that is its standard input.
//
// It has a life of its own so that nothing it is talked into, no loop, no hunger for memory, no fault of its engine, is
// done to the server. It gets no file, no environment and no signal mask of ours.
//
// Threads: one at a time, but for kill().
#pragma once
#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace weir::workers {

class Process {
 public:
  // `program`: its file. `silence_max`: how long reading from it or writing to it may wait; absent: without end.
  // Fails with Kind::unavailable and says nothing.
  static base::Result<std::unique_ptr<Process>> start(const std::string& program,
                                                      const std::vector<std::string>& arguments = {},
                                                      std::optional<base::Seconds> silence_max = {});
  ~Process();  // kills it
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  int socket() const { return socket_; }
  // From any thread, before end() is called: the program is ended, and whoever waits at the socket is let go.
  void kill();
  // Waits for its end, and causes it when told so. The status it ended with, as of waitpid; 0 once it was told.
  int end(bool kill_first);

 private:
  Process(int socket, pid_t pid) : socket_(socket), pid_(pid) {}

  const int socket_;
  pid_t pid_;
};

// The file of a program that stands beside the one that runs.
std::string program_beside(const std::string& name);

}  // namespace weir::workers
