#include "services/weir/approval_operations.h"

#include "app/approvals/approvals.h"
#include "app/approvals/bound_approvers.h"

namespace weir::services {

using namespace wire::weir_api;
namespace {

constexpr int32_t kPageDefault = 100;

approvals::Terms terms_of(const std::optional<ApprovalNarrowing>& in) {
  approvals::Terms out;
  if (!in) return out;
  if (in->Columns.given()) out.columns = in->Columns.items();
  out.row_filter = in->RowFilter.value_or("");
  out.duration_s = in->DurationSeconds;
  return out;
}

ApprovalNarrowing to_wire(const approvals::Terms& terms) {
  ApprovalNarrowing out;
  if (terms.columns) out.Columns = *terms.columns;
  if (!terms.row_filter.empty()) out.RowFilter = terms.row_filter;
  out.DurationSeconds = terms.duration_s;
  return out;
}

ApprovalDecision to_wire(const approvals::Decision& decision) {
  ApprovalDecision out;
  out.By = decision.by;
  out.Verdict = std::string(to_string(decision.verdict));
  out.Comment = decision.comment;
  out.Channel = std::string(to_string(decision.channel));
  out.Address = decision.address;
  out.Agent = decision.agent;
  out.At = decision.at;
  if (!decision.narrowed.empty()) out.Narrowed = to_wire(decision.narrowed);
  return out;
}

Approval to_wire(const app::Call& call, const approvals::Approval& approval) {
  Approval out;
  out.ApprovalId = approval.id;
  out.Account = approval.account;
  out.Subject = approval.subject;
  for (const auto& fact : approval.facts) out.Facts.push_back({fact.label, fact.value});
  out.Reason = approval.reason;
  out.Approvers = approval.approvers;
  if (auto absent = app::absent_approvers(call, approval); !absent.empty()) out.AbsentApprovers = std::move(absent);
  out.Excluded = approval.excluded;
  out.Quorum = static_cast<int32_t>(approval.quorum);
  out.Status = std::string(to_string(approval.state));
  if (!approval.state_reason.empty()) out.StatusReason = approval.state_reason;
  out.ExecutionArn = approval.waiting.execution;
  if (!approval.request_id.empty()) out.RequestId = approval.request_id;
  out.Narrowable = approval.narrowable;
  if (!approval.asked.empty()) out.Asked = to_wire(approval.asked);
  if (approval.given != approval.asked) out.Narrowed = to_wire(approval.given);
  out.Escalated = approval.escalated;
  out.OpenedAt = approval.opened_at;
  out.ExpiresAt = approval.expires_at;
  out.EndedAt = approval.ended_at;
  return out;
}

Approval to_wire(const app::Call& call, const app::ShownApproval& shown) {
  auto out = to_wire(call, shown.approval);
  out.Decisions.give();
  for (const auto& decision : shown.decisions) out.Decisions.push_back(to_wire(decision));
  return out;
}

app::ApprovalQuestion question_of(const app::Call& call, const OpenApprovalRequest& in) {
  app::ApprovalQuestion out;
  out.account = call.caller().account();
  out.task_token = *in.TaskToken;
  out.key = in.Key.value_or("");
  out.subject = in.Subject.value_or("");
  for (const auto& fact : in.Facts) out.facts.push_back({fact.Label.value_or(""), fact.Value.value_or("")});
  out.reason = in.Reason.value_or("");
  out.approvers = in.Approvers.items();
  out.quorum = in.Quorum.value_or(1);
  out.excluded = in.Excluded.items();
  out.timeout = base::Seconds(in.TimeoutSeconds.value_or(0));
  out.remind_every = base::Seconds(in.RemindEverySeconds.value_or(0));
  out.escalate_to = in.EscalateTo.items();
  out.on_timeout = in.OnTimeout.value_or("DENY") == "ESCALATE" ? app::OnTimeout::escalate : app::OnTimeout::deny;
  out.request_id = in.RequestId.value_or("");
  out.narrowable = in.Narrowable.value_or(false);
  out.asked = terms_of(in.Asked);
  out.plain_failure = in.PlainFailure.value_or(false);
  return out;
}

base::Error unknown_word(std::string about) { return base::invalid("This word is not known here.", std::move(about)); }

}  // namespace

base::Result<OpenApprovalResponse> open_approval(app::Call& call, const OpenApprovalRequest& in) {
  OpenApprovalResponse out;
  WEIR_TRY(out.ApprovalId, app::open_approval(call, question_of(call, in)));
  return out;
}

base::Result<DecideApprovalResponse> decide_approval(app::Call& call, const DecideApprovalRequest& in) {
  auto verdict = approvals::parse_verdict(*in.Verdict);
  if (!verdict) return unknown_word("verdict");
  WEIR_TRY(auto decided,
           app::decide_approval(call, *in.ApprovalId, {*verdict, in.Comment.value_or(""), terms_of(in.Narrowed)}));
  DecideApprovalResponse out;
  out.Approval = to_wire(call, decided);
  return out;
}

base::Result<GetApprovalResponse> get_approval(app::Call& call, const GetApprovalRequest& in) {
  WEIR_TRY(auto found, app::get_approval(call, *in.ApprovalId));
  GetApprovalResponse out;
  out.Approval = to_wire(call, found);
  return out;
}

base::Result<ListApprovalsResponse> list_approvals(app::Call& call, const ListApprovalsRequest& in) {
  app::ApprovalFilter filter{in.ToDecide.value_or(false), std::nullopt, in.RequestId.value_or("")};
  if (in.Status) filter.state = approvals::parse_state(*in.Status);
  if (in.Status && !filter.state) return unknown_word("status");
  auto limit = static_cast<size_t>(in.MaxResults.value_or(kPageDefault));
  WEIR_TRY(auto page, app::list_approvals(call, filter, limit, in.NextToken.value_or("")));
  ListApprovalsResponse out;
  out.Approvals.give();
  for (const auto& approval : page.items) out.Approvals.push_back(to_wire(call, approval));
  if (!page.next_token.empty()) out.NextToken = std::move(page.next_token);
  return out;
}

}  // namespace weir::services
