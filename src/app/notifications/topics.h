// Topics: making them, what is decided about them, who may use them.
//
// Threads: free functions; a Call belongs to one thread.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "app/call.h"
#include "identity/tag.h"
#include "notifications/topic_records.h"

namespace weir::app {

using TopicAttributes = std::map<std::string, std::string>;

// The ARN. The same again when the topic is there already with these attributes and tags; Kind::invalid otherwise.
base::Result<std::string> create_topic(Call& call, const std::string& name, const TopicAttributes& attributes,
                                       const identity::Tags& tags);
// Nothing when there is no such topic.
base::Status delete_topic(Call& call, const std::string& arn);
// Those of the caller's account.
base::Result<notifications::Page<notifications::Topic>> list_topics(Call& call, const std::string& token);
base::Result<TopicAttributes> get_topic_attributes(Call& call, const std::string& arn);
base::Status set_topic_attribute(Call& call, const std::string& arn, const std::string& name, const std::string& value);

// A statement of the topic's policy: `accounts` may take `actions` (Publish, Subscribe, ...).
base::Status add_topic_permission(Call& call, const std::string& arn, const std::string& label,
                                  const std::vector<std::string>& accounts, const std::vector<std::string>& actions);
base::Status remove_topic_permission(Call& call, const std::string& arn, const std::string& label);

base::Status tag_topic(Call& call, const std::string& arn, const identity::Tags& tags);
base::Status untag_topic(Call& call, const std::string& arn, const std::vector<std::string>& keys);
base::Result<identity::Tags> list_topic_tags(Call& call, const std::string& arn);

}  // namespace weir::app
