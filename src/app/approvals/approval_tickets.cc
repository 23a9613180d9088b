#include "app/approvals/approval_tickets.h"

#include "app/approvals/approval_decisions.h"
#include "app/notifications/channels.h"
#include "approvals/approval_records.h"
#include "base/hash.h"
#include "base/text.h"
#include "events/keys.h"
#include "notifications/webhook_signature.h"

namespace weir::app {
namespace {

constexpr int64_t kSkewSeconds = 300;

base::Error malformed(std::string says) { return base::invalid(std::move(says), "ticket"); }
base::Error unproved() { return base::denied("This does not prove that a channel of the approval sent it.", "ticket"); }

base::Result<DecisionWords> words_of(const TicketPost& post) {
  auto json = base::parse_json(post.body);
  if (!json.ok() || !json->as_object()) return malformed("The body is a JSON object.");
  if (json->text("approval") != post.approval) return malformed("The body names the approval of the path.");
  auto verdict = approvals::parse_verdict(json->text("verdict"));
  if (!verdict) return malformed("The verdict is approve, deny, request_changes or abstain.");
  return DecisionWords{*verdict, json->text("comment"), {}};
}

bool is_fresh(const TicketPost& post, base::Instant now) {
  auto at = base::parse_int(post.timestamp);
  if (!at.ok() || *at < 0) return false;
  auto apart = *at - base::to_epoch_whole_seconds(now);
  return -kSkewSeconds <= apart && apart <= kSkewSeconds;
}

bool is_signed_with(const TicketPost& post, const base::Secret& secret) {
  return base::same_bytes(notifications::webhook_signature(secret, post.timestamp, post.body), post.signature);
}

base::Result<bool> is_from(const Lake& lake, store::Transaction& tx, const std::string& account,
                           const std::string& name, const TicketPost& post) {
  WEIR_TRY(auto channel, store::load<events::Channel>(tx, events::keys::channel(account, name)));
  if (!channel || channel->kind != events::ChannelKind::ticket || channel->sealed_secret.empty()) return false;
  WEIR_TRY(auto secret, open_channel_secret(lake, *channel));
  return is_signed_with(post, secret);
}

// The approval's channel that sent it.
base::Result<std::string> sender_of(const Lake& lake, const TicketPost& post) {
  WEIR_TRY(auto tx, lake.store.begin(store::Mode::read));
  WEIR_TRY(auto approval, approvals::ApprovalRecords(*tx).find(post.approval));
  if (!approval || !is_fresh(post, lake.clock.now())) return unproved();
  for (const auto& approver : approval->approvers) {
    auto channel = approvals::channel_named(approver);
    if (channel.empty()) continue;
    WEIR_TRY(bool sent, is_from(lake, *tx, approval->account, channel, post));
    if (sent) return approver;
  }
  return unproved();
}

}  // namespace

base::Result<ShownApproval> decide_by_ticket(Call& call, const TicketPost& post) {
  WEIR_TRY(auto words, words_of(post));
  WEIR_TRY(auto sender, sender_of(call.lake(), post));
  call.about("approvalId", post.approval);
  call.about("verdict", to_string(words.verdict));
  call.about("recipient", sender);
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto approval, approvals::ApprovalRecords(*tx).get(post.approval));
  tx.reset();
  WEIR_CHECK_OK(call.record(
      {"weir:DecideApproval", approval_arn(call.lake().region, approval.account, approval.id), approval.account}));
  Ballot ballot{person_behind(sender), approvals::Channel::ticket, call.facts().source_ip, call.facts().user_agent, {}};
  return decide(call.lake(), approval.id, ballot, words);
}

}  // namespace weir::app
