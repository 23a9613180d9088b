// The attributes of a topic, each with its rule: how it is set, and how it is shown.
//
// Threads: free functions.
#pragma once
#include <string>

#include "app/call.h"
#include "notifications/topic.h"

namespace weir::app {

// Kind::invalid for names that are none, values that break their rule, and what is not offered (KmsMasterKeyId,
// FifoTopic, logging of deliveries, ...). The policy's principals must exist.
base::Status set_attribute(const Call& call, notifications::Topic& topic, const std::string& name,
                           const std::string& value);
// A policy that is saved with the topic: the users and roles it names are those of now.
base::Status set_policy(const Call& call, notifications::Topic& topic, const std::string& text);
// The policy there is, with a statement more or less: whoever it named already stays who it was, so that a role that
// was deleted and made again is not let in by the way.
base::Status change_policy(const Call& call, notifications::Topic& topic, const std::string& text);
// The policy as readers see it.
std::string shown_policy(const Call& call, const notifications::Topic& topic);

}  // namespace weir::app
