// kill -9 at random moments: what was acknowledged is there, what is there is whole.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <random>
#include <thread>

#include "store/key.h"
#include "store/sqlite_store.h"
#include "store/test_directory.h"

namespace weir::store {
namespace {

constexpr int kKills = 50;
constexpr int kWriters = 4;

struct Acknowledgement {
  int writer;
  int number;
};

std::string name(int writer, int number, const char* part) {
  return key(std::to_string(writer), std::to_string(number), part);
}

// Two keys per transaction, so that a torn one would show.
base::Status write_pair(Store& store, int writer, int number) {
  return write(store, [&](Transaction& t) -> base::Status {
    WEIR_CHECK_OK(t.put(name(writer, number, "left"), std::to_string(number)));
    return t.put(name(writer, number, "right"), std::to_string(number));
  });
}

[[noreturn]] void write_until_killed(const std::string& path, int pipe_end, int first) {
  auto store = SqliteStore::open(path);
  if (!store.ok()) _exit(1);
  std::vector<std::jthread> threads;
  for (int writer = 0; writer < kWriters; ++writer)
    threads.emplace_back([&, writer] {
      for (int number = first;; ++number) {
        Acknowledgement done{writer, number};
        if (!write_pair(**store, writer, number).ok() || ::write(pipe_end, &done, sizeof done) != sizeof done) _exit(1);
      }
    });
  threads.clear();
  _exit(1);
}

// Runs the child for `life` after its first acknowledgement and gives back the last number of each writer.
std::array<int, kWriters> run_and_kill(const std::string& path, int first, std::chrono::microseconds life) {
  int ends[2];
  if (::pipe(ends) != 0) return {};
  pid_t child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    write_until_killed(path, ends[1], first);
  }
  ::close(ends[1]);
  std::array<int, kWriters> last;
  last.fill(first - 1);
  std::jthread killer;
  for (Acknowledgement done; ::read(ends[0], &done, sizeof done) == sizeof done;) {
    if (!killer.joinable())
      killer = std::jthread([=] {
        std::this_thread::sleep_for(life);
        ::kill(child, SIGKILL);
      });
    last[done.writer] = done.number;
  }
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status)) << "the child ended by itself";
  return last;
}

// Every number up to `last` is there with both halves; returns the first number free for every writer.
int check_whole(Store& store, const std::array<int, kWriters>& last) {
  auto reader = store.begin(Mode::read).value();
  int next = 0;
  for (int writer = 0; writer < kWriters; ++writer) {
    for (int number = 0;; ++number) {
      auto left = reader->get(name(writer, number, "left")).value();
      auto right = reader->get(name(writer, number, "right")).value();
      EXPECT_EQ(left, right) << "torn: writer " << writer << " number " << number;
      if (!left) {
        EXPECT_GT(number, last[writer]) << "acknowledged and lost: writer " << writer;
        next = std::max(next, number);
        break;
      }
      EXPECT_EQ(left, std::to_string(number));
    }
  }
  return next;
}

TEST(SqliteStoreCrash, WhatWasAcknowledgedSurvivesKillNine) {
  TestDirectory directory;
  std::mt19937 random(std::random_device{}());
  for (int round = 0; round < kKills; ++round) {
    auto path = directory.file("round" + std::to_string(round / 10) + ".db");  // each file dies ten times
    int first = 0;
    if (round % 10 != 0) {
      auto store = SqliteStore::open(path).value();
      std::array<int, kWriters> none;
      none.fill(-1);
      first = check_whole(*store, none);
      for (int writer = 0; writer < kWriters; ++writer)
        for (int number = 0; number < first; ++number) ASSERT_TRUE(write_pair(*store, writer, number).ok());
    }
    auto last = run_and_kill(path, first, std::chrono::microseconds(random() % 4000));
    auto store = SqliteStore::open(path);
    ASSERT_TRUE(store.ok());
    check_whole(**store, last);
  }
}

}  // namespace
}  // namespace weir::store
