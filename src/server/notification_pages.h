// What the links in mails and messages lead to, below /-/sns/:
//
//   confirm?TopicArn=...&Token=...                 confirms a subscription and says so
//   unsubscribe?SubscriptionArn=...&Token=...      asks; the POST of its button (or of a mail program, RFC 8058) ends it
//   SimpleNotificationService-....pem              the certificate that messages are signed with
//
// Invariants:
//  1. Nothing ends by a GET: programs that look into mails follow links, too. Nothing at all happens by a HEAD.
//  2. Whatever came with the request is shown as text.
//
// Threads: any.
#pragma once
#include <memory>

#include "app/lake.h"
#include "net/http.h"

namespace weir::server {

bool is_notification_page(std::string_view path);
std::unique_ptr<net::Exchange> open_notification_page(app::Lake& lake, net::RequestHead head);

}  // namespace weir::server
