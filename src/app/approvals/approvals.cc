#include "app/approvals/approvals.h"

#include <algorithm>

#include "app/approvals/approval_decisions.h"
#include "app/approvals/approval_notices.h"
#include "app/approvals/bound_approvers.h"
#include "app/executions/states_words.h"
#include "app/notifications/announcements.h"
#include "app/notifications/topic_access.h"
#include "app/requests/access_requests.h"
#include "approvals/approval_records.h"
#include "approvals/tally.h"
#include "base/hash.h"
#include "notifications/mail_address.h"
#include "requests/request_records.h"

namespace weir::app {

using approvals::Approval;
using approvals::ApprovalRecords;
using approvals::ApprovalState;

namespace {

constexpr size_t kApproversMax = 50, kFactsMax = 256, kTextBytesMax = 2048;
constexpr std::string_view kStepKeys = "step:";
constexpr size_t kIdBytes = 12;
constexpr base::Seconds kTimeMax{365LL * 24 * 3600};

base::Error wrong(std::string says, std::string about) { return base::invalid(std::move(says), std::move(about)); }

bool is_text(std::string_view text) { return text.size() <= kTextBytesMax && base::is_valid_utf8(text); }

bool is_topic(const std::string& approver) { return notifications::parse_topic_arn(approver).ok(); }

base::Status check_approvers(const std::vector<std::string>& approvers) {
  if (approvers.size() > kApproversMax) return wrong("There are at most 50 approvers.", "approvers");
  for (const auto& approver : approvers) {
    bool known = notifications::is_mail_address(approver) || is_topic(approver) ||
                 !approvals::channel_named(approver).empty() || approvals::is_principal(approver);
    if (!known)
      return wrong("'" + approver + "' is no mail address, no ARN of a principal or a topic, and no channel.",
                   "approvers");
  }
  return {};
}

base::Status check_texts(const ApprovalQuestion& question) {
  bool fits = is_text(question.subject) && is_text(question.reason) && question.facts.size() <= kFactsMax &&
              is_text(question.key) && is_text(question.request_id);
  for (const auto& fact : question.facts) fits = fits && is_text(fact.label) && is_text(fact.value);
  return fits ? base::Status() : wrong("A text has at most 2048 bytes of UTF-8; there are at most 256 facts.", "facts");
}

// Who asks first under the key of a step would choose who decides it.
base::Status check_key(const ApprovalQuestion& question) {
  bool taken = !question.is_step && question.key.starts_with(kStepKeys);
  return taken ? base::Status(wrong("Keys that begin with step: are those of access requests.", "key"))
               : base::Status();
}

base::Status check_times(const ApprovalQuestion& question) {
  auto is_time = [](base::Seconds time) { return time.count() >= 0 && time <= kTimeMax; };
  if (!is_time(question.timeout) || !is_time(question.remind_every))
    return wrong("Times are between a second and a year.", "timeout");
  bool endless = question.on_timeout == OnTimeout::escalate && question.timeout.count() == 0;
  return endless ? base::Status(wrong("Who escalates says after how long.", "timeout")) : base::Status();
}

base::Status check(const ApprovalQuestion& question) {
  if (question.approvers.empty()) return wrong("There is at least one approver.", "approvers");
  WEIR_CHECK_OK(check_approvers(question.approvers));
  WEIR_CHECK_OK(check_approvers(question.escalate_to));
  WEIR_CHECK_OK(check_texts(question));
  WEIR_CHECK_OK(check_key(question));
  WEIR_CHECK_OK(check_times(question));
  if (question.quorum < 1 || question.quorum > static_cast<int64_t>(kApproversMax))
    return wrong("A quorum is between 1 and 50.", "quorum");
  return approvals::is_one_expression(question.asked.row_filter)
             ? base::Status()
             : wrong("The row filter is not one expression.", "row filter");
}

// Telling a topic is publishing to it.
base::Status authorize_topics(Call& call, const std::vector<std::string>& approvers) {
  for (const auto& approver : approvers) {
    if (!is_topic(approver)) continue;
    WEIR_TRY(auto found, authorize_topic(call, "sns:Publish", approver));
  }
  return {};
}

base::Error no_such_task() { return base::invalid("Invalid Token: 'Invalid token'", "task token"); }

struct WaitingTask {
  approvals::Waiting waiting;
  base::Instant deadline;
};

base::Result<WaitingTask> task_of(const Call& call, store::Transaction& tx, const std::string& token) {
  auto records = execution_records(call, tx);
  WEIR_TRY(auto held, records.find_token(token));
  if (!held || held->id.account != call.caller().account()) return no_such_task();
  WEIR_TRY(auto execution, records.find(held->id));
  if (execution && execution->status == workflow::ExecutionStatus::running)
    for (const auto& strand : execution->strands)
      if (strand.task && strand.task->id == held->task)
        return WaitingTask{{execution->arn, held->task}, strand.task->deadline};
  return base::fail(base::Kind::expired, "Task Timed Out: 'Provided task does not exist anymore'", "task");
}

std::string key_of(const ApprovalQuestion& question, const approvals::Waiting& waiting) {
  if (question.is_step) return std::string(kStepKeys) + question.key;
  if (!question.key.empty()) return question.key;
  return "task:" + base::sha256_hex(waiting.execution + "\n" + std::to_string(waiting.task)).substr(0, 32);
}

Approval approval_of(const ApprovalQuestion& question, const WaitingTask& task, std::string id, base::Instant now) {
  Approval out;
  out.id = std::move(id);
  out.account = question.account;
  out.key = key_of(question, task.waiting);
  out.subject = question.subject;
  out.facts = question.facts;
  out.reason = question.reason;
  out.approvers = question.approvers;
  out.quorum = question.quorum;
  out.excluded = question.excluded;
  out.timeout_s = question.timeout.count();
  out.remind_every_s = question.remind_every.count();
  out.escalate_to = question.escalate_to;
  out.escalates = question.on_timeout == OnTimeout::escalate;
  out.request_id = question.request_id;
  out.narrowable = question.narrowable;
  out.asked = out.given = question.asked;
  out.plain_failure = question.plain_failure;
  out.waiting = task.waiting;
  out.opened_at = now;
  out.expires_at = out.timeout_s == 0 ? task.deadline : std::min(task.deadline, now + question.timeout);
  return out;
}

bool is_of_task(const Approval& approval, const approvals::Waiting& waiting) {
  return approval.waiting.execution == waiting.execution && approval.waiting.task == waiting.task;
}

// A key is the newest task's: one that was tried again asks anew, while the one before it may not be closed yet.
base::Status make_room(Call& call, store::Transaction& tx, const Approval& before) {
  WEIR_TRY(auto awaited, awaited_until(call.lake(), tx, before));
  if (awaited) return base::conflict("Another task has an approval of that key.", "approval");
  return close_abandoned(call.lake(), tx, before);
}

base::Json approver_list(const std::vector<std::string>& approvers) { return base::to_json(approvers); }

base::Status open(Call& call, store::Transaction& tx, const Approval& approval) {
  auto& lake = call.lake();
  WEIR_CHECK_OK(ApprovalRecords(tx).add(approval));
  WEIR_CHECK_OK(schedule_approval(tx, approval, call.now()));
  WEIR_TRY(auto execution, executions::parse_execution_arn(approval.waiting.execution));
  WEIR_CHECK_OK(execution_records(call, tx).tell_when_over(execution, approval.waiting.task));
  WEIR_CHECK_OK(notify_approvers(lake, tx, approval, ApprovalOccasion::opened));
  auto detail = base::Json::object()
                    .set("approval", approval.id)
                    .set("request", approval.request_id)
                    .set("execution", approval.waiting.execution)
                    .set("subject", approval.subject)
                    .set("approvers", approver_list(approval.approvers))
                    .set("expires", base::to_iso8601(approval.expires_at));
  auto absent = absent_approvers(call, approval);
  if (!absent.empty()) detail.set("absent_approvers", approver_list(absent));
  return announce(
      lake, tx,
      {approval.account, "request.step_started", approval.id, std::move(detail), channels_among(approval.approvers)});
}

Ask ask_about(const Call& call, std::string action, const std::string& account, const std::string& id) {
  return {.action = std::move(action), .resource = approval_arn(call.lake().region, account, id), .owner = account};
}

base::Result<std::optional<Approval>> read(const Call& call, const std::string& id) {
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return ApprovalRecords(*tx).find(id);
}

base::Result<ShownApproval> shown(const Call& call, const std::string& id) {
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  ApprovalRecords records(*tx);
  WEIR_TRY(auto approval, records.get(id));
  WEIR_TRY(auto decisions, records.decisions(approval));
  return ShownApproval{std::move(approval), std::move(decisions)};
}

// Whether it was opened for a step of a request that the caller made.
base::Result<bool> is_of_own_request(const Call& call, const std::optional<Approval>& approval) {
  if (!approval || approval->request_id.empty()) return false;
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto request, requests::RequestRecords(*tx).find(approval->account, approval->request_id));
  if (!request || !is_requester(call, *request)) return false;
  return std::ranges::any_of(request->asked, [&](const auto& step) { return step.approval == approval->id; });
}

// Who asked reads what was decided, by whom and why; from where they decided is not theirs to know.
base::Result<ShownApproval> shown_to_requester(Call& call, const std::string& id, const std::string& request) {
  const auto& account = call.caller().account();
  WEIR_CHECK_OK(call.authorize({"weir:GetAccessRequest", request_arn(call.lake(), account, request), account}));
  WEIR_TRY(auto out, shown(call, id));
  for (auto& decision : out.decisions) {
    decision.address.clear();
    decision.agent.clear();
  }
  return out;
}

// An approver's own policies decide, of whatever account it is: the approval names it. Who is none is asked about one
// of its own account, and so learns nothing.
Ask ask_about(const Call& call, std::string action, const std::optional<Approval>& approvers, const std::string& id) {
  const auto& own = call.caller().account();
  auto ask = ask_about(call, std::move(action), approvers ? approvers->account : own, id);
  ask.owner = own;
  return ask;
}

// What the caller may decide; nothing when there is none or it is not one of the approvers.
std::optional<Approval> to_decide(const Call& call, std::optional<Approval> approval) {
  return approval && ApproverNames(call).is_approver(*approval) ? std::move(approval) : std::nullopt;
}

base::Error no_such_approval() { return base::not_found("There is no such approval.", "approval"); }

std::vector<std::string> prefixes_of(const Call& call, const ApprovalFilter& filter, const ApproverNames& names) {
  namespace keys = approvals::keys;
  const auto& account = call.caller().account();
  if (!filter.to_decide && !filter.request_id.empty()) return {keys::of_request(account, filter.request_id)};
  if (!filter.to_decide) return {filter.state ? keys::in_state(account, *filter.state) : keys::of(account)};
  std::vector<std::string> out;
  for (size_t i = 0; i < names.count(); ++i) out.push_back(names.list(i));
  return out;
}

// Somebody may be an approver by several names: the first that the approval names lists it.
bool is_listed_under(const ApproverNames& names, const Approval& approval, size_t prefix) {
  for (size_t i = 0; i < prefix; ++i)
    if (names.is_listed(approval, i)) return false;
  return names.is_listed(approval, prefix);
}

bool is_wanted(const ApproverNames& names, const ApprovalFilter& filter, const Approval& approval, size_t prefix) {
  if (filter.state && approval.state != *filter.state) return false;
  if (filter.to_decide && !filter.request_id.empty() && approval.request_id != filter.request_id) return false;
  return !filter.to_decide || is_listed_under(names, approval, prefix);
}

// Where a page begins: in which of the lists, and at which key.
struct PageStart {
  size_t prefix = 0;
  std::string key;
};
base::Result<PageStart> start_of(const std::vector<std::string>& prefixes, const std::string& token) {
  if (token.empty()) return PageStart{};
  for (size_t i = 0; i < prefixes.size(); ++i)
    if (auto key = key_in_states_token(token, prefixes[i]); key.ok()) return PageStart{i, std::move(*key)};
  return base::invalid("This is no token of this list.", "token");
}

base::Status authorize_list(Call& call, const ApprovalFilter& filter) {
  auto action = filter.to_decide ? "weir:DecideApproval" : "weir:ListApprovals";
  return call.authorize(ask_about(call, action, call.caller().account(), "*"));
}

}  // namespace

