#include "backends/jsonata/worker_process.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>

#include <array>
#include <csignal>
#include <filesystem>

#include "backends/jsonata/frame.h"

namespace weir::backends::jsonata {
namespace {

// The worker ends itself by processor time; this is for one that cannot, on a machine that has stopped.
constexpr time_t kWallSecondsMax = 20;

base::Error unavailable(const std::string& log) {
  auto error = base::fail(base::Kind::unavailable, "JSONata cannot be evaluated now");
  error.log = log;
  return error;
}

bool spawn(const std::string& program, int socket, pid_t& pid) {
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, socket, STDIN_FILENO);
  posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  std::array<char*, 2> arguments = {const_cast<char*>("weir-jsonata"), nullptr};
  // No environment but the zone: what the server was started with is nobody's business there.
  std::array<char*, 2> environment = {const_cast<char*>("TZ=UTC0"), nullptr};
  bool done = posix_spawn(&pid, program.c_str(), &files, &attributes, arguments.data(), environment.data()) == 0;
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&files);
  return done;
}

}  // namespace

base::Result<std::unique_ptr<WorkerProcess>> WorkerProcess::start(const std::string& program) {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
    return unavailable("no socket for a JSONata worker");
  timeval wait{kWallSecondsMax, 0};
  ::setsockopt(ends[0], SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
  ::setsockopt(ends[0], SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
  pid_t pid = 0;
  bool started = spawn(program, ends[1], pid);
  ::close(ends[1]);
  if (started) return std::unique_ptr<WorkerProcess>(new WorkerProcess(ends[0], pid));
  ::close(ends[0]);
  return unavailable("cannot start " + program);
}

WorkerProcess::~WorkerProcess() {
  ::close(socket_);
  reap(true);
}

// The status it ended with; 0 once it was told.
int WorkerProcess::reap(bool kill_first) {
  if (pid_ == 0) return 0;
  if (kill_first) ::kill(pid_, SIGKILL);
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = 0;
  return status;
}

base::Result<std::string> WorkerProcess::ask(std::string_view question) {
  std::string answer;
  if (!write_frame(socket_, question)) return unavailable("a JSONata worker was gone");
  if (read_frame(socket_, answer, kAnswerBytesMax)) return answer;
  bool hangs = errno == EAGAIN || errno == EWOULDBLOCK;
  int status = reap(hangs);
  if (WIFEXITED(status)) return unavailable("a JSONata worker left with " + std::to_string(WEXITSTATUS(status)));
  bool out_of_time = hangs || WTERMSIG(status) == SIGPROF;
  auto error =
      base::fail(base::Kind::limit_exceeded, out_of_time ? "it took too much time" : "it needs too much memory");
  error.log = "a JSONata worker ended by signal " + std::to_string(WTERMSIG(status));
  return error;
}

std::string worker_program() {
  std::error_code error;
  auto self = std::filesystem::read_symlink("/proc/self/exe", error);
  return (self.parent_path() / "weir-jsonata").string();
}

}  // namespace weir::backends::jsonata
