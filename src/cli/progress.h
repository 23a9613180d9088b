// A line on the terminal for queries that take long: time and bytes so far. Silent when standard error is no
// terminal, and for the first second.
#pragma once
#include <atomic>
#include <thread>

namespace weir::cli {

class Progress {
 public:
  Progress();
  ~Progress();  // wipes the line
  void bytes(size_t more) { bytes_ += more; }

 private:
  void run(const std::stop_token& done);
  std::atomic<size_t> bytes_{0};
  std::jthread painter_;
};

}  // namespace weir::cli
