#include "app/requests/request_steps.h"

#include <algorithm>

#include "app/approvals/approval_mails.h"
#include "app/approvals/approvals.h"
#include "app/executions/states_words.h"
#include "app/requests/access_requests.h"
#include "app/requests/request_changes.h"
#include "app/requests/request_facts.h"
#include "app/requests/request_watch.h"
#include "app/sessions/sessions.h"
#include "app/sharing/share_standing.h"
#include "approvals/approval_records.h"
#include "approvals/tally.h"
#include "base/hash.h"
#include "base/text.h"
#include "base/utf8.h"
#include "executions/names.h"
#include "identity/authenticate.h"
#include "requests/database_words.h"
#include "requests/request_records.h"

namespace weir::app {

using requests::AccessRequest;
using requests::ApprovalStep;
using requests::Decision;
using requests::Fulfilment;
using requests::PolicyOutcome;

namespace {

constexpr std::string_view kProducersRole = "ProducerWorkflowRole";
constexpr size_t kListBytesMax = 1500, kWordBytesMax = 500;

const PolicyOutcome& open_outcome(const AccessRequest& request) {
  return request.extension ? request.extension->outcome : request.outcome;
}
int64_t open_number(const AccessRequest& request) { return request.extension ? request.extension->number : 0; }

base::Result<std::string> role_of_execution(Call& call, const AccessRequest& request) {
  const auto& arn = request.extension ? request.extension->execution_arn : request.execution_arn;
  WEIR_TRY(auto id, executions::parse_execution_arn(arn));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto execution, execution_records(call, *tx).find(id));
  bool runs = execution && execution->status == workflow::ExecutionStatus::running;
  return runs ? execution->role_arn : std::string();
}

// --- who is asked, and who is not

base::Status exclude_deciders(store::Transaction& tx, const std::string& approval, std::vector<std::string>& out) {
  approvals::ApprovalRecords records(tx);
  WEIR_TRY(auto found, records.find(approval));
  if (!found) return {};
  WEIR_TRY(auto decisions, records.decisions(*found));
  for (const auto& decision : decisions) {
    out.push_back(decision.by);
    out.insert(out.end(), decision.person.begin(), decision.person.end());
  }
  return {};
}

// The requester, as whoever it is known, who would get it, and who decided on another step of the same question. People
// who share a role are not each other: of somebody who signed in, their role is neither who asks nor, when they ask for
// all of it, who gets it.
base::Result<std::vector<std::string>> excluded_from(store::Transaction& tx, const AccessRequest& request,
                                                     const std::string& step) {
  auto out = request.requester_names;
  bool by_person = !request.requester_person.empty();
  if (!by_person) out.push_back(request.requester);
  bool own_role = by_person && request.target == request.requester;
  if (request.target.starts_with("arn:") && !own_role) out.push_back(request.target);
  if (!request.notify_email.empty()) out.push_back(request.notify_email);
  if (request.extension) {
    const auto& names = request.extension->requester_names;
    out.push_back(request.extension->requester);
    out.insert(out.end(), names.begin(), names.end());
  }
  for (const auto& asked : request.asked)
    if (asked.name != step && asked.extension == open_number(request))
      WEIR_CHECK_OK(exclude_deciders(tx, asked.approval, out));
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

// Lists that a table makes long still fit; how much is not shown is said.
std::string listed(const std::vector<std::string>& words, std::string_view separator) {
  std::string out;
  for (size_t i = 0; i < words.size(); ++i) {
    auto word = base::shortened(words[i], kWordBytesMax);
    if (out.size() + separator.size() + word.size() > kListBytesMax)
      return out + " ... and " + std::to_string(words.size() - i) + " more";
    out.append(out.empty() ? "" : separator).append(word);
  }
  return out;
}

std::vector<approvals::Fact> facts_of(const AccessRequest& request) {
  const auto& outcome = open_outcome(request);
  std::vector<approvals::Fact> out{{"Request", request.id}, {"Requester", shown_requester(request)}};
  // The name of a session may be of its own choice; whom a provider signed in is not.
  if (!request.requester_person.empty()) out.push_back({"Signed in as", request.requester_person});
  for (const auto& item : request.items) {
    out.push_back({"Item", item.text()});
    if (item.columns.only) out.push_back({"Columns", listed(item.columns.names, ", ")});
    if (!item.columns.only && !item.columns.names.empty())
      out.push_back({"Without columns", listed(item.columns.names, ", ")});
    if (!item.row_filter.empty()) out.push_back({"Rows", item.row_filter});
    out.push_back({"Permissions", base::join(item.permissions, ", ") + (item.grantable ? ", may be passed on" : "")});
  }
  out.push_back({names::is_account_id(request.target) ? "Target Account" : "Target", request.target});
  if (!request.ticket_ref.empty()) out.push_back({"Ticket", request.ticket_ref});
  if (outcome.sensitive) out.push_back({"Sensitive", listed(outcome.sensitive_because, "; ")});
  if (request.extension && request.expires)
    out.push_back({"Extension", "beyond " + base::to_iso8601(*request.expires)});
  auto seconds = request.extension ? std::optional(request.extension->duration_s) : request.duration_s;
  if (seconds) out.push_back({"Duration", shown_duration(*seconds)});
  return out;
}

std::string subject_of(const AccessRequest& request) {
  const auto& item = request.items.front();
  return "Data Sharing Request Approval " + item.database + " - " + item.table;
}

// One table: its columns and rows can be chosen.
bool is_narrowable(const AccessRequest& request) {
  return !request.extension && request.items.size() == 1 && !request.items.front().is_whole_database();
}

approvals::Terms asked_terms(const AccessRequest& request) {
  approvals::Terms out;
  out.duration_s = request.extension ? std::optional(request.extension->duration_s) : request.duration_s;
  if (!is_narrowable(request)) return out;
  const auto& item = request.items.front();
  if (item.columns.only) out.columns = item.columns.names;
  out.row_filter = item.row_filter;
  return out;
}

ApprovalQuestion question_of(const AccessRequest& request, const ApprovalStep& step, const std::string& token) {
  ApprovalQuestion out;
  out.account = request.account;
  // A task that is begun again waits with another token: that is another question.
  out.is_step = true;
  out.key = request.id + "/" + std::to_string(open_number(request)) + "/" + step.name + "/" +
            base::sha256_hex(token).substr(0, 16);
  out.subject = subject_of(request);
  out.facts = facts_of(request);
  out.reason = request.extension ? request.extension->purpose : request.purpose;
  out.approvers = step.approvers;
  out.quorum = step.quorum;
  out.timeout = base::Seconds(step.timeout_s);
  out.remind_every = base::Seconds(step.remind_every_s);
  out.escalate_to = step.escalate_to;
  out.on_timeout =
      step.on_timeout == requests::to_string(requests::OnTimeout::escalate) ? OnTimeout::escalate : OnTimeout::deny;
  out.task_token = token;
  out.request_id = request.id;
  out.narrowable = is_narrowable(request);
  out.asked = asked_terms(request);
  return out;
}

// The account of an owner's topic, where that is another one: there the sample's role publishes.
std::string foreign_owner(const AccessRequest& request, const ApprovalStep& step) {
  for (const auto& approver : step.approvers) {
    auto arn = names::Arn::parse(approver);
    bool owners = arn.ok() && arn->service == "sns" && arn->resource == requests::kOwnersTopic;
    if (owners && arn->account != request.account) return arn->account;
  }
  return {};
}

base::Result<Call> producers_call(Call& call, const std::string& owner, const std::string& id) {
  identity::AssumeRoleRequest wanted;
  wanted.role_arn = "arn:aws:iam::" + owner + ":role/" + std::string(kProducersRole);
  wanted.session_name = id;
  WEIR_TRY(auto assumed, assume_role(call, wanted));
  WEIR_TRY(auto state, call.lake().governance.current());
  identity::TokenCache tokens(1);
  identity::PresentedKey key{assumed.credentials.access_key_id, std::string_view(assumed.credentials.token)};
  WEIR_TRY(auto who, identity::authenticate(key, state->directory, call.lake().keys, tokens, call.now()));
  auto facts = call.facts();
  facts.service = "sns";
  facts.operation = "Publish";
  facts.access_key_id = assumed.credentials.access_key_id;
  return Call(call.lake(), std::move(state), std::move(who.principal), std::move(facts));
}

base::Status remember_asked(Lake& lake, const AccessRequest& seen, const std::string& step,
                            const std::string& approval) {
  return store::write(lake.store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto request, request_there(tx, seen.account, seen.id));
    bool known = std::any_of(request.asked.begin(), request.asked.end(),
                             [&](const auto& one) { return one.approval == approval; });
    if (!known) request.asked.push_back({step, approval, open_number(seen)});
    if (!known) WEIR_CHECK_OK(requests::RequestRecords(tx).put(request));
    if (request.decision != Decision::submitted) return {};
    return decide_request(lake, tx, request, Decision::pending, "people are asked: " + step);
  });
}

