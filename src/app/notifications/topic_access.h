// The topic every decision about notifications begins with: whose it is, and what its policy says.
//
// Threads: free functions; a Call belongs to one thread.
#pragma once
#include <string>
#include <string_view>

#include "app/call.h"
#include "notifications/topic_records.h"

namespace weir::app {

struct GuardedTopic {
  notifications::Topic topic;
  policy::NamedPolicy policy;

  // The IAM question about it.
  Ask ask(std::string_view action) const;
};

// Authorises `action` on the topic of that ARN, whether it exists or not: only who may learns that it does not.
// Kind::invalid for what is no ARN of a topic of this region, Kind::not_found "Topic does not exist".
base::Result<GuardedTopic> authorize_topic(Call& call, std::string_view action, const std::string& arn,
                                           policy::Context extra = {});
// The same by name.
base::Result<GuardedTopic> authorize_topic(Call& call, std::string_view action, const notifications::TopicName& name,
                                           policy::Context extra = {});

// Changes the topic as it is at that moment. Kind::not_found when it is gone.
base::Status change_topic(Call& call, const notifications::TopicName& name,
                          const std::function<base::Status(notifications::Topic&)>& change);

// The policy of a topic as decisions read it.
policy::NamedPolicy topic_policy(const notifications::Topic& topic);

base::Error no_such_topic();

}  // namespace weir::app
