// A message as it was published, and the rules it kept.
//
// Threads: values and pure functions.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/record.h"
#include "notifications/subscription.h"

namespace weir::notifications {

inline constexpr size_t kMessageBytesMax = 256 * 1024;  // text, subject and attributes together
inline constexpr size_t kSubjectCharactersMax = 99;

struct MessageAttribute {
  std::string type;   // String, String.Array, Number or Binary, perhaps with a label after a dot
  std::string value;  // of a Binary one: base64
};
WEIR_RECORD(MessageAttribute, FIELD("Type", &MessageAttribute::type), FIELD("Value", &MessageAttribute::value))

struct Message {
  std::string id;
  std::string topic_arn;
  std::optional<std::string> subject;
  std::string text;
  bool by_protocol = false;  // the text is a JSON object with one text for each protocol (MessageStructure)
  std::map<std::string, MessageAttribute> attributes;
  base::Instant published{};
};
WEIR_RECORD(Message, FIELD("Id", &Message::id), FIELD("TopicArn", &Message::topic_arn),
            FIELD("Subject", &Message::subject), FIELD("Text", &Message::text),
            FIELD("ByProtocol", &Message::by_protocol), FIELD("Attributes", &Message::attributes),
            FIELD("Published", &Message::published))

// Text and attributes together.
size_t size_of(const Message& message);

// Everything that AWS refuses in a message, in its words.
base::Status check_message(const Message& message);

// UTF-8 without line breaks and control characters, fewer than 100 characters.
bool is_subject(std::string_view subject);
// Any text made one: what may not be in it becomes a space, and what is too long ends in an ellipsis. For subjects
// that are put together from names, which must not keep a message from being sent.
std::string shortened_subject(std::string_view text);

// What a subscriber of that protocol reads.
std::string text_for(const Message& message, Protocol protocol);

}  // namespace weir::notifications
