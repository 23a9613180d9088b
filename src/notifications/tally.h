// How much of this service an account has, counted when it changes, so that nobody scans to find out.
//
// Invariants:
//  1. A count changes in the transaction that changes what is counted, and once for it.
//  2. No count is below zero; an account that has nothing has no record.
//
// Threads: a Tallies as its transaction.
#pragma once
#include <string>
#include <string_view>

#include "base/record.h"
#include "store/store.h"

namespace weir::notifications {

inline constexpr int64_t kTopicsMax = 100'000;          // of an account; as AWS
inline constexpr int64_t kSubscriptionsMax = 10'000;    // of a topic: what one Publish writes at once
inline constexpr int64_t kOwnedMax = 200'000;           // subscriptions of an account, wherever their topics are
inline constexpr int64_t kBacklogMax = 100'000;         // deliveries that wait for an account's receivers
inline constexpr int64_t kBacklogBytesMax = 1LL << 30;  // of what waits, counted for each receiver

struct Tally {
  int64_t topics = 0;
  int64_t subscriptions = 0;  // of an account: those it owns; of a topic: those it has
  int64_t waiting = 0;        // deliveries in the outbox
  int64_t waiting_bytes = 0;

  // Nothing more is taken until some of it is gone.
  bool is_backed_up() const { return waiting >= kBacklogMax || waiting_bytes >= kBacklogBytesMax; }
};
WEIR_RECORD(Tally, FIELD("Topics", &Tally::topics), FIELD("Subscriptions", &Tally::subscriptions),
            FIELD("Waiting", &Tally::waiting), FIELD("WaitingBytes", &Tally::waiting_bytes))

class Tallies {
 public:
  explicit Tallies(store::Transaction& tx) : tx_(tx) {}

  base::Result<Tally> of_account(std::string_view account);
  base::Result<Tally> of_topic(std::string_view account, std::string_view topic);
  // Kind::throttled about "backlog" while too much waits for the account's receivers.
  base::Status check_backlog(std::string_view account);
  // Adds what `by` says, which may be negative.
  base::Status count_account(std::string_view account, const Tally& by);
  base::Status count_topic(std::string_view account, std::string_view topic, const Tally& by);

 private:
  base::Result<Tally> at(const std::string& key);
  base::Status count(const std::string& key, const Tally& by);
  store::Transaction& tx_;
};

}  // namespace weir::notifications
