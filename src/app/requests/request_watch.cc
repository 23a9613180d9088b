#include "app/requests/request_watch.h"

#include <algorithm>

#include "app/executions/executions.h"
#include "app/requests/access_requests.h"
#include "app/requests/approval_policies.h"
#include "app/requests/grant_drift.h"
#include "app/requests/request_changes.h"
#include "app/requests/request_facts.h"
#include "app/requests/request_machine.h"
#include "app/requests/request_steps.h"
#include "app/sharing/share_standing.h"
#include "base/text.h"
#include "requests/request_records.h"

namespace weir::app {

using requests::AccessGrant;
using requests::AccessRequest;
using requests::Decision;
using requests::Fulfilment;

namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr const char* kWatch = "access.watch";
constexpr const char* kEnd = "access.end";
constexpr const char* kWarn = "access.warn";
constexpr const char* kStop = "access.stop";

constexpr base::Seconds kSoon = seconds(2);
constexpr base::Seconds kWaitingForShare = minutes(1), kHeldWhole = minutes(5), kSeldom = hours(1);
constexpr base::Seconds kWarnings[] = {hours(14 * 24), hours(3 * 24), hours(24)};

std::string due_id(const AccessRequest& request) { return request.account + "/" + request.id; }

struct Named {
  std::string account, id;
};
Named named_by(const DueItem& item) {
  auto parts = base::split_n(item.id, '/', 2);
  return {std::string(parts.front()), std::string(parts.back())};
}

bool has_whole_database(const AccessRequest& request) {
  return std::any_of(request.items.begin(), request.items.end(),
                     [](const auto& item) { return item.is_whole_database(); });
}

// A look that started no machine failed, and the runner of due work tries it again.
std::optional<base::Seconds> next_look(const AccessRequest& request) {
  bool held = is_held(request.fulfilment), waits = !is_decided(request.decision) || request.extension;
  if (request.fulfilment == Fulfilment::awaiting_ram) return kWaitingForShare;
  if (held && has_whole_database(request)) return kHeldWhole;
  return held || waits ? std::optional(kSeldom) : std::nullopt;
}

const std::string& open_execution(const AccessRequest& request) {
  return request.extension ? request.extension->execution_arn : request.execution_arn;
}

base::Result<std::optional<workflow::Execution>> find_execution(Call& call, const std::string& arn) {
  WEIR_TRY(auto id, executions::parse_execution_arn(arn));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return execution_records(call, *tx).find(id);
}

base::Result<std::optional<AccessRequest>> find_request(Lake& lake, const std::string& account, const std::string& id) {
  WEIR_TRY(auto tx, lake.store.begin(store::Mode::read));
  return requests::RequestRecords(*tx).find(account, id);
}

// Of what was asked, or of what the approvers left of it.
std::string lost_by_machine(const AccessRequest& request, const GivenTerms& given) {
  auto lost = kept_by_fulfilling_only(request.items, request.duration_s);
  bool gave_less = given.columns || !given.rows.empty() || given.duration_s;
  return lost.empty() && gave_less ? "what the approvers left of it" : lost;
}

// A machine of the account's own that ended well did what it does, when whom the policy wants to be asked approved.
base::Status take_over_success(Lake& lake, store::Transaction& tx, AccessRequest& request) {
  if (request.extension) return refuse_request(lake, tx, request, {"", "The state machine ended without an answer."});
  if (is_decided(request.decision)) return {};
  auto given = approved_terms(tx, request, request.outcome);
  if (!given.ok() && given.error().kind != base::Kind::conflict) return std::move(given).error();
  if (!given.ok())
    return refuse_request(lake, tx, request,
                          {"Request.NotApproved",
                           "The state machine ended well and did what it does without those who "
                           "are to approve: " +
                               given.error().says});
  if (auto lost = lost_by_machine(request, *given); !lost.empty())
    return refuse_request(
        lake, tx, request,
        {"Request.NotFulfilled",
         "The state machine ended well and granted nothing within the limits of the request: " + lost});
  WEIR_CHECK_OK(decide_request(lake, tx, request, Decision::approved, "its state machine succeeded"));
  return move_fulfilment(lake, tx, request, Fulfilment::by_machine, "its state machine did it by itself");
}

MachineFailure failure_of(const workflow::Execution& execution) {
  using workflow::ExecutionStatus;
  if (execution.status == ExecutionStatus::timed_out) return {"States.Timeout", "The state machine ran out of time."};
  if (execution.status == ExecutionStatus::aborted) return {"Execution.Aborted", "The state machine was stopped."};
  return {execution.failure.error.value_or(""), execution.failure.cause.value_or("")};
}

// What a machine that died in the middle of granting left behind.
base::Status undo_half(Call& call, store::Transaction& tx, AccessRequest& request, const MachineFailure& failure) {
  return fail_fulfilment(call, tx, request, "the state machine ended while it granted: " + failure.text());
}

base::Status take_over(Call& call, const AccessRequest& seen, const workflow::Execution& execution) {
  auto& lake = call.lake();
  return store::write(lake.store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto request, request_there(tx, seen.account, seen.id));
    if (open_execution(request) != execution.arn) return {};
    auto failure = failure_of(execution);
    if (request.fulfilment == Fulfilment::granting) return undo_half(call, tx, request, failure);
    if (execution.status == workflow::ExecutionStatus::succeeded) return take_over_success(lake, tx, request);
    if (is_decided(request.decision) && !request.extension) return {};
    return refuse_request(lake, tx, request, failure);
  });
}

