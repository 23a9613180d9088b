// Subscriptions: asking for them, confirming, looking, ending.
//
// Threads: free functions; a Call belongs to one thread.
#pragma once
#include <map>
#include <string>

#include "app/call.h"
#include "notifications/topic_records.h"

namespace weir::app {

using SubscriptionAttributes = std::map<std::string, std::string>;

struct NewSubscription {
  std::string topic_arn;
  std::string protocol;
  std::string endpoint;
  SubscriptionAttributes attributes;
};
// An account has one subscription for a protocol and endpoint: it is answered again, and one that was not confirmed is
// asked about once more. Another account that names the same endpoint has a subscription of its own, which its endpoint
// confirms or does not. Kind::limit_exceeded about "subscriptions", Kind::throttled about "backlog".
base::Result<notifications::Subscription> subscribe(Call& call, const NewSubscription& wanted);

struct Confirmation {
  std::string topic_arn;
  std::string token;
  bool authenticate_on_unsubscribe = false;  // needs a caller
};
// Whoever has the token may: it came to the endpoint and nowhere else. A caller who signs must be allowed
// sns:ConfirmSubscription by its own policies, too.
base::Result<notifications::Subscription> confirm_subscription(Call& call, const Confirmation& confirmation);

// By the owner of the subscription or of the topic.
base::Status unsubscribe(Call& call, const std::string& arn);
// By whoever was sent a link to do so (Signer::link_token).
base::Status unsubscribe_by_link(Call& call, const std::string& arn, const std::string& link_token);

base::Result<notifications::Page<notifications::Subscription>> list_subscriptions(Call& call, const std::string& token);
base::Result<notifications::Page<notifications::Subscription>> list_subscriptions_by_topic(Call& call,
                                                                                           const std::string& arn,
                                                                                           const std::string& token);
base::Result<SubscriptionAttributes> get_subscription_attributes(Call& call, const std::string& arn);
base::Status set_subscription_attribute(Call& call, const std::string& arn, const std::string& name,
                                        const std::string& value);

}  // namespace weir::app