std::string approval_arn(const std::string& region, const std::string& account, const std::string& id) {
  return "arn:aws:weir:" + region + ":" + account + ":approval/" + id;
}

base::Result<std::string> open_approval(Call& call, const ApprovalQuestion& question) {
  call.about("subject", question.subject);
  call.about("approvers", approver_list(question.approvers));
  WEIR_CHECK_OK(call.authorize(ask_about(call, "weir:OpenApproval", question.account, "*")));
  WEIR_CHECK_OK(check(question));
  auto& publisher = question.publisher ? *question.publisher : call;
  WEIR_CHECK_OK(authorize_topics(publisher, question.approvers));
  WEIR_CHECK_OK(authorize_topics(publisher, question.escalate_to));
  auto id = base::hex(call.lake().randomness.bytes(kIdBytes));
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto task, task_of(call, tx, question.task_token));
    auto approval = approval_of(question, task, id, call.now());
    approval.bound = bound_principals(call.state().directory, approval);
    WEIR_TRY(auto there, ApprovalRecords(tx).find_by_key(approval.account, approval.key));
    bool same = there && is_of_task(*there, task.waiting);
    if (same) return id = there->id, base::Status();
    if (there && there->is_open()) WEIR_CHECK_OK(make_room(call, tx, *there));
    return open(call, tx, approval);
  }));
  return id;
}

