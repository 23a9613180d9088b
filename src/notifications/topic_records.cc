#include "notifications/topic_records.h"

#include "base/text.h"
#include "notifications/keys.h"
#include "notifications/tally.h"
#include "store/key.h"
#include "store/record_access.h"

namespace weir::notifications {
namespace {

constexpr size_t kScanPage = 1024;

// A token is the key of the last item told, below its list's prefix.
base::Result<store::Range> range_after(const std::string& prefix, std::string_view token) {
  auto range = store::prefix_range(prefix);
  if (token.empty()) return range;
  auto rest = base::unbase64url(token);
  if (!rest.ok() || !store::split_key(*rest).ok()) return invalid_parameter("NextToken");
  range.first = prefix + *rest + '\0';
  return range;
}

std::string token_of(const std::string& prefix, const std::string& key) {
  return base::base64url(std::string_view(key).substr(prefix.size()));
}

// Entries of a list from `token` on until a page is full. `take` says whether an entry counted.
template <class Take>
base::Result<std::string> fill_page(store::Transaction& tx, const std::string& prefix, std::string_view token,
                                    const Take& take) {
  WEIR_TRY(auto range, range_after(prefix, token));
  std::string last;
  for (size_t taken = 0;;) {
    WEIR_TRY(auto entries, tx.scan(range, kPageItems + 1));
    for (const auto& entry : entries) {
      if (taken == kPageItems) return token_of(prefix, last);
      WEIR_TRY(bool counted, take(entry));
      taken += counted ? 1 : 0;
      last = entry.key;
    }
    if (entries.size() <= kPageItems) return std::string();
    range.first = last + '\0';
  }
}

}  // namespace

base::Result<std::optional<Topic>> TopicRecords::find(const TopicName& name) {
  return store::load<Topic>(tx_, keys::topic(name.account, name.name));
}

base::Status TopicRecords::put(const Topic& topic) {
  auto key = keys::topic(topic.account, topic.name);
  WEIR_TRY(auto there, tx_.get(key));
  if (!there) WEIR_CHECK_OK(Tallies(tx_).count_account(topic.account, {.topics = 1}));
  return tx_.put(key, base::encode_record(topic));
}

base::Status TopicRecords::erase(const TopicName& name) {
  SubscriptionRecords subscriptions(tx_);
  WEIR_TRY(auto all, subscriptions.all(name));
  for (const auto& subscription : all) WEIR_CHECK_OK(subscriptions.erase(subscription));
  auto key = keys::topic(name.account, name.name);
  WEIR_TRY(auto there, tx_.get(key));
  if (there) WEIR_CHECK_OK(Tallies(tx_).count_account(name.account, {.topics = -1}));
  return tx_.erase(key);
}

base::Result<Page<Topic>> TopicRecords::list(std::string_view account, std::string_view token) {
  Page<Topic> page;
  auto take = [&](const store::Entry& entry) -> base::Result<bool> {
    WEIR_TRY(auto topic, base::decode_record<Topic>(entry.value));
    page.items.push_back(std::move(topic));
    return true;
  };
  WEIR_TRY(page.next, fill_page(tx_, keys::topics(account), token, take));
  return page;
}

base::Result<std::optional<Subscription>> SubscriptionRecords::at(std::string_view key) {
  return store::load<Subscription>(tx_, key);
}

base::Result<std::optional<Subscription>> SubscriptionRecords::find(const SubscriptionName& name) {
  return at(keys::subscription(name.topic.account, name.topic.name, name.id));
}

base::Result<std::optional<Subscription>> SubscriptionRecords::find_endpoint(const TopicName& topic, Protocol protocol,
                                                                             std::string_view endpoint,
                                                                             std::string_view owner) {
  WEIR_TRY(auto id, tx_.get(keys::endpoint(topic.account, topic.name, to_string(protocol), endpoint, owner)));
  if (!id) return std::optional<Subscription>();
  return find({topic, *id});
}

base::Result<std::optional<Subscription>> SubscriptionRecords::find_token(std::string_view token_hash) {
  WEIR_TRY(auto key, tx_.get(keys::token(token_hash)));
  if (!key) return std::optional<Subscription>();
  return at(*key);
}

base::Status SubscriptionRecords::put(const Subscription& now, const Subscription* before) {
  auto key = keys::subscription(now.account, now.topic, now.id);
  if (!before) WEIR_CHECK_OK(count(now, 1));
  if (before && before->token_hash != now.token_hash && !before->token_hash.empty())
    WEIR_CHECK_OK(tx_.erase(keys::token(before->token_hash)));
  if (!now.token_hash.empty()) WEIR_CHECK_OK(tx_.put(keys::token(now.token_hash), key));
  WEIR_CHECK_OK(
      tx_.put(keys::endpoint(now.account, now.topic, to_string(now.protocol), now.endpoint, now.owner), now.id));
  WEIR_CHECK_OK(tx_.put(keys::owned(now.owner, now.account, now.topic, now.id), ""));
  return tx_.put(key, base::encode_record(now));
}

base::Status SubscriptionRecords::count(const Subscription& subscription, int64_t by) {
  Tallies tallies(tx_);
  WEIR_CHECK_OK(tallies.count_account(subscription.owner, {.subscriptions = by}));
  return tallies.count_topic(subscription.account, subscription.topic, {.subscriptions = by});
}

base::Status SubscriptionRecords::erase(const Subscription& gone) {
  WEIR_CHECK_OK(count(gone, -1));
  if (!gone.token_hash.empty()) WEIR_CHECK_OK(tx_.erase(keys::token(gone.token_hash)));
  WEIR_CHECK_OK(
      tx_.erase(keys::endpoint(gone.account, gone.topic, to_string(gone.protocol), gone.endpoint, gone.owner)));
  WEIR_CHECK_OK(tx_.erase(keys::owned(gone.owner, gone.account, gone.topic, gone.id)));
  return tx_.erase(keys::subscription(gone.account, gone.topic, gone.id));
}

base::Result<std::vector<Subscription>> SubscriptionRecords::all(const TopicName& topic) {
  std::vector<Subscription> out;
  for (auto range = store::prefix_range(keys::subscriptions(topic.account, topic.name));;) {
    WEIR_TRY(auto entries, tx_.scan(range, kScanPage));
    for (const auto& entry : entries) {
      WEIR_TRY(auto subscription, base::decode_record<Subscription>(entry.value));
      out.push_back(std::move(subscription));
    }
    if (entries.size() < kScanPage) return out;
    range.first = entries.back().key + '\0';
  }
}

base::Result<Page<Subscription>> SubscriptionRecords::list(const TopicName& topic, std::string_view token) {
  Page<Subscription> page;
  auto take = [&](const store::Entry& entry) -> base::Result<bool> {
    WEIR_TRY(auto subscription, base::decode_record<Subscription>(entry.value));
    if (subscription.state == SubscriptionState::deleted) return false;
    page.items.push_back(std::move(subscription));
    return true;
  };
  WEIR_TRY(page.next, fill_page(tx_, keys::subscriptions(topic.account, topic.name), token, take));
  return page;
}

base::Result<Page<Subscription>> SubscriptionRecords::list_owned(std::string_view owner, std::string_view token) {
  Page<Subscription> page;
  auto take = [&](const store::Entry& entry) -> base::Result<bool> {
    WEIR_TRY(auto parts, store::split_key(entry.key));
    CHECK_TRUE(parts.size() == 6, "an index of subscriptions names owner, account, topic and id");
    WEIR_TRY(auto subscription, at(keys::subscription(parts[3], parts[4], parts[5])));
    if (!subscription || subscription->state == SubscriptionState::deleted) return false;
    page.items.push_back(std::move(*subscription));
    return true;
  };
  WEIR_TRY(page.next, fill_page(tx_, keys::owned(owner), token, take));
  return page;
}

}  // namespace weir::notifications
