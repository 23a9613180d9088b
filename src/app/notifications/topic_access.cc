#include "app/notifications/topic_access.h"

namespace weir::app {

using notifications::Topic;
using notifications::TopicName;

namespace {

base::Result<std::optional<Topic>> read_topic(const Call& call, const TopicName& name) {
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return notifications::TopicRecords(*tx).find(name);
}

// The way out of a policy that locks everyone out.
bool is_owners_root(const Call& call, const TopicName& name) {
  return call.caller().account() == name.account && call.caller().kind() == policy::PrincipalKind::root;
}

}  // namespace

base::Error no_such_topic() { return base::not_found("Topic does not exist", "topic"); }

policy::NamedPolicy topic_policy(const Topic& topic) {
  policy::Bindings bindings(topic.bindings.begin(), topic.bindings.end());
  auto text = topic.policy ? *topic.policy : notifications::default_topic_policy(topic.id());
  return {"policy of the topic " + topic.name,
          policy::with_bindings(policy::load_policy(text, policy::PolicyKind::resource), bindings)};
}

Ask GuardedTopic::ask(std::string_view action) const {
  return {std::string(action), topic.arn(), topic.account, {}, &policy};
}

base::Result<GuardedTopic> authorize_topic(Call& call, std::string_view action, const TopicName& name,
                                           policy::Context extra) {
  call.about("topicArn", name.arn());
  if (name.region != call.lake().region) return notifications::invalid_parameter("TopicArn");
  WEIR_TRY(auto found, read_topic(call, name));
  GuardedTopic guarded{found.value_or(Topic{}), {}};
  if (found) guarded.policy = topic_policy(*found);
  bool counts = found && !is_owners_root(call, name);
  WEIR_CHECK_OK(call.authorize(
      Ask{std::string(action), name.arn(), name.account, std::move(extra), counts ? &guarded.policy : nullptr}));
  if (!found) return no_such_topic();
  return guarded;
}

base::Result<GuardedTopic> authorize_topic(Call& call, std::string_view action, const std::string& arn,
                                           policy::Context extra) {
  WEIR_TRY(auto name, notifications::parse_topic_arn(arn));
  return authorize_topic(call, action, name, std::move(extra));
}

base::Status change_topic(Call& call, const TopicName& name, const std::function<base::Status(Topic&)>& change) {
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    notifications::TopicRecords records(tx);
    WEIR_TRY(auto topic, records.find(name));
    if (!topic) return no_such_topic();
    WEIR_CHECK_OK(change(*topic));
    return records.put(*topic);
  });
}

}  // namespace weir::app
