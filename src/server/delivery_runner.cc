#include "server/delivery_runner.h"

#include <algorithm>

#include "base/log.h"
#include "notifications/keys.h"

namespace weir::server {
namespace {

using namespace std::chrono_literals;
using notifications::Carrier;

constexpr std::chrono::milliseconds kSleepMax = 1s;  // in case a clock is set
constexpr base::Seconds kRest{60};                   // of what the program could not attempt
constexpr base::Seconds kPause{1};                   // of a store that does not answer

}  // namespace

void DeliveryRunner::Bell::ring() {
  std::lock_guard lock(mutex);
  rung = true;
  wake.notify_all();
}

DeliveryRunner::DeliveryRunner(app::Lake& lake, app::Channels channels, const Threads& threads)
    : lake_(lake), channels_(std::move(channels)) {
  lake_.store.watch(notifications::keys::outbox(), [bell = bell_](std::span<const store::Change> changes) {
    {
      std::lock_guard lock(bell->mutex);
      for (const auto& change : changes) {
        bell->anew |= change.reset;
        auto place =
            change.value ? notifications::parse_outbox_key(change.key) : std::nullopt;  // what is erased was done
        if (!place) continue;
        auto [known, fresh] = bell->heard.emplace(std::move(place->queue), place->due);
        if (!fresh) known->second = std::min(known->second, place->due);
      }
      if (bell->heard.empty() && !bell->anew) return;
    }
    bell->ring();
  });
  hire(Carrier::mail, threads.mail);
  hire(Carrier::endpoint, threads.endpoint);
  hire(Carrier::server, threads.server);
  threads_.emplace_back([this](const std::stop_token& done) { look(done); });
}

void DeliveryRunner::hire(Carrier carrier, int threads) {
  auto& crew = crews_.try_emplace(carrier, carrier, threads).first->second;
  for (int i = 0; i < threads; ++i)
    threads_.emplace_back([this, &crew](const std::stop_token& done) { work(done, crew); });
}

DeliveryRunner::~DeliveryRunner() {
  for (auto& thread : threads_) thread.request_stop();
  threads_.clear();
}

void DeliveryRunner::look(const std::stop_token& done) {
  while (!done.stop_requested()) {
    auto heard = listen();
    if (!heard) base::log_error("deliveries.unreadable", {{"reason", heard.error().log}});
    auto next = pass_on(heard ? *heard : Heard());
    auto pause = std::clamp(std::chrono::ceil<std::chrono::milliseconds>(next - lake_.clock.now()), 0ms, kSleepMax);
    std::unique_lock lock(bell_->mutex);
    bell_->wake.wait_for(lock, done, heard ? pause : kPause, [&] { return bell_->rung; });
    bell_->rung = false;
  }
}

base::Result<DeliveryRunner::Heard> DeliveryRunner::listen() {
  std::unique_lock lock(bell_->mutex);
  auto heard = std::exchange(bell_->heard, {});
  bool anew = std::exchange(bell_->anew, false);
  lock.unlock();
  if (!anew) return heard;
  auto queues = [&]() -> base::Result<std::vector<notifications::OutboxQueue>> {
    WEIR_TRY(auto tx, lake_.store.begin(store::Mode::read));
    return notifications::Outbox(*tx).queues();
  }();
  if (!queues) {
    lock.lock();
    bell_->anew = true;
    return std::move(queues).error();
  }
  for (auto& queue : *queues) heard[std::move(queue)] = base::Instant::min();
  return heard;
}

base::Instant DeliveryRunner::pass_on(const Heard& heard) {
  std::lock_guard lock(mutex_);
  auto now = lake_.clock.now(), next = base::Instant::max();
  for (const auto& [queue, due] : heard) crews_.at(queue.carrier).turns.heard(queue, due);
  for (auto& [carrier, crew] : crews_) {
    crew.turns.wake(now);
    if (crew.turns.has_turn()) crew.has_turn.notify_one();
    next = std::min(next, crew.turns.next_wake());
  }
  return next;
}

void DeliveryRunner::work(const std::stop_token& done, Crew& crew) {
  std::unique_lock lock(mutex_);
  while (crew.has_turn.wait(lock, done, [&] { return crew.turns.has_turn(); }) && !done.stop_requested()) {
    take_turn(lock, done, crew);
    if (crew.turns.has_turn()) crew.has_turn.notify_one();
  }
}

// `lock` is let go while the store and the receiver are waited for.
void DeliveryRunner::take_turn(std::unique_lock<std::mutex>& lock, const std::stop_token& done, Crew& crew) {
  auto turn = *crew.turns.take();
  if (crew.turns.has_turn()) crew.has_turn.notify_one();
  lock.unlock();
  auto next = next_of(turn);
  lock.lock();
  if (!next.entry) {
    crew.turns.passed(turn.queue, next.due);
    return crew.turns.wake(lake_.clock.now());
  }
  crew.turns.begun(turn.queue, next.entry->id);
  if (crew.turns.has_turn()) crew.has_turn.notify_one();
  lock.unlock();
  bool settled = attempt(*next.entry);
  lock.lock();
  if (!settled) crew.has_turn.wait_for(lock, done, kPause, [] { return false; });
  crew.turns.ended(turn.queue, next.entry->id);
  crew.turns.wake(lake_.clock.now());
}

DeliveryRunner::Next DeliveryRunner::next_of(const DeliveryTurns::Turn& turn) {
  auto read = [&]() -> base::Result<Next> {
    auto now = lake_.clock.now();
    WEIR_TRY(auto tx, lake_.store.begin(store::Mode::read));
    notifications::Outbox outbox(*tx);
    WEIR_TRY(auto entry, outbox.first_due(turn.queue, now, turn.under_way));
    if (entry) return Next{std::move(entry)};
    WEIR_TRY(auto later, outbox.next_after(turn.queue, now));
    return Next{{}, later.value_or(base::Instant::max())};
  };
  auto next = read();
  if (next) return std::move(*next);
  base::log_error("deliveries.unreadable", {{"reason", next.error().log}});
  return {{}, lake_.clock.now() + kPause};
}

bool DeliveryRunner::attempt(const Entry& entry) {
  auto status = try_attempt(entry);
  if (status.ok()) return true;
  base::log_error("delivery.broken", {{"entry", entry.id}, {"reason", status.error().log + status.error().says}});
  return rest(entry);
}

base::Status DeliveryRunner::try_attempt(const Entry& entry) {
  try {
    return app::attempt_delivery(lake_, channels_, entry);
  } catch (const std::exception& broken) {
    return base::internal(std::string("a broken belief: ") + broken.what());
  }
}

bool DeliveryRunner::rest(const Entry& entry) {
  auto until = lake_.clock.now() + kRest;
  auto moved =
      store::write(lake_.store, [&](store::Transaction& tx) { return notifications::Outbox(tx).rest(entry, until); });
  if (!moved.ok()) base::log_error("delivery.cannot_rest", {{"entry", entry.id}, {"reason", moved.error().log}});
  return moved.ok();
}

}  // namespace weir::server
