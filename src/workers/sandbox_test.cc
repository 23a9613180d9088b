// Attempts from inside: each in a process of its own, which enters the sandbox, tries one thing and tells by its status.
#include "workers/sandbox.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <functional>
#include <thread>

namespace weir::workers {
namespace {

constexpr uint64_t kMemoryMax = 64ULL << 20;

enum Told { kDone = 0, kRefused = 10, kNoSandbox = 11 };

// What became of it in the sandbox: done, refused, or how the process ended otherwise.
int told(const std::function<bool()>& attempt) {
  auto child = ::fork();
  if (child == 0) {
    if (!give_up_privileges() || !enter_sandbox({kMemoryMax})) ::_exit(kNoSandbox);
    ::_exit(attempt() ? kDone : kRefused);
  }
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

bool maps(size_t bytes, int protection, int flags) {
  return ::mmap(nullptr, bytes, protection, flags, -1, 0) != MAP_FAILED;
}

constexpr int kOwn = MAP_PRIVATE | MAP_ANONYMOUS, kReadWrite = PROT_READ | PROT_WRITE;

TEST(Sandbox, MemoryOfItsOwnIsThereToItsLimit) {
  EXPECT_EQ(told([] { return maps(kMemoryMax / 2, kReadWrite, kOwn); }), kDone);
  EXPECT_EQ(told([] { return maps(kMemoryMax, kReadWrite, kOwn); }), kRefused);
  EXPECT_EQ(told([] { return maps(kMemoryMax, PROT_NONE, kOwn | MAP_NORESERVE); }), kDone) << "a place, not memory";
}

TEST(Sandbox, MemoryThatNoLimitCountsIsNotThere) {
  EXPECT_EQ(told([] { return maps(4096, kReadWrite, MAP_SHARED | MAP_ANONYMOUS); }), kRefused);
  EXPECT_EQ(told([] { return maps(4096, kReadWrite, kOwn | MAP_GROWSDOWN); }), kRefused);
  EXPECT_EQ(told([] { return ::syscall(SYS_memfd_create, "m", 0) >= 0; }), kRefused);
}

TEST(Sandbox, WhatIsWrittenIsNotRun) {
  EXPECT_EQ(told([] { return maps(4096, kReadWrite | PROT_EXEC, kOwn); }), kRefused);
  EXPECT_EQ(told([] {
              auto* page = ::mmap(nullptr, 4096, kReadWrite, kOwn, -1, 0);
              return page != MAP_FAILED && ::mprotect(page, 4096, PROT_READ | PROT_EXEC) == 0;
            }),
            kRefused);
}

TEST(Sandbox, NoFileNoSocketNoProgram) {
  EXPECT_EQ(told([] { return ::open("/proc/self/status", O_RDONLY) >= 0; }), kRefused);
  EXPECT_EQ(told([] { return ::socket(AF_UNIX, SOCK_STREAM, 0) >= 0; }), kRefused);
  EXPECT_EQ(told([] { return ::fork() >= 0; }), kRefused);
  EXPECT_EQ(told([] { return ::execl("/bin/true", "true", nullptr) == 0; }), kRefused);
  EXPECT_EQ(told([] { return ::dup(0) >= 0; }), kRefused);
}

TEST(Sandbox, NoOtherProcessIsReached) {
  auto other = ::getpid();
  EXPECT_EQ(told([&] { return ::syscall(SYS_tgkill, other, other, 0) == 0; }), kRefused);
  EXPECT_EQ(told([&] { return ::kill(other, 0) == 0; }), kRefused);
  EXPECT_EQ(told([] { return ::raise(SIGTERM) == 0; }), -SIGTERM) << "itself it may end";
}

TEST(Sandbox, PagesAreNotPoisoned) {
  constexpr int kPoison = 100;  // MADV_HWPOISON, where one is allowed to
  auto advised = [](int advice) {
    auto* page = ::mmap(nullptr, 4096, kReadWrite, kOwn, -1, 0);
    return ::madvise(page, 4096, advice) == 0;
  };
  EXPECT_EQ(told([&] { return advised(MADV_DONTNEED); }), kDone);
  EXPECT_EQ(told([&] { return advised(kPoison); }), kRefused);
}

TEST(Sandbox, ThreadsThatWereThereBeforeAreBoundToo) {
  EXPECT_EQ(told([] { return true; }), kDone);
  auto child = ::fork();
  if (child == 0) {
    std::atomic<int> stage = 0;
    int opened = 0;
    std::thread earlier([&] {
      stage = 1;
      stage.notify_all();
      stage.wait(1);
      opened = ::open("/proc/self/status", O_RDONLY);
    });
    stage.wait(0);
    bool in = enter_sandbox({kMemoryMax});
    stage = 2;
    stage.notify_all();
    earlier.join();
    ::_exit(in && opened < 0 ? kDone : kRefused);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(WEXITSTATUS(status), kDone);
}

}  // namespace
}  // namespace weir::workers
