// The attributes of a subscription, each with its rule.
//
// Threads: free functions.
#pragma once
#include <map>
#include <string>
#include <string_view>

#include "notifications/delivery_policy.h"
#include "notifications/subscription.h"

namespace weir::app {

// Kind::invalid for names that are none, values that break their rule, and what is not offered (RedrivePolicy, ...).
base::Status set_attribute(notifications::Subscription& subscription, const std::string& name,
                           const std::string& value);
// All of them together: a filter policy is read in the scope that comes with it.
base::Status set_attributes(notifications::Subscription& subscription,
                            const std::map<std::string, std::string>& attributes);
// As an account is shown them.
std::map<std::string, std::string> shown_attributes(const notifications::Subscription& subscription,
                                                    const notifications::DeliveryPolicy& effective,
                                                    std::string_view viewer);

}  // namespace weir::app