base::Result<ShownApproval> decide_approval(Call& call, const std::string& id, const DecisionWords& words) {
  call.about("approvalId", id);
  call.about("verdict", to_string(words.verdict));
  WEIR_TRY(auto found, read(call, id));
  auto mine = to_decide(call, std::move(found));
  WEIR_CHECK_OK(call.authorize(ask_about(call, "weir:DecideApproval", mine, id), [&]() -> std::optional<Refusal> {
    if (mine) return std::nullopt;
    return Refusal{"approvers", base::denied("The caller is none of the approvers of this approval.", "access")};
  }));
  Ballot ballot{person_of(call), approvals::Channel::api, call.facts().source_ip, call.facts().user_agent, {}};
  return decide(call.lake(), id, ballot, words);
}

base::Result<ShownApproval> get_approval(Call& call, const std::string& id) {
  call.about("approvalId", id);
  WEIR_TRY(auto found, read(call, id));
  bool own = found && found->account == call.caller().account();
  WEIR_TRY(auto asked_for_it, is_of_own_request(call, found));
  auto request = found ? found->request_id : std::string();
  auto mine = to_decide(call, std::move(found));
  auto as_approver = ask_about(call, "weir:DecideApproval", mine, id);
  if (mine && call.evaluate(as_approver).allowed()) {
    WEIR_CHECK_OK(call.authorize(as_approver));
    return shown(call, id);
  }
  auto as_reader = ask_about(call, "weir:GetApproval", std::nullopt, id);
  if (own && asked_for_it && !call.evaluate(as_reader).allowed()) return shown_to_requester(call, id, request);
  WEIR_CHECK_OK(call.authorize(as_reader));
  if (!own) return no_such_approval();
  return shown(call, id);
}

base::Result<ApprovalsPage> list_approvals(Call& call, const ApprovalFilter& filter, size_t limit,
                                           const std::string& token) {
  WEIR_CHECK_OK(authorize_list(call, filter));
  ApproverNames names(call);
  auto prefixes = prefixes_of(call, filter, names);
  WEIR_TRY(auto start, start_of(prefixes, token));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  ApprovalsPage page;
  for (size_t i = start.prefix; i < prefixes.size(); ++i, start.key.clear()) {
    WEIR_TRY(auto found, ApprovalRecords(*tx).list(prefixes[i], start.key, limit - page.items.size()));
    for (auto& approval : found.items)
      if (is_wanted(names, filter, approval, i)) page.items.push_back(std::move(approval));
    bool more = !found.next.empty();
    if (more) return page.next_token = states_token(found.next), page;
    if (page.items.size() == limit && i + 1 < prefixes.size())
      return page.next_token = states_token(prefixes[i + 1]), page;
  }
  return page;
}

}  // namespace weir::app
