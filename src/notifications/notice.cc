#include "notifications/notice.h"

namespace weir::notifications {
namespace {

// `{`, a member on each line with " : " between, `}`: as AWS prints it.
class Lines {
 public:
  void add(std::string_view name, const base::Json& value) {
    text_ += text_.empty() ? "{\n  " : ",\n  ";
    text_ += base::Json(name).dump() + " : " + value.dump();
  }
  std::string take() { return std::move(text_) + "\n}"; }

 private:
  std::string text_;
};

base::Json attributes_json(const std::map<std::string, MessageAttribute>& attributes) {
  auto out = base::Json::object();
  for (const auto& [name, attribute] : attributes)
    out.set(name, base::Json::object().set("Type", attribute.type).set("Value", attribute.value));
  return out;
}

}  // namespace

std::string_view to_string(NoticeType type) {
  switch (type) {
    case NoticeType::notification: return "Notification";
    case NoticeType::subscription_confirmation: return "SubscriptionConfirmation";
    case NoticeType::unsubscribe_confirmation: return "UnsubscribeConfirmation";
  }
  return "";
}

std::string string_to_sign(const Notice& notice) {
  std::string out;
  auto add = [&](std::string_view name, std::string_view value) {
    out.append(name).append("\n").append(value) += '\n';
  };
  bool asks = notice.type != NoticeType::notification;
  add("Message", notice.message);
  add("MessageId", notice.message_id);
  if (notice.subject) add("Subject", *notice.subject);
  if (asks) add("SubscribeURL", notice.subscribe_url);
  add("Timestamp", base::to_iso8601_millis(notice.time));
  if (asks) add("Token", notice.token);
  add("TopicArn", notice.topic_arn);
  add("Type", to_string(notice.type));
  return out;
}

base::Result<std::string> signed_json(const Notice& notice, const Signer& signer, std::string_view signature_version,
                                      std::string_view certificate_url) {
  WEIR_TRY(auto signature, signer.sign(signature_version, string_to_sign(notice)));
  bool asks = notice.type != NoticeType::notification;
  Lines lines;
  lines.add("Type", to_string(notice.type));
  lines.add("MessageId", notice.message_id);
  if (asks) lines.add("Token", notice.token);
  lines.add("TopicArn", notice.topic_arn);
  if (notice.subject) lines.add("Subject", *notice.subject);
  lines.add("Message", notice.message);
  if (asks) lines.add("SubscribeURL", notice.subscribe_url);
  lines.add("Timestamp", base::to_iso8601_millis(notice.time));
  lines.add("SignatureVersion", signature_version);
  lines.add("Signature", signature);
  lines.add("SigningCertURL", certificate_url);
  if (!asks) lines.add("UnsubscribeURL", notice.unsubscribe_url);
  if (!notice.attributes.empty()) lines.add("MessageAttributes", attributes_json(notice.attributes));
  return lines.take();
}

}  // namespace weir::notifications
