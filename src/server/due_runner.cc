#include "server/due_runner.h"

#include <algorithm>

#include "base/log.h"

namespace weir::server {
namespace {

constexpr size_t kPageItems = 512, kWorkers = 4;
constexpr base::Seconds kPause{1};
constexpr base::Seconds kPauseMax{3600};
constexpr int64_t kDoublingsMax = 12;

// What was scheduled anew for the same time is another job.
std::string job_key(const app::DueItem& item) { return app::due_work::key(item) + std::to_string(item.turn); }

}  // namespace

DueRunner::DueRunner(app::Lake& lake, app::DueHandlers handlers)
    : lake_(lake), handlers_(std::move(handlers)), agenda_(std::make_shared<DueAgenda>(lake.clock)) {}

// Watched before anything is read, so that nothing is missed in between.
void DueRunner::start() {
  lake_.store.watch(app::due_work::prefix(), [agenda = agenda_](std::span<const store::Change> changes) {
    for (const auto& change : changes) {
      if (change.reset) agenda->look_at(base::Instant::min());
      if (!change.value) continue;
      auto item = base::decode_record<app::DueItem>(*change.value);
      if (item.ok()) agenda->look_at(item->due);
    }
  });
  for (size_t i = 0; i < kWorkers; ++i) threads_.emplace_back([this] { work(); });
  threads_.emplace_back([this] { keep_time(); });
}

void DueRunner::stop() {
  agenda_->close();
  for (auto& thread : threads_) thread.join();
  threads_.clear();
}

void DueRunner::keep_time() {
  while (agenda_->wait_for_look()) {
    auto looked = look();
    if (looked.ok()) continue;
    base::log_warn("due.look_failed", {{"reason", looked.error().log}});
    agenda_->look_at(lake_.clock.now() + kPause);
  }
}

// Everything due becomes a job; the first that is not due yet says when to look again.
base::Status DueRunner::look() {
  auto now = lake_.clock.now();
  for (std::string from;;) {
    WEIR_TRY(auto tx, lake_.store.begin(store::Mode::read));
    WEIR_TRY(auto page, app::due_work::look(*tx, from, now, kPageItems));
    for (auto& item : page.items) agenda_->add({job_key(item), std::move(item)});
    if (page.first_later) agenda_->look_at(*page.first_later);
    if (page.next.empty()) return {};
    from = page.next;
  }
}

void DueRunner::work() {
  while (auto job = agenda_->take()) agenda_->finish(*job, carry_out(*job));
}

std::optional<base::Seconds> DueRunner::carry_out(const DueAgenda::Job& job) {
  // The clock was set back since the look.
  if (job.what.due > lake_.clock.now()) return agenda_->look_at(job.what.due), std::nullopt;
  auto called = call(job.what);
  if (called.ok()) return forget_failures(job.key), std::nullopt;
  const auto& error = called.error();
  base::log_warn(
      "due.failed",
      {{"kind", job.what.kind}, {"id", job.what.id}, {"reason", error.log.empty() ? error.says : error.log}});
  auto doublings = std::min(count_failure(job.key), kDoublingsMax);
  return std::min(kPause * (int64_t{1} << doublings), kPauseMax);
}

void DueRunner::forget_failures(const std::string& key) {
  std::lock_guard lock(mutex_);
  failures_.erase(key);
}

int64_t DueRunner::count_failure(const std::string& key) {
  std::lock_guard lock(mutex_);
  return failures_[key]++;
}

base::Status DueRunner::call(const app::DueItem& item) {
  try {
    return handlers_.call(lake_, item);
  } catch (const std::exception& broken) {
    return base::internal(std::string("a broken belief: ") + broken.what());
  }
}

}  // namespace weir::server
