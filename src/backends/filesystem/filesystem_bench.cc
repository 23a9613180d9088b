// The hot paths: durable small puts beside what the disk itself can do, and warm reads.
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>

#include "backends/filesystem/filesystem_backend.h"
#include "store/sqlite_store.h"

namespace weir::backends {
namespace {

constexpr size_t kSmall = 4096;

// On a real disk on purpose; WEIR_BENCH_DIR chooses which.
struct Bench {
  Bench() {
    auto* place = std::getenv("WEIR_BENCH_DIR");
    auto pattern = std::string(place ? place : "/var/tmp") + "/weir-bench-XXXXXX";
    directory = ::mkdtemp(pattern.data());
    store = std::move(store::SqliteStore::open(directory + "/index.db")).value();
    backend = std::move(FilesystemBackend::open(*store, directory + "/data", clock, randomness, {})).value();
    (void)backend->create_bucket("lake", "111122223333", "us-east-1");
  }
  ~Bench() {
    backend.reset();
    store.reset();
    std::filesystem::remove_all(directory);
  }
  bool put(const std::string& key, std::string_view bytes) {
    auto writer = backend->begin_put("lake", key);
    return writer.ok() && (*writer)->write(bytes).ok() && (*writer)->finish({}).ok();
  }
  std::string directory;
  base::SystemClock clock;
  base::SystemRandomness randomness;
  std::unique_ptr<store::Store> store;
  std::unique_ptr<FilesystemBackend> backend;
};
Bench& bench() {
  static Bench one;
  return one;
}
std::string fresh_key() {
  static std::atomic<int64_t> next = 0;
  return "table/part-" + std::to_string(next++);
}

// What put_small_durable is held against.
void append_and_fdatasync_per_object(benchmark::State& state) {
  std::string bytes(kSmall, 'x');
  auto path = bench().directory + "/append-" + std::to_string(state.thread_index());
  int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  for (auto _ : state)
    if (::write(fd, bytes.data(), bytes.size()) < 0 || ::fdatasync(fd) != 0) state.SkipWithError("disk");
  ::close(fd);
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(append_and_fdatasync_per_object)->Threads(1)->Threads(4)->Threads(16)->Threads(64)->UseRealTime();

void put_small_durable(benchmark::State& state) {
  std::string bytes(kSmall, 'x');
  for (auto _ : state)
    if (!bench().put(fresh_key(), bytes)) state.SkipWithError("put");
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(put_small_durable)->Threads(1)->Threads(4)->Threads(16)->Threads(64)->UseRealTime();

void put_one_mebibyte_durable(benchmark::State& state) {
  std::string bytes(1 << 20, 'x');
  for (auto _ : state)
    if (!bench().put(fresh_key(), bytes)) state.SkipWithError("put");
  state.SetBytesProcessed(state.iterations() * (1 << 20));
}
BENCHMARK(put_one_mebibyte_durable)->Threads(1)->Threads(16)->UseRealTime();

void get_warm(benchmark::State& state) {
  auto key = "warm-" + std::to_string(state.range(0));
  if (state.thread_index() == 0 && !bench().put(key, std::string(static_cast<size_t>(state.range(0)), 'x')))
    state.SkipWithError("put");
  for (auto _ : state) {
    auto reader = bench().backend->open("lake", key);
    if (!reader.ok())
      state.SkipWithError("open");
    else
      benchmark::DoNotOptimize((*reader)->inline_bytes());
  }
}
BENCHMARK(get_warm)->Arg(kSmall)->Arg(1 << 20)->Threads(1)->Threads(2)->UseRealTime();

void head_cold(benchmark::State& state) {
  static bool made = [] { return bench().put("cold", "x"); }();
  auto options = FilesystemOptions{.cache_bytes_max = 0, .collect_garbage_at_start = false};
  auto cold = std::move(FilesystemBackend::open(*bench().store, bench().directory + "/data", bench().clock,
                                                bench().randomness, options))
                  .value();
  for (auto _ : state) benchmark::DoNotOptimize(made && cold->head("lake", "cold").ok());
}
BENCHMARK(head_cold)->UseRealTime();

}  // namespace
}  // namespace weir::backends
