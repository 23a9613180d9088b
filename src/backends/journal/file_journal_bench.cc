// What recording costs the caller: the bound is a microsecond.
#include <benchmark/benchmark.h>

#include <filesystem>
#include <thread>

#include "backends/journal/file_journal.h"

namespace weir::backends {
namespace {

audit::Event typical() {
  audit::Event event;
  event.event_id = "0f0e0d0c-0b0a-4009-8807-060504030201";
  event.source = "glue.amazonaws.com";
  event.name = "GetTable";
  event.identity.arn = "arn:aws:sts::111122223333:assumed-role/analyst/ana";
  event.recipient_account = "111122223333";
  event.request_parameters = base::Json::Object{{"databaseName", "sales"}, {"name", "orders"}};
  return event;
}

// The events are made before the clock runs; when the queue is full the writer is let through, untimed.
void record(benchmark::State& state) {
  auto directory = std::filesystem::temp_directory_path() / "weir-journal-bench";
  base::SystemClock clock;
  base::SystemRandomness randomness;
  auto journal = std::move(FileJournal::open(directory, clock, randomness)).value();
  constexpr size_t kBatch = 4096;
  std::vector<audit::Event> events;
  for (auto _ : state) {
    state.PauseTiming();
    if (!journal->flush().ok()) state.SkipWithError("flush");
    events.assign(kBatch, typical());
    state.ResumeTiming();
    for (auto& event : events)
      if (!journal->record(std::move(event)).ok()) state.SkipWithError("refused");
  }
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(kBatch));
  journal.reset();
  std::filesystem::remove_all(directory);
}
BENCHMARK(record)->UseRealTime();

void render(benchmark::State& state) {
  auto event = typical();
  for (auto _ : state) benchmark::DoNotOptimize(audit::to_line(event));
}
BENCHMARK(render);

}  // namespace
}  // namespace weir::backends
