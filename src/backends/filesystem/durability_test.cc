// What kill -9 leaves: a child process puts objects and says so over a pipe, we kill it at some moment,
// open the directory again and look.
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <map>
#include <random>
#include <thread>

#include "backends/filesystem/backend_fixture.h"

namespace weir::backends {
namespace {

constexpr int kRounds = 100, kThreads = 4, kKeys = 6;

struct Ack {
  int thread, key, generation;
};

// Every third object is inline, so are overwrites of files by inline bodies and the other way round.
std::string content(int thread, int key, int generation) {
  size_t size = generation % 3 == 0 ? 500 : 17'000 + static_cast<size_t>(generation % 7) * 50'000;
  auto name = std::to_string(thread) + ":" + std::to_string(key) + ":" + std::to_string(generation) + ";";
  std::string out;
  while (out.size() < size) out += name;
  return out;
}
std::string key_name(int thread, int key) { return std::to_string(thread) + "/" + std::to_string(key); }

void put_until_killed(FilesystemBackend& backend, int thread, int start, int acks) {
  for (int generation = start;; ++generation) {
    int key = generation % kKeys;
    if (!put(backend, "lake", key_name(thread, key), content(thread, key, generation)).ok()) ::_exit(1);
    Ack ack{thread, key, generation};
    if (::write(acks, &ack, sizeof ack) != sizeof ack) ::_exit(1);
  }
}

[[noreturn]] void child(const std::string& directory, int start, int acks) {
  Running running(directory);
  std::vector<std::jthread> threads;
  for (int t = 0; t < kThreads; ++t)
    threads.emplace_back([&, t] { put_until_killed(*running.backend, t, start, acks); });
  threads.clear();
  ::_exit(1);
}

using Generations = std::map<std::pair<int, int>, int>;  // the last acknowledged of each object

int run_and_kill(const std::string& directory, int start, int acks_before_kill, Generations& acknowledged) {
  int pipe_ends[2];
  EXPECT_EQ(::pipe(pipe_ends), 0);
  pid_t pid = ::fork();
  if (pid == 0) {
    ::close(pipe_ends[0]);
    child(directory, start, pipe_ends[1]);
  }
  ::close(pipe_ends[1]);
  int highest = start;
  Ack ack;
  for (int n = 0; ::read(pipe_ends[0], &ack, sizeof ack) == sizeof ack; ++n) {
    acknowledged[{ack.thread, ack.key}] = ack.generation;
    highest = std::max(highest, ack.generation);
    if (n == acks_before_kill) ::kill(pid, SIGKILL);
  }
  ::close(pipe_ends[0]);
  int status = 0;
  ::waitpid(pid, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status)) << "the child stopped by itself";
  return highest + kKeys + 1;
}

// Acknowledged: that generation, or a later one that was on its way. Never anything torn.
void expect_whole(FilesystemBackend& backend, int thread, int key, int acknowledged) {
  auto bytes = get(backend, "lake", key_name(thread, key));
  if (!bytes.ok()) {
    EXPECT_EQ(acknowledged, -1) << "an acknowledged object is missing: " << bytes.error().log;
    return;
  }
  int generation = std::stoi(bytes->substr(bytes->rfind(':', bytes->size() - 2) + 1));
  EXPECT_GE(generation, acknowledged);
  EXPECT_EQ(*bytes, content(thread, key, generation));
}

size_t referenced_files(store::Store& store) {
  auto txn = std::move(store.begin(store::Mode::read)).value();
  return txn->scan(store::prefix_range(kind_prefix("file")), 1'000'000)->size();
}

}  // namespace

TEST(Durability, KillingTheProcessAHundredTimesLosesNothingAcknowledgedAndLeaksNothing) {
  ScratchDirectory scratch;
  { ASSERT_TRUE(Running(scratch.path()).backend->create_bucket("lake", "111122223333", "").ok()); }
  std::mt19937 random(7);
  Generations acknowledged;
  int start = 0;
  for (int round = 0; round < kRounds; ++round) {
    start = run_and_kill(scratch.path(), start, static_cast<int>(random() % 40), acknowledged);
    Running running(scratch.path());
    for (int t = 0; t < kThreads; ++t)
      for (int k = 0; k < kKeys; ++k) {
        auto known = acknowledged.find({t, k});
        expect_whole(*running.backend, t, k, known == acknowledged.end() ? -1 : known->second);
      }
    running.backend->finish_collecting();
    ASSERT_EQ(files_below(scratch.path() + "/data"), referenced_files(*running.store)) << "after round " << round;
  }
}

}  // namespace weir::backends
