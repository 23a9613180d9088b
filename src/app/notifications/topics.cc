#include "app/notifications/topics.h"

#include "app/notifications/topic_access.h"
#include "app/notifications/topic_attributes.h"
#include "base/text.h"
#include "notifications/delivery_policy.h"
#include "notifications/tally.h"

namespace weir::app {

using notifications::invalid_parameter;
using notifications::Topic;
using notifications::TopicName;
using notifications::TopicRecords;

namespace {

policy::Context request_tags(const identity::Tags& tags) {
  policy::Context context;
  std::vector<std::string> keys;
  for (const auto& tag : tags) {
    context.set("aws:requesttag/" + base::to_lower(tag.key), tag.value);
    keys.push_back(tag.key);
  }
  if (!keys.empty()) context.set_list("aws:tagkeys", keys);
  return context;
}

base::Status check_tags(const identity::Tags& tags) {
  auto checked = identity::check_tags(tags);
  if (checked.ok()) return {};
  if (checked.error().kind == base::Kind::limit_exceeded)
    return base::fail(base::Kind::limit_exceeded, checked.error().says, "tags");
  return invalid_parameter("Tags", checked.error().says);
}

base::Result<identity::Tags> tags_of(const Topic& topic) {
  identity::Tags tags;
  if (!topic.tags.is_null()) WEIR_CHECK_OK(base::from_json(topic.tags, tags));
  return tags;
}

// A topic that is made again must be asked for as it is.
base::Status check_same(const Call& call, const Topic& there, const TopicAttributes& attributes,
                        const identity::Tags& tags) {
  auto wanted = there;
  for (const auto& [name, value] : attributes) WEIR_CHECK_OK(set_attribute(call, wanted, name, value));
  if (base::to_json(wanted) != base::to_json(there))
    return invalid_parameter("Attributes", "Topic already exists with different attributes");
  WEIR_TRY(auto has, tags_of(there));
  if (!tags.empty() && identity::merged_tags(has, tags) != has)
    return invalid_parameter("Tags", "Topic already exists with different tags");
  return {};
}

Ask ask_of(std::string action, const TopicName& name, policy::Context extra = {}) {
  return {std::move(action), name.arn(), name.account, std::move(extra)};
}

base::Status create(store::Transaction& tx, const Topic& fresh) {
  WEIR_TRY(auto tally, notifications::Tallies(tx).of_account(fresh.account));
  if (tally.topics >= notifications::kTopicsMax)
    return base::fail(base::Kind::limit_exceeded, "Topic limit exceeded", "topics");
  return TopicRecords(tx).put(fresh);
}

struct Counts {
  int64_t pending = 0, confirmed = 0;
};

base::Result<Counts> count_subscriptions(const Call& call, const TopicName& name) {
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto all, notifications::SubscriptionRecords(*tx).all(name));
  Counts counts;
  for (const auto& subscription : all) {
    if (subscription.state == notifications::SubscriptionState::pending) ++counts.pending;
    if (subscription.state == notifications::SubscriptionState::confirmed) ++counts.confirmed;
  }
  return counts;
}

}  // namespace

base::Result<std::string> create_topic(Call& call, const std::string& name, const TopicAttributes& attributes,
                                       const identity::Tags& tags) {
  WEIR_CHECK_OK(notifications::check_topic_name(name));
  TopicName id{call.lake().region, call.caller().account(), name};
  call.about("name", name);
  WEIR_CHECK_OK(call.authorize(ask_of("sns:CreateTopic", id, request_tags(tags))));
  if (!tags.empty()) WEIR_CHECK_OK(call.authorize(ask_of("sns:TagResource", id, request_tags(tags))));
  WEIR_CHECK_OK(check_tags(tags));
  Topic fresh;
  fresh.region = id.region;
  fresh.account = id.account;
  fresh.name = name;
  fresh.created = call.now();
  for (const auto& [attribute, value] : attributes) WEIR_CHECK_OK(set_attribute(call, fresh, attribute, value));
  if (!tags.empty()) fresh.tags = base::to_json(tags);
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto there, TopicRecords(tx).find(id));
    return there ? check_same(call, *there, attributes, tags) : create(tx, fresh);
  }));
  return id.arn();
}