Decision decision_of(const MachineFailure& failure) {
  if (failure.error == "Approval.Denied" || failure.error.empty()) return Decision::denied;
  if (failure.error == "Approval.Expired" || failure.error == "States.Timeout") return Decision::expired;
  if (failure.error == "Approval.ChangesRequested") return Decision::changes_requested;
  return Decision::failed;
}

MachineFailure parsed_failure(const std::string& text) {
  auto json = base::parse_json(text);
  if (!json.ok()) return {"", text.substr(0, 1024)};
  return {json->text("Error"), json->text("Cause")};
}

// What nobody decided: the machine may have caught an error of its own.
MachineFailure told_failure(const AccessRequest& request, const MachineFailure& failure) {
  auto error = failure.error.empty() ? "Request." + std::string(to_string(request.decision)) : failure.error;
  auto cause = failure.cause.empty() ? request.reason : failure.cause;
  return {std::move(error), cause.empty() ? "No reason was given." : std::move(cause)};
}

// Approved by what was asked for this step, under whatever token.
base::Result<std::optional<approvals::Approval>> approved_step(store::Transaction& tx, const AccessRequest& request,
                                                               const std::string& step) {
  approvals::ApprovalRecords records(tx);
  for (const auto& asked : request.asked) {
    if (asked.name != step || asked.extension != open_number(request)) continue;
    WEIR_TRY(auto found, records.find(asked.approval));
    if (found && found->state == approvals::ApprovalState::approved && found->request_id == request.id) return found;
  }
  return std::optional<approvals::Approval>();
}

