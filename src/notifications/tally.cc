#include "notifications/tally.h"

#include <algorithm>

#include "notifications/keys.h"
#include "store/record_access.h"

namespace weir::notifications {
namespace {

Tally sum(const Tally& a, const Tally& b) {
  return {std::max<int64_t>(a.topics + b.topics, 0), std::max<int64_t>(a.subscriptions + b.subscriptions, 0),
          std::max<int64_t>(a.waiting + b.waiting, 0), std::max<int64_t>(a.waiting_bytes + b.waiting_bytes, 0)};
}

bool is_nothing(const Tally& tally) {
  return tally.topics == 0 && tally.subscriptions == 0 && tally.waiting == 0 && tally.waiting_bytes == 0;
}

}  // namespace

base::Result<Tally> Tallies::of_account(std::string_view account) { return at(keys::tally(account)); }

base::Result<Tally> Tallies::of_topic(std::string_view account, std::string_view topic) {
  return at(keys::tally(account, topic));
}

base::Status Tallies::check_backlog(std::string_view account) {
  WEIR_TRY(auto tally, of_account(account));
  if (!tally.is_backed_up()) return {};
  return base::fail(base::Kind::throttled, "Rate exceeded: too much of this account's waits to be delivered.",
                    "backlog");
}

base::Status Tallies::count_account(std::string_view account, const Tally& by) {
  return count(keys::tally(account), by);
}

base::Status Tallies::count_topic(std::string_view account, std::string_view topic, const Tally& by) {
  return count(keys::tally(account, topic), by);
}

base::Result<Tally> Tallies::at(const std::string& key) {
  WEIR_TRY(auto found, store::load<Tally>(tx_, key));
  return found.value_or(Tally{});
}

base::Status Tallies::count(const std::string& key, const Tally& by) {
  WEIR_TRY(auto before, at(key));
  auto now = sum(before, by);
  return is_nothing(now) ? tx_.erase(key) : store::save(tx_, key, now);
}

}  // namespace weir::notifications