base::Status delete_topic(Call& call, const std::string& arn) {
  auto found = authorize_topic(call, "sns:DeleteTopic", arn);
  if (!found) return found.error().kind == base::Kind::not_found ? base::Status() : found.error();
  return store::write(call.lake().store,
                      [&](store::Transaction& tx) { return TopicRecords(tx).erase(found->topic.id()); });
}

base::Result<notifications::Page<Topic>> list_topics(Call& call, const std::string& token) {
  auto account = call.caller().account();
  WEIR_CHECK_OK(call.authorize(Ask{"sns:ListTopics", "arn:aws:sns:" + call.lake().region + ":" + account + ":*"}));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return TopicRecords(*tx).list(account, token);
}

base::Result<TopicAttributes> get_topic_attributes(Call& call, const std::string& arn) {
  WEIR_TRY(auto found, authorize_topic(call, "sns:GetTopicAttributes", arn));
  const auto& topic = found.topic;
  WEIR_TRY(auto counts, count_subscriptions(call, topic.id()));
  WEIR_TRY(auto delivery, notifications::topic_delivery_policy(topic.delivery_policy));
  TopicAttributes out{{"TopicArn", topic.arn()},
                      {"Owner", topic.account},
                      {"Policy", shown_policy(call, topic)},
                      {"DisplayName", topic.display_name},
                      {"SignatureVersion", topic.signature_version},
                      {"SubscriptionsPending", std::to_string(counts.pending)},
                      {"SubscriptionsConfirmed", std::to_string(counts.confirmed)},
                      {"SubscriptionsDeleted", std::to_string(topic.subscriptions_deleted)},
                      {"EffectiveDeliveryPolicy", notifications::effective_topic_policy(delivery)}};
  if (topic.delivery_policy) out["DeliveryPolicy"] = *topic.delivery_policy;
  return out;
}

base::Status set_topic_attribute(Call& call, const std::string& arn, const std::string& name,
                                 const std::string& value) {
  call.about("attributeName", name);
  WEIR_TRY(auto found, authorize_topic(call, "sns:SetTopicAttributes", arn));
  return change_topic(call, found.topic.id(), [&](Topic& topic) { return set_attribute(call, topic, name, value); });
}

base::Status tag_topic(Call& call, const std::string& arn, const identity::Tags& tags) {
  WEIR_TRY(auto found, authorize_topic(call, "sns:TagResource", arn, request_tags(tags)));
  WEIR_CHECK_OK(check_tags(tags));
  return change_topic(call, found.topic.id(), [&](Topic& topic) -> base::Status {
    WEIR_TRY(auto has, tags_of(topic));
    auto merged = identity::merged_tags(std::move(has), tags);
    WEIR_CHECK_OK(check_tags(merged));
    return topic.tags = base::to_json(merged), base::Status();
  });
}

base::Status untag_topic(Call& call, const std::string& arn, const std::vector<std::string>& keys) {
  policy::Context extra;
  extra.set_list("aws:tagkeys", keys);
  WEIR_TRY(auto found, authorize_topic(call, "sns:UntagResource", arn, std::move(extra)));
  return change_topic(call, found.topic.id(), [&](Topic& topic) -> base::Status {
    WEIR_TRY(auto has, tags_of(topic));
    return topic.tags = base::to_json(identity::without_tags(std::move(has), keys)), base::Status();
  });
}

base::Result<identity::Tags> list_topic_tags(Call& call, const std::string& arn) {
  WEIR_TRY(auto found, authorize_topic(call, "sns:ListTagsForResource", arn));
  return tags_of(found.topic);
}

}  // namespace weir::app