// Steps that a machine had open at once knew nothing of each other: nobody approves two of them.
base::Status count_people(store::Transaction& tx, const approvals::Approval& approval,
                          std::vector<std::string>& counted) {
  WEIR_TRY(auto decisions, approvals::ApprovalRecords(tx).decisions(approval));
  std::vector<std::string> people;
  for (const auto& decision : decisions) {
    if (decision.verdict != approvals::Verdict::approve) continue;
    if (approvals::is_same_person(decision.person, counted))
      return base::conflict(decision.by + " approved two steps: each is to be approved by somebody else.", "request");
    people.insert(people.end(), decision.person.begin(), decision.person.end());
  }
  counted.insert(counted.end(), people.begin(), people.end());
  return {};
}

std::vector<std::string> common(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  std::vector<std::string> out;
  for (const auto& name : a)
    if (std::find(b.begin(), b.end(), name) != b.end()) out.push_back(name);
  return out;
}

void add_terms(GivenTerms& out, const approvals::Approval& approval) {
  const auto& given = approval.given;
  if (given.columns && given.columns != approval.asked.columns)
    out.columns = out.columns ? common(*out.columns, *given.columns) : *given.columns;
  if (!given.row_filter.empty() && given.row_filter != approval.asked.row_filter)
    out.rows.push_back({approval.asked.row_filter, given.row_filter});
  if (given.duration_s) out.duration_s = std::min(out.duration_s.value_or(*given.duration_s), *given.duration_s);
}

}  // namespace

base::Result<AccessRequest> authorize_machine(Call& call, std::string_view action, const std::string& id) {
  const auto& account = call.caller().account();
  std::optional<AccessRequest> request;
  {
    WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
    WEIR_TRY(request, requests::RequestRecords(*tx).find(account, id));
  }
  std::string role;
  if (request) {
    WEIR_TRY(role, role_of_execution(call, *request));
  }
  const auto& caller = call.caller();
  bool is_machine = request && !role.empty() && caller.is_role_session() && caller.caller.role_arn == role;
  call.about("request", id);
  WEIR_CHECK_OK(call.authorize(
      {std::string(action), request_arn(call.lake(), account, id), account}, [&]() -> std::optional<Refusal> {
        if (is_machine) return std::nullopt;
        return Refusal{"state machine", base::denied("Only the running state machine of the request may.")};
      }));
  return std::move(*request);
}

