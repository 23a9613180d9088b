#include "app/approvals/approval_clicks.h"

#include "app/approvals/approval_decisions.h"

namespace weir::app {

using approvals::ApprovalState;

namespace {

std::string verb_of(approvals::Verdict verdict) {
  switch (verdict) {
    case approvals::Verdict::approve: return "approved";
    case approvals::Verdict::deny: return "denied";
    case approvals::Verdict::request_changes: return "asked for changes";
    case approvals::Verdict::abstain: return "abstained";
  }
  return "decided";
}

std::string end_words(const approvals::Approval& approval) {
  switch (approval.state) {
    case ApprovalState::open: return "It is still open.";
    case ApprovalState::approved: return "It was approved.";
    case ApprovalState::denied: return "It was denied.";
    case ApprovalState::changes_requested: return "Changes were asked for.";
    case ApprovalState::expired: return "The time to decide is over.";
    case ApprovalState::closed: return "The request was withdrawn, or it ended otherwise.";
  }
  return {};
}

base::Status check_standing(const LinkMatter& matter) {
  auto says = decided_words(matter.approval, matter.decisions);
  bool timed_out = matter.approval.state == ApprovalState::expired || matter.approval.state == ApprovalState::closed;
  switch (matter.standing) {
    case LinkMatter::Standing::good: return {};
    case LinkMatter::Standing::used: return base::conflict("This link was used already. " + says, "approval");
    case LinkMatter::Standing::expired: return base::fail(base::Kind::expired, "This link has expired.", "approval");
    case LinkMatter::Standing::over:
      return base::fail(timed_out ? base::Kind::expired : base::Kind::conflict, says, "approval");
  }
  return {};
}

}  // namespace

std::string decided_words(const approvals::Approval& approval, const std::vector<approvals::Decision>& decisions) {
  auto out = end_words(approval);
  for (const auto& decision : decisions)
    out += " " + decision.by + " " + verb_of(decision.verdict) + " at " + base::to_iso8601(decision.at) + ".";
  return out;
}

base::Result<LinkMatter> look_by_link(Lake& lake, std::string_view token) {
  WEIR_TRY(auto tx, lake.store.begin(store::Mode::read));
  return read_link(lake, *tx, token, lake.clock.now());
}

base::Result<ShownApproval> decide_by_link(Call& call, std::string_view token, const DecisionWords& words) {
  WEIR_TRY(auto matter, look_by_link(call.lake(), token));
  const auto& approval = matter.approval;
  call.about("approvalId", approval.id);
  call.about("verdict", to_string(words.verdict));
  call.about("recipient", matter.recipient);
  WEIR_CHECK_OK(check_standing(matter));
  WEIR_CHECK_OK(call.record(
      {"weir:DecideApproval", approval_arn(call.lake().region, approval.account, approval.id), approval.account}));
  bool chat = !approvals::channel_named(matter.recipient).empty();
  Ballot ballot{person_behind(matter.recipient), chat ? approvals::Channel::chat : approvals::Channel::mail,
                call.facts().source_ip, call.facts().user_agent, matter.hash};
  auto decided = decide(call.lake(), approval.id, ballot, words);
  if (decided.ok() || decided.error().about != "approval") return decided;
  // Somebody was first, between the look and the decision: say who.
  WEIR_TRY(auto now, look_by_link(call.lake(), token));
  WEIR_CHECK_OK(check_standing(now));
  return decided;
}

}  // namespace weir::app
