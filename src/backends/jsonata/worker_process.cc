#include "backends/jsonata/worker_process.h"

#include <sys/wait.h>

#include <cerrno>
#include <csignal>

#include "backends/jsonata/questions.h"
#include "workers/frame.h"

namespace weir::backends::jsonata {
namespace {

// The worker ends itself by processor time; this is for one that cannot, on a machine that has stopped.
constexpr base::Seconds kSilenceMax{20};

base::Error unavailable(const std::string& log) {
  auto error = base::fail(base::Kind::unavailable, "JSONata cannot be evaluated now");
  error.log = log;
  return error;
}

}  // namespace

base::Result<std::unique_ptr<WorkerProcess>> WorkerProcess::start(const std::string& program) {
  auto process = workers::Process::start(program, {}, kSilenceMax);
  if (!process.ok()) return unavailable(process.error().log);
  return std::unique_ptr<WorkerProcess>(new WorkerProcess(std::move(*process)));
}

base::Result<std::string> WorkerProcess::ask(std::string_view question) {
  std::string answer;
  if (!workers::write_frame(process_->socket(), question)) return unavailable("a JSONata worker was gone");
  if (workers::read_frame(process_->socket(), answer, kAnswerBytesMax)) return answer;
  bool hangs = errno == EAGAIN || errno == EWOULDBLOCK;
  int status = process_->end(hangs);
  if (WIFEXITED(status)) return unavailable("a JSONata worker left with " + std::to_string(WEXITSTATUS(status)));
  bool out_of_time = hangs || WTERMSIG(status) == SIGPROF;
  auto error =
      base::fail(base::Kind::limit_exceeded, out_of_time ? "it took too much time" : "it needs too much memory");
  error.log = "a JSONata worker ended by signal " + std::to_string(WTERMSIG(status));
  return error;
}

std::string worker_program() { return workers::program_beside("weir-jsonata"); }

}  // namespace weir::backends::jsonata
