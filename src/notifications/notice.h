// What a subscriber is sent: the JSON of SNS, signed. Field order, spacing and the text that is signed are AWS's, so
// that the verifiers of its SDKs and hand-written ones accept it.
//
// Threads: values and pure functions.
#pragma once
#include <map>
#include <optional>
#include <string>

#include "notifications/message.h"
#include "notifications/signer.h"
#include "notifications/topic.h"

namespace weir::notifications {

enum class NoticeType { notification, subscription_confirmation, unsubscribe_confirmation };
std::string_view to_string(NoticeType type);  // "Notification", ...

struct Notice {
  NoticeType type = NoticeType::notification;
  std::string message_id;
  std::string topic_arn;
  std::optional<std::string> subject;  // of a notification
  std::string message;
  std::string token, subscribe_url;  // of a confirmation
  std::string unsubscribe_url;       // of a notification
  std::map<std::string, MessageAttribute> attributes;
  base::Instant time{};
};

// Names and values in turn, each with a line end: of a notification Message, MessageId, Subject if there is one,
// Timestamp, TopicArn, Type; of a confirmation Message, MessageId, SubscribeURL, Timestamp, Token, TopicArn, Type.
std::string string_to_sign(const Notice& notice);

base::Result<std::string> signed_json(const Notice& notice, const Signer& signer, std::string_view signature_version,
                                      std::string_view certificate_url);

}  // namespace weir::notifications
