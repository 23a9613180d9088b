// Publishing: a message is accepted when it and every delivery that it needs are durable. Nobody waits for a mail
// server or an endpoint. Kind::throttled about "backlog" while too much waits for the account of the topic.
//
// Threads: free functions; a Call belongs to one thread.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/call.h"
#include "notifications/message.h"
#include "notifications/subscription.h"

namespace weir::app {

struct Publication {
  std::string text;
  std::optional<std::string> subject;
  std::optional<std::string> structure;  // "json": the text has one text for each protocol
  std::map<std::string, notifications::MessageAttribute> attributes;
};

// The message's id.
// `extra`: what is known of the request besides, for a service that publishes (aws:SourceArn).
base::Result<std::string> publish(Call& call, const std::string& topic_arn, const Publication& publication,
                                  policy::Context extra = {});

// For each, its id or why it was refused. Kind::invalid about "batch" when they are too long together.
using Published = std::vector<base::Result<std::string>>;
base::Result<Published> publish_batch(Call& call, const std::string& topic_arn,
                                      const std::vector<Publication>& publications);

// For texts that subscribers do not all get alike: who would be sent this message, and sending it to some of them.
base::Result<std::vector<notifications::Subscription>> who_wants(store::Transaction& tx,
                                                                 const notifications::TopicName& topic,
                                                                 const notifications::Message& message);
base::Status enqueue_message(Lake& lake, store::Transaction& tx, const notifications::Message& message,
                             const std::vector<notifications::Subscription>& to);

}  // namespace weir::app
