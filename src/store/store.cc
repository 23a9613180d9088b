#include "store/store.h"

#include <chrono>
#include <thread>

namespace weir::store {
namespace {

constexpr int kAttempts = 16;

// Losers of a race step aside a little longer each time; the first retries cost nothing.
void step_aside(int attempt) {
  if (attempt < 2) return std::this_thread::yield();
  std::this_thread::sleep_for(std::chrono::microseconds(50L << std::min(attempt, 8)));
}

base::Status attempt_write(Store& store, const std::function<base::Status(Transaction&)>& body) {
  WEIR_TRY(auto transaction, store.begin(Mode::write));
  WEIR_CHECK_OK(body(*transaction));
  return transaction->commit();
}

}  // namespace

Range prefix_range(std::string_view prefix) {
  std::string last(prefix);
  while (!last.empty() && last.back() == '\xff') last.pop_back();
  if (!last.empty()) last.back() = static_cast<char>(static_cast<unsigned char>(last.back()) + 1);
  return {std::string(prefix), std::move(last)};
}

base::Status write(Store& store, const std::function<base::Status(Transaction&)>& body) {
  for (int attempt = 0;; ++attempt) {
    auto status = attempt_write(store, body);
    bool lost = !status.ok() && status.error().kind == base::Kind::concurrent;
    if (!lost || attempt + 1 == kAttempts) return status;
    step_aside(attempt);
  }
}

}  // namespace weir::store
