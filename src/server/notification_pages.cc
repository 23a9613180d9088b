#include "server/notification_pages.h"

#include "app/notifications/notice_texts.h"
#include "app/notifications/subscriptions.h"
#include "base/log.h"
#include "notifications/signer.h"
#include "server/page.h"
#include "wire/form.h"

namespace weir::server {
namespace {

net::Response refused(const base::Error& error) {
  using base::Kind;
  if (error.kind == Kind::internal || error.kind == Kind::unavailable) {
    base::log_error("page.failed", {{"reason", error.log}});
    return page(500, "This did not work", "Please try again later.");
  }
  if (error.kind == Kind::not_found) return page(404, "There is no such subscription", "It may have ended already.");
  if (error.kind == Kind::denied) return page(403, "This is not allowed", error.says);
  return page(400, "This link does not hold", "It may have expired, or a later one may have replaced it.");
}

class NotificationPage final : public net::Exchange {
 public:
  NotificationPage(app::Lake& lake, net::RequestHead head) : lake_(lake), head_(std::move(head)) {}

  uint64_t body_bytes_max() const override { return 64 * 1024; }
  base::Status body(std::string_view) override { return {}; }
  net::Place place() const override { return net::Place::worker; }

  net::Response answer() override {
    auto response = answer_page();
    response.head_only = head_.method == "HEAD";
    return response;
  }

 private:
  net::Response answer_page() {
    auto name = head_.path().substr(app::kNoticePages.size());
    bool get = head_.method == "GET", post = head_.method == "POST";
    if (name == "confirm" && get) return confirm();
    if (name == "unsubscribe" && get) return ask_to_unsubscribe();
    if (name == "unsubscribe" && post) return unsubscribe();
    if (lake_.signer && name == lake_.signer->certificate_name() && (get || head_.method == "HEAD"))
      return answer_with(200, "application/x-pem-file", lake_.signer->certificate());
    return page(404, "There is no such page", "");
  }

  base::Result<app::Call> call(std::string operation) const {
    WEIR_TRY(auto state, lake_.governance.current());
    app::Facts facts{.service = "sns",
                     .operation = std::move(operation),
                     .request_id = base::quick_uuid(),
                     .access_key_id = {},
                     .source_ip = head_.peer,
                     .user_agent = std::string(head_.headers.get("user-agent")),
                     .referer = {},
                     .host = std::string(head_.headers.get("host")),
                     .tls = head_.tls,
                     .now = lake_.clock.now()};
    return app::Call(lake_, std::move(state), std::make_shared<const identity::Principal>(identity::anonymous()),
                     std::move(facts));
  }

  base::Result<wire::Form> parameters() const {
    std::string_view pieces[] = {head_.query()};
    return wire::Form::parse(pieces);
  }

  static std::string value(const wire::Form& form, std::string_view name) {
    auto* found = form.find(name);
    return found ? *found : std::string();
  }

  net::Response confirm() const {
    auto done = confirm_now();
    if (!done) return refused(done.error());
    return page(200, "The subscription is confirmed", "Messages to " + *done + " come to this address from now on.");
  }

  base::Result<std::string> confirm_now() const {
    WEIR_TRY(auto form, parameters());
    WEIR_TRY(auto asked, call("ConfirmSubscription"));
    WEIR_TRY(auto confirmed, app::confirm_subscription(asked, {value(form, "TopicArn"), value(form, "Token")}));
    return confirmed.topic_name().arn();
  }

  net::Response ask_to_unsubscribe() const {
    auto form = parameters();
    if (!form) return refused(form.error());
    return page(200, "End this subscription?", value(*form, "SubscriptionArn"),
                "<form method=\"post\"><button type=\"submit\">Unsubscribe</button></form>");
  }

  net::Response unsubscribe() const {
    auto done = unsubscribe_now();
    if (!done.ok()) return refused(done.error());
    return page(200, "The subscription has ended", "No more messages of this topic come to this address.");
  }

  base::Status unsubscribe_now() const {
    WEIR_TRY(auto form, parameters());
    WEIR_TRY(auto asked, call("Unsubscribe"));
    return app::unsubscribe_by_link(asked, value(form, "SubscriptionArn"), value(form, "Token"));
  }

  app::Lake& lake_;
  net::RequestHead head_;
};

}  // namespace

bool is_notification_page(std::string_view path) { return path.starts_with(app::kNoticePages); }

std::unique_ptr<net::Exchange> open_notification_page(app::Lake& lake, net::RequestHead head) {
  return std::make_unique<NotificationPage>(lake, std::move(head));
}

}  // namespace weir::server