base::Status fail_start(Lake& lake, const AccessRequest& seen, const std::string& why) {
  return store::write(lake.store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto request, request_there(tx, seen.account, seen.id));
    return refuse_request(lake, tx, request, {"Request.NotStarted", why});
  });
}

bool passes(base::Kind kind) {
  return kind == base::Kind::concurrent || kind == base::Kind::unavailable || kind == base::Kind::throttled ||
         kind == base::Kind::limit_exceeded || kind == base::Kind::internal;
}

base::Status ensure_started(Call& call, const AccessRequest& request) {
  auto started = start_machine(call, request);
  if (started.ok()) return {};
  if (passes(started.error().kind)) return started;
  return fail_start(call.lake(), request, "The state machine could not be started: " + started.error().says);
}

// --- what is held

base::Status note_acceptance(Call& call, store::Transaction& tx, AccessRequest& request,
                             const std::vector<AccessGrant>& rows) {
  WEIR_TRY(bool waits, any_share_waits(call.lake(), tx, rows));
  if (request.fulfilment == Fulfilment::awaiting_ram && !waits)
    return move_fulfilment(call.lake(), tx, request, Fulfilment::active, "the share was accepted");
  return {};
}

// Marks that were not there when it was granted, in words.
std::vector<std::string> new_marks(const requests::Sensitivity& now, const AccessGrant& row) {
  std::vector<std::string> out;
  for (const auto& mark : now.because) {
    const auto& known = row.sensitive_because;
    if (std::find(known.begin(), known.end(), mark) == known.end()) out.push_back(mark);
  }
  return out;
}

base::Status answer_marks(Call& call, store::Transaction& tx, AccessRequest& request, AccessGrant row,
                          const requests::ApprovalPolicy& policy, const std::vector<std::string>& marks) {
  auto& lake = call.lake();
  auto says = "became sensitive while it is shared: " + base::join(marks, "; ");
  WEIR_CHECK_OK(tell_of_request(lake, tx, request, "catalog.pii_flag_changed", says));
  WEIR_CHECK_OK(tell_of_request(lake, tx, request, "policy.violation", says));
  if (policy.on_new_sensitive == requests::OnNewSensitive::revoke)
    return end_request(call, tx, request, Fulfilment::revoked, {"policy", says});
  row.sensitive_because.insert(row.sensitive_because.end(), marks.begin(), marks.end());
  return requests::GrantRecords(tx).put(row);
}

base::Status guard_row(Call& call, store::Transaction& tx, AccessRequest& request, const AccessGrant& row) {
  if (!row.counts()) return {};
  requests::AskedItem item{row.database, row.table, row.columns, row.row_filter, row.permissions, false};
  // A filter that no longer fits its table lets nothing through.
  if (auto beside = columns_beside(tx, row.account, item); beside.ok()) item = with_columns(item, *beside);
  auto facts = request_facts(tx, call.state(), row.account, item);
  if (!facts.ok()) return facts.error().kind == base::Kind::not_found ? base::Status() : base::Status(facts.error());
  WEIR_TRY(auto policy, policy_in_force(tx, row.account));
  auto marks = new_marks(requests::sensitivity_of(*facts, item.columns, policy.policy.sensitive_tags), row);
  return marks.empty() ? base::Status() : answer_marks(call, tx, request, row, policy.policy, marks);
}

