#include "app/approvals/approval_notices.h"

#include <algorithm>

#include "app/approvals/approval_links.h"
#include "app/approvals/approval_people.h"
#include "app/notifications/channels.h"
#include "app/notifications/notice_texts.h"
#include "app/notifications/outgoing_mail.h"
#include "app/notifications/publish.h"
#include "app/notifications/unconfirmed_mail.h"
#include "approvals/tally.h"
#include "base/log.h"
#include "notifications/mail_address.h"
#include "notifications/topic_records.h"

namespace weir::app {

using approvals::Approval;
using notifications::Subscription;

namespace {

// One round of telling everybody.
class Round {
 public:
  Round(Lake& lake, store::Transaction& tx, const Approval& approval, ApprovalOccasion occasion)
      : lake_(lake), tx_(tx), approval_(approval), occasion_(occasion) {}

  base::Status run() {
    WEIR_TRY(decisions_, approvals::ApprovalRecords(tx_).decisions(approval_));
    for (const auto& approver : approval_.approvers) {
      if (notifications::is_mail_address(approver)) WEIR_CHECK_OK(mail(approver, {}));
      if (!approvals::channel_named(approver).empty()) WEIR_CHECK_OK(channel(approver));
      auto topic = notifications::parse_topic_arn(approver);
      if (topic.ok()) WEIR_CHECK_OK(this->topic(*topic));
    }
    return {};
  }

 private:
  bool has_decided(const Person& person) const {
    return std::ranges::any_of(decisions_, [&](const auto& decision) {
      return decision.verdict != approvals::Verdict::abstain &&
             approvals::is_same_person(decision.person, person.names);
    });
  }

  // Whom no link is sent to.
  base::Result<bool> is_passed_over(const std::string& recipient) {
    auto person = person_behind(recipient);
    auto name = approvals::person_name(recipient);
    bool again = std::ranges::find(told_, name) != told_.end();
    told_.push_back(std::move(name));
    WEIR_TRY(auto state, lake_.governance.current());
    return again || has_decided(person) || is_excluded(state->directory, person, approval_);
  }

  base::Result<ApprovalUrls> urls_for(const std::string& recipient) {
    WEIR_TRY(auto token, issue_link(lake_, tx_, approval_, recipient));
    return ApprovalUrls{link_url(lake_, "approve", token), link_url(lake_, "deny", token)};
  }

  base::Status mail(const std::string& address, const std::optional<Subscription>& subscription) {
    WEIR_TRY(bool passed_over, is_passed_over(address));
    if (passed_over) return {};
    if (!subscription) {
      WEIR_TRY(bool may, may_mail_unconfirmed(lake_, tx_, approval_.account, approval_.id));
      if (!may) return {};
    }
    WEIR_TRY(auto urls, urls_for(address));
    auto mail = approval_mail(approval_, occasion_, urls, address);
    if (subscription) mail.unsubscribe_url = unsubscribe_link(lake_, *subscription);
    return enqueue_mail(lake_, tx_, mail, approval_.account);
  }

  notifications::Message message(const notifications::TopicName& topic) const {
    notifications::Message message;
    message.id = base::uuid(lake_.randomness);
    message.topic_arn = topic.arn();
    message.subject = notifications::shortened_subject(approval_title(approval_, occasion_));
    message.text = approval_text(approval_, occasion_, {});
    message.published = lake_.clock.now();
    return message;
  }

  base::Status topic(const notifications::TopicName& topic) {
    auto message = this->message(topic);
    WEIR_TRY(auto wanting, who_wants(tx_, topic, message));
    std::vector<Subscription> others;
    for (auto& subscription : wanting) {
      if (subscription.protocol == notifications::Protocol::email) {
        WEIR_CHECK_OK(mail(subscription.endpoint, subscription));
      } else {
        others.push_back(std::move(subscription));
      }
    }
    return enqueue_message(lake_, tx_, message, others);
  }

  ChannelMessage channel_message(const ApprovalUrls& urls) const {
    ChannelMessage out;
    out.event_type = occasion_ == ApprovalOccasion::reminder ? "request.reminder" : "request.step_started";
    out.title = approval_title(approval_, occasion_);
    for (const auto& fact : approval_lines(approval_)) out.facts.push_back({fact.label, fact.value});
    out.facts.push_back({"Decide until", base::to_iso8601(approval_.expires_at)});
    out.buttons = {{"Approve", urls.approve}, {"Deny", urls.deny}};
    out.detail = base::Json::object()
                     .set("subject", approval_.id)
                     .set("approval", approval_.id)
                     .set("request", approval_.request_id);
    return out;
  }

  base::Status channel(const std::string& approver) {
    WEIR_TRY(bool passed_over, is_passed_over(approver));
    if (passed_over) return {};
    WEIR_TRY(auto urls, urls_for(approver));
    auto sent =
        enqueue_to_channel(lake_, tx_, approval_.account, approvals::channel_named(approver), channel_message(urls));
    bool gone = !sent.ok() && sent.error().kind == base::Kind::not_found;
    if (gone) base::log_warn("approval.channel_gone", {{"approval", approval_.id}, {"channel", approver}});
    return gone ? base::Status() : sent;
  }

  Lake& lake_;
  store::Transaction& tx_;
  const Approval& approval_;
  const ApprovalOccasion occasion_;
  std::vector<approvals::Decision> decisions_;
  std::vector<std::string> told_;
};

}  // namespace

std::vector<std::string> channels_among(const std::vector<std::string>& approvers) {
  std::vector<std::string> out;
  for (const auto& approver : approvers)
    if (auto name = approvals::channel_named(approver); !name.empty()) out.push_back(std::move(name));
  return out;
}

base::Status notify_approvers(Lake& lake, store::Transaction& tx, const Approval& approval, ApprovalOccasion occasion) {
  return Round(lake, tx, approval, occasion).run();
}

}  // namespace weir::app
