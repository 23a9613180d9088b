// Topics and their subscriptions in one transaction of the store, and the tallies of both.
//
// Threads: as the transaction.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "notifications/subscription.h"
#include "notifications/topic.h"
#include "store/store.h"

namespace weir::notifications {

template <class T>
struct Page {
  std::vector<T> items;
  std::string next;  // empty: this was the last one
};

inline constexpr size_t kPageItems = 100;

class TopicRecords {
 public:
  explicit TopicRecords(store::Transaction& tx) : tx_(tx) {}

  base::Result<std::optional<Topic>> find(const TopicName& name);
  base::Status put(const Topic& topic);  // counted when it is new
  // With its subscriptions. What waits to be delivered is dropped when its turn comes.
  base::Status erase(const TopicName& name);
  // Kind::invalid "Invalid parameter: NextToken" for a token that no list returned.
  base::Result<Page<Topic>> list(std::string_view account, std::string_view token);

 private:
  store::Transaction& tx_;
};

class SubscriptionRecords {
 public:
  explicit SubscriptionRecords(store::Transaction& tx) : tx_(tx) {}

  base::Result<std::optional<Subscription>> find(const SubscriptionName& name);
  // That account's, of the same protocol and endpoint; also one that is deleted and could come back.
  base::Result<std::optional<Subscription>> find_endpoint(const TopicName& topic, Protocol protocol,
                                                          std::string_view endpoint, std::string_view owner);
  base::Result<std::optional<Subscription>> find_token(std::string_view token_hash);
  // Replaces `before` where there was one, or is counted: its token stops to count when it has another one now.
  base::Status put(const Subscription& now, const Subscription* before);
  base::Status erase(const Subscription& subscription);

  base::Result<std::vector<Subscription>> all(const TopicName& topic);  // deleted ones, too
  base::Result<Page<Subscription>> list(const TopicName& topic, std::string_view token);
  base::Result<Page<Subscription>> list_owned(std::string_view owner, std::string_view token);

 private:
  base::Result<std::optional<Subscription>> at(std::string_view key);
  base::Status count(const Subscription& subscription, int64_t by);
  store::Transaction& tx_;
};

}  // namespace weir::notifications