base::Result<std::string> open_access_request_step(Call& call, const std::string& id, const std::string& step,
                                                   const std::string& task_token) {
  WEIR_TRY(auto request, authorize_machine(call, "weir:OpenAccessRequestStep", id));
  bool open = request.extension || !is_decided(request.decision);
  if (!open) return base::conflict("The request is decided.", "request");
  const auto& steps = open_outcome(request).steps;
  auto found = std::find_if(steps.begin(), steps.end(), [&](const auto& one) { return one.name == step; });
  if (found == steps.end()) return base::not_found("The request has no step " + step + ".", "step");
  auto question = question_of(request, *found, task_token);
  {
    WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
    WEIR_TRY(question.excluded, excluded_from(*tx, request, step));
  }
  std::optional<Call> producer;
  if (auto owner = foreign_owner(request, *found); !owner.empty()) {
    WEIR_TRY(auto as, producers_call(call, owner, id));
    question.publisher = &producer.emplace(std::move(as));
  }
  WEIR_TRY(auto approval, open_approval(call, question));
  WEIR_CHECK_OK(remember_asked(call.lake(), request, step, approval));
  return approval;
}

base::Status refuse_request(Lake& lake, store::Transaction& tx, AccessRequest& request, const MachineFailure& failure) {
  auto why = failure.text();
  if (why.empty()) why = "It was refused, without a reason.";
  if (!request.extension) {
    if (is_decided(request.decision)) return {};
    return decide_request(lake, tx, request, decision_of(failure), std::move(why));
  }
  request.extension.reset();
  if (request.fulfilment != Fulfilment::extension_pending) return requests::RequestRecords(tx).put(request);
  return leave_extension(lake, tx, request, "it is not extended: " + why);
}

base::Status leave_extension(Lake& lake, store::Transaction& tx, AccessRequest& request, std::string why) {
  WEIR_TRY(auto rows, requests::GrantRecords(tx).of_request(request.account, request.id));
  WEIR_TRY(bool waits, any_share_waits(lake, tx, rows));
  return move_fulfilment(lake, tx, request, waits ? Fulfilment::awaiting_ram : Fulfilment::active, std::move(why));
}

base::Status fail_fulfilment(Call& call, store::Transaction& tx, AccessRequest& request, std::string why) {
  WEIR_TRY(auto rows, requests::GrantRecords(tx).of_request(request.account, request.id));
  for (auto& row : rows) WEIR_CHECK_OK(end_row(call, tx, row, {"", why}));
  return move_fulfilment(call.lake(), tx, request, Fulfilment::grant_failed, std::move(why));
}

base::Result<MachineFailure> close_access_request(Call& call, const std::string& id, const std::string& failure_json) {
  WEIR_TRY(auto request, authorize_machine(call, "weir:CloseAccessRequest", id));
  auto failure = parsed_failure(failure_json);
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(request, request_there(tx, request.account, id));
    return refuse_request(call.lake(), tx, request, failure);
  }));
  return told_failure(request, failure);
}

base::Status check_given(store::Transaction& tx, const approvals::Approval& approval, const approvals::Terms& given) {
  if (given.empty() || approval.request_id.empty()) return {};
  WEIR_TRY(auto request, requests::RequestRecords(tx).find(approval.account, approval.request_id));
  if (!request || !is_narrowable(*request)) return {};
  bool opened = std::ranges::any_of(request->asked, [&](const auto& step) { return step.approval == approval.id; });
  if (!opened) return {};
  return check_chosen(tx, request->account, request->items.front(), given);
}

base::Result<GivenTerms> approved_terms(store::Transaction& tx, const AccessRequest& request,
                                        const PolicyOutcome& outcome) {
  GivenTerms out;
  if (outcome.is(requests::Verdict::deny)) return base::conflict("The policy denies it.", "request");
  std::vector<std::string> counted;
  for (const auto& step : outcome.steps) {
    WEIR_TRY(auto approval, approved_step(tx, request, step.name));
    if (!approval) return base::conflict("Step " + step.name + " is not approved.", "request");
    WEIR_CHECK_OK(count_people(tx, *approval, counted));
    add_terms(out, *approval);
  }
  return out;
}

}  // namespace weir::app