// --- handlers

base::Status watch(Lake& lake, const DueItem& item) {
  auto [account, id] = named_by(item);
  auto settled = settle_request(lake, account, id);
  // A machine that cannot be started now is no reason not to look after what is held.
  WEIR_CHECK_OK(look_after_grants(lake, account, id));
  WEIR_CHECK_OK(note_health(lake, account, id));
  if (!settled.ok()) return settled;
  return store::write(lake.store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto request, requests::RequestRecords(tx).find(account, id));
    if (!request) return {};
    auto wait = next_look(*request);
    return wait ? schedule(tx, kWatch, item.id, lake.clock.now() + *wait) : base::Status();
  });
}

base::Status note_revoke_failure(Lake& lake, const Named& named, const base::Error& error) {
  return store::write(lake.store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto request, request_there(tx, named.account, named.id));
    return move_fulfilment(lake, tx, request, Fulfilment::revoke_failed,
                           "what was granted could not be taken back and is tried again: " + error.says);
  });
}

bool is_over(const AccessRequest& request, base::Instant now) {
  return is_held(request.fulfilment) && request.expires && *request.expires <= now;
}

// What will be taken back is on the record before it is.
base::Status record_end(Call& call, const Named& named) {
  auto& lake = call.lake();
  WEIR_TRY(auto request, find_request(lake, named.account, named.id));
  if (!request || !is_over(*request, lake.clock.now())) return {};
  call.about("request", named.id);
  call.about("principal", request->target);
  call.about("resource", items_text(*request));
  return call.record({"lakeformation:RevokePermissions", request_arn(lake, named.account, named.id), named.account});
}

base::Status end_when_due(Lake& lake, const DueItem& item) {
  auto named = named_by(item);
  WEIR_TRY(auto call, program_call(lake, "lakeformation", "RevokePermissions"));
  WEIR_CHECK_OK(record_end(call, named));
  auto ended = store::write(lake.store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto request, request_there(tx, named.account, named.id));
    if (!is_held(request.fulfilment) || !request.expires) return {};
    if (*request.expires > lake.clock.now()) return schedule(tx, kEnd, item.id, *request.expires);
    return end_request(call, tx, request, Fulfilment::ended, {"expiry", "its time was up"});
  });
  if (!ended.ok() && ended.error().kind != base::Kind::concurrent)
    WEIR_CHECK_OK(note_revoke_failure(lake, named, ended.error()));
  return ended;
}

workflow::Failure failure_for(StopReason reason) {
  switch (reason) {
    case StopReason::grant_revoked: return {"Grant.Revoked", "What was to be extended was revoked.", {}};
    case StopReason::grant_ended: return {"Grant.Ended", "What was to be extended has ended.", {}};
    case StopReason::request_withdrawn: return {"Request.Withdrawn", "The requester took the request back.", {}};
  }
  return {};
}

base::Result<workflow::Failure> failure_named(std::string_view error) {
  for (auto reason : {StopReason::grant_revoked, StopReason::grant_ended, StopReason::request_withdrawn})
    if (auto failure = failure_for(reason); failure.error == error) return failure;
  return base::internal("no reason to stop a machine: " + std::string(error));
}

base::Status stop_when_due(Lake& lake, const DueItem& item) {
  auto parts = base::split_n(item.id, '/', 2);
  WEIR_TRY(auto failure, failure_named(parts.front()));
  std::string execution_arn(parts.back());
  WEIR_TRY(auto call, program_call(lake, "weir", "StopAccessMachine"));
  WEIR_TRY(auto execution, find_execution(call, execution_arn));
  if (!execution || execution->status != workflow::ExecutionStatus::running) return {};
  auto stopped = stop_recorded(call, execution_arn, failure);
  return stopped.ok() ? base::Status() : base::Status(std::move(stopped).error());
}

