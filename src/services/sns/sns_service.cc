#include "services/sns/sns_service.h"

#include "services/sns/errors.h"
#include "services/sns/publish_operations.h"
#include "services/sns/subscription_operations.h"
#include "services/sns/topic_operations.h"

namespace weir::services {

const Service& sns_service() {
  namespace op = wire::sns::op;
  using namespace sns;
  static const Route routes[] = {
      write<op::CreateTopic, create_topic>(),
      write<op::DeleteTopic, delete_topic>(),
      read<op::ListTopics, list_topics>(),
      write<op::GetTopicAttributes, get_topic_attributes>(),  // counts the subscriptions
      write<op::SetTopicAttributes, set_topic_attributes>(),
      write<op::AddPermission, add_permission>(),
      write<op::RemovePermission, remove_permission>(),
      write<op::TagResource, tag_resource>(),
      write<op::UntagResource, untag_resource>(),
      read<op::ListTagsForResource, list_tags>(),

      write<op::Subscribe, subscribe>(),
      sign_in<op::ConfirmSubscription, confirm_subscription>(),  // its token is the credential
      write<op::Unsubscribe, unsubscribe>(),
      read<op::ListSubscriptions, list_subscriptions>(),
      read<op::ListSubscriptionsByTopic, list_subscriptions_by_topic>(),
      read<op::GetSubscriptionAttributes, get_subscription_attributes>(),
      write<op::SetSubscriptionAttributes, set_subscription_attributes>(),

      write<op::Publish, publish>(),
      write<op::PublishBatch, publish_batch>(),
  };
  static const Service service{&wire::sns::model(), routes, &sns_error};
  return service;
}

}  // namespace weir::services
