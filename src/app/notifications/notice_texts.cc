#include "app/notifications/notice_texts.h"

#include "app/public_url.h"
#include "base/text.h"

namespace weir::app {

using notifications::Mail;
using notifications::Notice;
using notifications::NoticeType;
using notifications::Subscription;
using notifications::Topic;

namespace {

constexpr std::string_view kDefaultSubject = "AWS Notification Message";
constexpr std::string_view kConfirmationSubject = "AWS Notification - Subscription Confirmation";
constexpr std::string_view kFarewellSubject = "AWS Notification - Unsubscribe Confirmation";
constexpr std::string_view kDefaultFromName = "AWS Notifications";

std::string base_of(const Lake& lake) { return lake.public_url ? lake.public_url->get() : std::string(); }

const notifications::Signer& signer_of(const Lake& lake) {
  CHECK_TRUE(lake.signer != nullptr, "whoever delivers notices can sign them");
  return *lake.signer;
}

std::string confirming_query(const Subscription& subscription, const std::string& token) {
  return "?Action=ConfirmSubscription&TopicArn=" + base::uri_encode(subscription.topic_name().arn()) +
         "&Token=" + token;
}

std::string question_text(NoticeType type, const Subscription& subscription) {
  auto topic = subscription.topic_name().arn();
  if (type == NoticeType::subscription_confirmation)
    return "You have chosen to subscribe to the topic " + topic +
           ".\nTo confirm the subscription, visit the SubscribeURL included in this message.";
  return "You have chosen to deactivate subscription " + subscription.arn() +
         ".\nTo cancel this operation and restore the subscription, visit the SubscribeURL included in this message.";
}

std::string_view subject_of(const Notice& notice) {
  switch (notice.type) {
    case NoticeType::notification: return notice.subject ? std::string_view(*notice.subject) : kDefaultSubject;
    case NoticeType::subscription_confirmation: return kConfirmationSubject;
    case NoticeType::unsubscribe_confirmation: return kFarewellSubject;
  }
  return kDefaultSubject;
}

// What people read. The link leads to a page rather than to an answer for programs.
std::string mail_text(const Lake& lake, const Subscription& subscription, const Notice& notice) {
  auto link = base_of(lake) + std::string(kNoticePages) + "confirm" + confirming_query(subscription, notice.token);
  switch (notice.type) {
    case NoticeType::notification:
      return notice.message + "\n\n--\nThis came by the topic " + notice.topic_arn +
             ".\nTo stop such mails, visit this page:\n" + notice.unsubscribe_url + "\n";
    case NoticeType::subscription_confirmation:
      return "Somebody asked for this address to be subscribed to the topic\n" + notice.topic_arn +
             "\n\nTo confirm the subscription, visit the link below. If you do not know what this is about, there is "
             "nothing to do.\n" +
             link + "\n";
    case NoticeType::unsubscribe_confirmation:
      return "The subscription of this address to the topic\n" + notice.topic_arn +
             "\nhas ended. If that was a mistake, visit the link below to restore it.\n" + link + "\n";
  }
  return {};
}

}  // namespace

std::string unsubscribe_link(const Lake& lake, const Subscription& subscription) {
  auto arn = subscription.arn();
  return base_of(lake) + std::string(kNoticePages) +
         "unsubscribe?Action=Unsubscribe&SubscriptionArn=" + base::uri_encode(arn) +
         "&Token=" + signer_of(lake).link_token(arn);
}

Notice notification_of(const Lake& lake, const notifications::Message& message, const Subscription& subscription) {
  Notice notice;
  notice.message_id = message.id;
  notice.topic_arn = message.topic_arn;
  notice.subject = message.subject;
  notice.message = notifications::text_for(message, subscription.protocol);
  notice.attributes = message.attributes;
  notice.time = message.published;
  notice.unsubscribe_url = unsubscribe_link(lake, subscription);
  return notice;
}

Notice question_of(const Lake& lake, NoticeType type, const Subscription& subscription, const std::string& token,
                   const std::string& id, base::Instant time) {
  Notice notice;
  notice.type = type;
  notice.message_id = id;
  notice.topic_arn = subscription.topic_name().arn();
  notice.message = question_text(type, subscription);
  notice.token = token;
  notice.subscribe_url = base_of(lake) + "/" + confirming_query(subscription, token);
  notice.time = time;
  return notice;
}

base::Result<std::string> notice_json(const Lake& lake, const Topic& topic, const Notice& notice) {
  const auto& signer = signer_of(lake);
  auto certificate_url = base_of(lake) + std::string(kNoticePages) + signer.certificate_name();
  return notifications::signed_json(notice, signer, topic.signature_version, certificate_url);
}

base::Result<Mail> notice_mail(const Lake& lake, const Topic& topic, const Subscription& subscription,
                               const Notice& notice) {
  Mail mail;
  mail.to = subscription.endpoint;
  mail.subject = subject_of(notice);
  mail.from_name = topic.display_name.empty() ? std::string(kDefaultFromName) : topic.display_name;
  if (notice.type == NoticeType::notification) mail.unsubscribe_url = notice.unsubscribe_url;
  if (subscription.protocol == notifications::Protocol::email_json) {
    WEIR_TRY(mail.text, notice_json(lake, topic, notice));
  } else {
    mail.text = mail_text(lake, subscription, notice);
  }
  return mail;
}

}  // namespace weir::app
