#include "server/delivery_turns.h"

#include <algorithm>

namespace weir::server {

void DeliveryTurns::heard(const Queue& queue, base::Instant due) {
  auto& line = lines_[queue];
  if (line.stage == Stage::asleep) sleep_until(queue, line, std::min(line.wakes, due));
  line.heard = std::min(line.heard, due);
  if (!line.under_way.empty()) line.missed = std::min(line.missed, due);
}

void DeliveryTurns::sleep_until(const Queue& queue, Line& line, base::Instant at) {
  asleep_.erase({line.wakes, queue});
  line.stage = Stage::asleep;
  line.wakes = at;
  asleep_.emplace(at, queue);
}

void DeliveryTurns::wake(base::Instant now) {
  while (!asleep_.empty() && asleep_.begin()->first <= now) {
    auto queue = asleep_.begin()->second;
    asleep_.erase(asleep_.begin());
    wait_for_turn(queue, lines_.at(queue));
  }
}

base::Instant DeliveryTurns::next_wake() const {
  return asleep_.empty() ? base::Instant::max() : asleep_.begin()->first;
}

void DeliveryTurns::wait_for_turn(const Queue& queue, Line& line) {
  line.stage = Stage::waiting;
  auto& account = accounts_[queue.account];
  if (account.waiting.empty()) turns_.push_back(queue.account);
  account.waiting.push_back(queue);
}

bool DeliveryTurns::may_take(const std::string& account) const { return accounts_.at(account).holds < free_; }

bool DeliveryTurns::has_turn() const {
  return free_ > 0 && std::ranges::any_of(turns_, [&](const auto& account) { return may_take(account); });
}

std::optional<DeliveryTurns::Turn> DeliveryTurns::take() {
  if (free_ == 0) return std::nullopt;
  auto next = std::ranges::find_if(turns_, [&](const auto& account) { return may_take(account); });
  if (next == turns_.end()) return std::nullopt;
  auto name = *next;
  turns_.erase(next);
  auto& account = accounts_.at(name);
  auto queue = account.waiting.front();
  account.waiting.pop_front();
  if (!account.waiting.empty()) turns_.push_back(name);
  ++account.holds;
  --free_;
  auto& line = lines_.at(queue);
  line.stage = Stage::read;
  line.heard = base::Instant::max();
  return Turn{queue, line.under_way};
}

void DeliveryTurns::begun(const Queue& queue, const std::string& entry) {
  auto& line = lines_.at(queue);
  line.under_way.insert(entry);
  if (line.under_way.size() < kAtOnce) return wait_for_turn(queue, line);
  line.stage = Stage::full;
}

void DeliveryTurns::passed(const Queue& queue, base::Instant next) {
  auto& line = lines_.at(queue);
  sleep_until(queue, line, std::min(next, line.heard));  // what came while it was read may have been missed
  give_back(queue.account);
  forget_if_idle(queue);
}

void DeliveryTurns::ended(const Queue& queue, const std::string& entry) {
  auto& line = lines_.at(queue);
  line.under_way.erase(entry);
  if (line.stage == Stage::full) wait_for_turn(queue, line);
  if (line.stage == Stage::read) line.heard = std::min(line.heard, line.missed);
  if (line.stage == Stage::asleep) sleep_until(queue, line, std::min(line.wakes, line.missed));
  if (line.under_way.empty()) line.missed = base::Instant::max();
  give_back(queue.account);
  forget_if_idle(queue);
}

void DeliveryTurns::give_back(const std::string& name) {
  ++free_;
  auto& account = accounts_.at(name);
  if (--account.holds == 0 && account.waiting.empty()) accounts_.erase(name);
}

void DeliveryTurns::forget_if_idle(const Queue& queue) {
  auto found = lines_.find(queue);
  const auto& line = found->second;
  bool idle = line.stage == Stage::asleep && line.wakes == base::Instant::max() && line.under_way.empty();
  if (!idle) return;
  asleep_.erase({line.wakes, queue});
  lines_.erase(found);
}

}  // namespace weir::server
