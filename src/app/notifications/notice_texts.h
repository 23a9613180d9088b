// What subscribers read: notices as JSON for programs, and as mail for people; and the links in them.
//
// Threads: free functions.
#pragma once
#include <string>

#include "app/lake.h"
#include "notifications/mail.h"
#include "notifications/message.h"
#include "notifications/notice.h"

namespace weir::app {

// Pages of this server (server/notification_pages.h).
inline constexpr std::string_view kNoticePages = "/-/sns/";

// A notification, or the question whether a subscription is wanted (again).
notifications::Notice notification_of(const Lake& lake, const notifications::Message& message,
                                      const notifications::Subscription& subscription);
notifications::Notice question_of(const Lake& lake, notifications::NoticeType type,
                                  const notifications::Subscription& subscription, const std::string& token,
                                  const std::string& id, base::Instant time);

base::Result<std::string> notice_json(const Lake& lake, const notifications::Topic& topic,
                                      const notifications::Notice& notice);
// For the protocols email and email-json.
base::Result<notifications::Mail> notice_mail(const Lake& lake, const notifications::Topic& topic,
                                              const notifications::Subscription& subscription,
                                              const notifications::Notice& notice);

// Where a subscription ends with a click and a POST.
std::string unsubscribe_link(const Lake& lake, const notifications::Subscription& subscription);

}  // namespace weir::app
