#include "notifications/message.h"

#include <algorithm>

#include "base/text.h"

namespace weir::notifications {
namespace {

constexpr size_t kAttributeNameMax = 256;

bool is_line_or_control(std::string_view text) {
  // U+0085, U+2028 and U+2029 break lines, too; the C1 controls begin with 0xC2 0x80.
  if (base::has_control_characters(text)) return true;
  for (size_t i = 0; i + 1 < text.size(); ++i) {
    auto second = static_cast<unsigned char>(text[i + 1]);
    if (text[i] == '\xc2' && second >= 0x80 && second < 0xa0) return true;
    if (text.substr(i, 3) == "\xe2\x80\xa8" || text.substr(i, 3) == "\xe2\x80\xa9") return true;
  }
  return false;
}

bool is_attribute_name(std::string_view name) {
  if (name.empty() || name.size() > kAttributeNameMax || name.front() == '.' || name.back() == '.') return false;
  if (name.find("..") != std::string_view::npos) return false;
  if (base::starts_with_ignoring_case(name, "aws.") || base::starts_with_ignoring_case(name, "amazon.")) return false;
  return std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == '.';
  });
}

base::Error invalid_attribute(std::string says) { return base::invalid(std::move(says), "attribute value"); }

bool is_type(std::string_view type) {
  auto base = type.substr(0, type.find('.'));
  return type.size() <= kAttributeNameMax && (base == "String" || base == "Number" || base == "Binary") &&
         !base::has_control_characters(type);
}

bool is_array(std::string_view text) {
  auto json = base::parse_json(text);
  return json.ok() && json->as_array();
}

base::Status check_attribute(std::string_view name, const MessageAttribute& attribute) {
  if (!is_attribute_name(name)) return invalid_attribute("Invalid message attribute name '" + std::string(name) + "'.");
  auto quoted = "The message attribute '" + std::string(name) + "'";
  if (!is_type(attribute.type))
    return invalid_attribute(quoted +
                             " has an invalid message attribute type, the set of supported type prefixes is "
                             "Binary, Number, and String.");
  if (attribute.value.empty())
    return invalid_attribute(quoted + " must contain non-empty message attribute value for message attribute type '" +
                             attribute.type + "'.");
  if (attribute.type == "Number" && !base::parse_double(attribute.value).ok())
    return invalid_attribute("Could not cast message attribute '" + std::string(name) + "' value to number.");
  if (attribute.type == "String.Array" && !is_array(attribute.value))
    return invalid_attribute(quoted + " must be a JSON array for message attribute type 'String.Array'.");
  return {};
}

// The texts of a message that has one for each protocol.
base::Status check_by_protocol(std::string_view text) {
  auto json = base::parse_json(text);
  if (!json || !json->as_object()) return invalid_parameter("Message Structure - JSON message body failed to parse");
  auto* otherwise = json->find("default");
  if (!otherwise || !otherwise->as_string())
    return invalid_parameter("Message Structure - No default entry in JSON message body");
  return {};
}

}  // namespace

bool is_subject(std::string_view subject) {
  return !subject.empty() && base::is_valid_utf8(subject) && !is_line_or_control(subject) &&
         base::utf8_length(subject) <= kSubjectCharactersMax;
}

std::string shortened_subject(std::string_view text) {
  constexpr std::string_view kEllipsis = "\xe2\x80\xa6";
  std::string out;
  size_t length = 0;
  for (size_t i = 0; i < text.size();) {
    auto lead = static_cast<unsigned char>(text[i]);
    size_t n = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    auto character = text.substr(i, n);
    i += n;
    if (length++ == kSubjectCharactersMax - 1 && i < text.size()) return out.append(kEllipsis);
    bool fit = base::is_valid_utf8(character) && !is_line_or_control(character);
    out += fit ? character : std::string_view(" ");
  }
  return out;
}

size_t size_of(const Message& message) {
  auto size = message.text.size();
  for (const auto& [name, attribute] : message.attributes)
    size += name.size() + attribute.type.size() + attribute.value.size();
  return size;
}

base::Status check_message(const Message& message) {
  if (message.text.empty()) return invalid_parameter("Empty message");
  if (!base::is_valid_utf8(message.text)) return invalid_parameter("Message", "not UTF-8");
  if (size_of(message) > kMessageBytesMax) return invalid_parameter("Message too long");
  if (message.subject && !is_subject(*message.subject)) return invalid_parameter("Subject");
  for (const auto& [name, attribute] : message.attributes) WEIR_CHECK_OK(check_attribute(name, attribute));
  return message.by_protocol ? check_by_protocol(message.text) : base::Status();
}

std::string text_for(const Message& message, Protocol protocol) {
  if (!message.by_protocol) return message.text;
  auto texts = base::parse_json(message.text);
  CHECK_TRUE(texts.ok(), "a message with a text for each protocol was read when it was published");
  return texts->text(to_string(protocol), texts->text("default"));
}

}  // namespace weir::notifications
