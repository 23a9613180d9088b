#include "cli/progress.h"

#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <mutex>

namespace weir::cli {

Progress::Progress() {
  if (::isatty(STDERR_FILENO)) painter_ = std::jthread([this](const std::stop_token& done) { run(done); });
}

Progress::~Progress() = default;

void Progress::run(const std::stop_token& done) {
  constexpr const char* kBar[] = {"[=     ]", "[ =    ]", "[  =   ]", "[   =  ]", "[    = ]", "[     =]"};
  auto began = std::chrono::steady_clock::now();
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  bool painted = false;
  for (size_t tick = 0; !done.stop_requested(); ++tick) {
    wake.wait_for(lock, done, std::chrono::milliseconds(200), [] { return false; });
    std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - began;
    if (seconds.count() < 1 || done.stop_requested()) continue;
    std::fprintf(stderr, "\r%s %.1f s, %zu bytes", kBar[tick % std::size(kBar)], seconds.count(), bytes_.load());
    painted = true;
  }
  if (painted) std::fprintf(stderr, "\r\033[K");
}

}  // namespace weir::cli
