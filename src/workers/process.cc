#include "workers/process.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <filesystem>

namespace weir::workers {
namespace {

base::Error unavailable(std::string log) {
  auto error = base::fail(base::Kind::unavailable, "");
  error.log = std::move(log);
  return error;
}

bool spawn(const std::string& program, std::vector<std::string> arguments, int socket, pid_t& pid) {
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
  auto name = std::filesystem::path(program).filename().string();
  std::vector<char*> argv = {name.data()};
  for (auto& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  // No environment but the zone: what the server was started with is nobody's business there.
  std::array<char*, 2> environment = {const_cast<char*>("TZ=UTC0"), nullptr};
  bool done = posix_spawn(&pid, program.c_str(), &files, &attributes, argv.data(), environment.data()) == 0;
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&files);
  return done;
}

}  // namespace

base::Result<std::unique_ptr<Process>> Process::start(const std::string& program,
                                                      const std::vector<std::string>& arguments,
                                                      std::optional<base::Seconds> silence_max) {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
    return unavailable("no socket for " + program);
  if (silence_max) {
    timeval wait{silence_max->count(), 0};
    ::setsockopt(ends[0], SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    ::setsockopt(ends[0], SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
  }
  pid_t pid = 0;
  bool started = spawn(program, arguments, ends[1], pid);
  ::close(ends[1]);
  if (started) return std::unique_ptr<Process>(new Process(ends[0], pid));
  ::close(ends[0]);
  return unavailable("cannot start " + program);
}

Process::~Process() {
  end(true);
  ::close(socket_);
}

void Process::kill() {
  ::kill(pid_, SIGKILL);  // nobody has its number before end() was told of its end
  ::shutdown(socket_, SHUT_RDWR);
}

int Process::end(bool kill_first) {
  if (pid_ == 0) return 0;
  if (kill_first) ::kill(pid_, SIGKILL);
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = 0;
  return status;
}

std::string program_beside(const std::string& name) {
  std::error_code error;
  auto self = std::filesystem::read_symlink("/proc/self/exe", error);
  return (self.parent_path() / name).string();
}

}  // namespace weir::workers
