// Durable commits against the disk's own bound, and what sharing an fsync gains.
// Read the ratios: commits to RawAppendAndSync, sixteen threads to one.
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <unistd.h>

#include "store/key.h"
#include "store/sqlite_store.h"
#include "store/test_directory.h"

namespace weir::store {
namespace {

constexpr size_t kValueSize = 300;
constexpr int kKeys = 10'000;

void RawAppendAndSync(benchmark::State& state) {
  TestDirectory directory;
  int file = ::open(directory.file("raw").c_str(), O_CREAT | O_WRONLY, 0600);
  std::string value(kValueSize, 'v');
  off_t at = 0;
  for (auto _ : state) {
    if (::pwrite(file, value.data(), value.size(), at) < 0 || ::fdatasync(file) != 0) state.SkipWithError("write");
    at += kValueSize;
  }
  ::close(file);
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(RawAppendAndSync)->UseRealTime();

// One directory and store for all threads of a run.
struct Shared {
  TestDirectory directory;
  std::unique_ptr<Store> store = SqliteStore::open(directory.file("bench.db")).value();
};
std::unique_ptr<Shared> shared;
void set_up(const benchmark::State&) { shared = std::make_unique<Shared>(); }
void tear_down(const benchmark::State&) { shared.reset(); }

std::string some_key(int thread, int64_t n) {
  return key("tbl", std::to_string(thread), std::to_string(n * 7919 % kKeys));
}

void SqliteCommit(benchmark::State& state) {
  std::string value(kValueSize, 'v');
  int64_t n = 0;
  for (auto _ : state) {
    auto status =
        write(*shared->store, [&](Transaction& t) { return t.put(some_key(state.thread_index(), n++), value); });
    if (!status.ok()) state.SkipWithError(status.error().log.c_str());
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(SqliteCommit)->Setup(set_up)->Teardown(tear_down)->Threads(1)->Threads(4)->Threads(16)->UseRealTime();

void SqliteReadTransactionWithOneGet(benchmark::State& state) {
  (void)write(*shared->store, [](Transaction& t) -> base::Status {
    for (int n = 0; n < kKeys; ++n) WEIR_CHECK_OK(t.put(some_key(0, n), std::string(kValueSize, 'v')));
    return {};
  });
  int64_t n = 0;
  for (auto _ : state) {
    auto value = shared->store->begin(Mode::read).value()->get(some_key(0, n++));
    benchmark::DoNotOptimize(value);
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(SqliteReadTransactionWithOneGet)->Setup(set_up)->Teardown(tear_down)->UseRealTime();

void SqliteRefreshWithNothingNew(benchmark::State& state) {
  for (auto _ : state)
    if (!shared->store->refresh().ok()) state.SkipWithError("refresh");
}
BENCHMARK(SqliteRefreshWithNothingNew)->Setup(set_up)->Teardown(tear_down)->UseRealTime();

}  // namespace
}  // namespace weir::store