base::Status schedule_warning(store::Transaction& tx, const AccessRequest& request, base::Instant now) {
  for (auto before : kWarnings)
    if (auto at = *request.expires - before; at > now) return schedule(tx, kWarn, due_id(request), at);
  return unschedule(tx, kWarn, due_id(request));
}

base::Status warn(Lake& lake, const DueItem& item) {
  auto [account, id] = named_by(item);
  return store::write(lake.store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto request, request_there(tx, account, id));
    auto now = lake.clock.now();
    if (!is_held(request.fulfilment) || !request.expires || *request.expires <= now) return {};
    WEIR_CHECK_OK(
        tell_of_request(lake, tx, request, "grant.expiring", "It ends at " + base::to_iso8601(*request.expires) + "."));
    return schedule_warning(tx, request, now);
  });
}

}  // namespace

base::Status schedule_watch(store::Transaction& tx, const AccessRequest& request, base::Instant now) {
  return schedule(tx, kWatch, due_id(request), now + kSoon);
}

base::Status schedule_end(store::Transaction& tx, const AccessRequest& request, base::Instant now) {
  if (!request.expires) return {};
  WEIR_CHECK_OK(schedule(tx, kEnd, due_id(request), *request.expires));
  return schedule_warning(tx, request, now);
}

base::Status settle_request(Lake& lake, const std::string& account, const std::string& id) {
  WEIR_TRY(auto request, find_request(lake, account, id));
  bool over =
      !request || (is_decided(request->decision) && !request->extension && request->fulfilment != Fulfilment::granting);
  if (over || open_execution(*request).empty()) return {};
  WEIR_TRY(auto call, program_call(lake, "weir", "SettleAccessRequest"));
  WEIR_TRY(auto execution, find_execution(call, open_execution(*request)));
  if (!execution) return ensure_started(call, *request);
  if (execution->status == workflow::ExecutionStatus::running) return {};
  return take_over(call, *request, *execution);
}

// The name of an execution is the request's id, and -NUMBER of an extension.
base::Status hear_machine_end(Lake& lake, const executions::ExecutionId& id) {
  return settle_request(lake, id.account, std::string(base::split_n(id.run, '-', 2).front()));
}

base::Status look_after_grants(Lake& lake, const std::string& account, const std::string& id) {
  WEIR_TRY(auto seen, find_request(lake, account, id));
  if (!seen || !is_held(seen->fulfilment) || seen->fulfilment == Fulfilment::granting) return {};
  WEIR_TRY(auto call, program_call(lake, "weir", "WatchAccessGrant"));
  return store::write(lake.store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto request, request_there(tx, account, id));
    WEIR_TRY(auto rows, requests::GrantRecords(tx).of_request(account, id));
    WEIR_CHECK_OK(note_acceptance(call, tx, request, rows));
    for (const auto& row : rows)
      if (is_held(request.fulfilment)) WEIR_CHECK_OK(guard_row(call, tx, request, row));
    return {};
  });
}

base::Status end_request(Call& call, store::Transaction& tx, AccessRequest& request, Fulfilment to, const RowEnd& end) {
  WEIR_TRY(auto rows, requests::GrantRecords(tx).of_request(request.account, request.id));
  for (auto& row : rows) WEIR_CHECK_OK(end_row(call, tx, row, end));
  if (request.extension) {
    auto reason = to == Fulfilment::ended ? StopReason::grant_ended : StopReason::grant_revoked;
    WEIR_CHECK_OK(schedule_stop(tx, request.extension->execution_arn, reason, call.lake().clock.now()));
  }
  request.extension.reset();
  for (const auto* kind : {kWatch, kEnd, kWarn}) WEIR_CHECK_OK(unschedule(tx, kind, due_id(request)));
  return move_fulfilment(call.lake(), tx, request, to, end.because);
}

base::Status schedule_stop(store::Transaction& tx, const std::string& execution_arn, StopReason reason,
                           base::Instant now) {
  if (execution_arn.empty()) return {};
  return schedule(tx, kStop, *failure_for(reason).error + "/" + execution_arn, now);
}

void add_request_handlers(DueHandlers& handlers) {
  handlers.add(kWatch, watch);
  handlers.add(kEnd, end_when_due);
  handlers.add(kWarn, warn);
  handlers.add(kStop, stop_when_due);
}

}  // namespace weir::app
