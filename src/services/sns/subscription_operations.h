// SNS's operations on subscriptions.
#pragma once
#include "app/call.h"
#include "wire/sns_operations.h"

namespace weir::services::sns {

namespace w = wire::sns;

base::Result<w::SubscribeResponse> subscribe(app::Call& call, const w::SubscribeInput& in);
base::Result<w::ConfirmSubscriptionResponse> confirm_subscription(app::Call& call,
                                                                  const w::ConfirmSubscriptionInput& in);
base::Result<wire::Nothing> unsubscribe(app::Call& call, const w::UnsubscribeInput& in);
base::Result<w::ListSubscriptionsResponse> list_subscriptions(app::Call& call, const w::ListSubscriptionsInput& in);
base::Result<w::ListSubscriptionsByTopicResponse> list_subscriptions_by_topic(
    app::Call& call, const w::ListSubscriptionsByTopicInput& in);
base::Result<w::GetSubscriptionAttributesResponse> get_subscription_attributes(
    app::Call& call, const w::GetSubscriptionAttributesInput& in);
base::Result<wire::Nothing> set_subscription_attributes(app::Call& call, const w::SetSubscriptionAttributesInput& in);

}  // namespace weir::services::sns
