#include "app/approvals/approval_decisions.h"

#include <algorithm>

#include "app/approvals/approval_notices.h"
#include "app/due_work.h"
#include "app/notifications/announcements.h"
#include "app/requests/request_steps.h"
#include "approvals/approval_records.h"
#include "approvals/tally.h"
#include "base/text.h"
#include "base/utf8.h"
#include "executions/execution_records.h"

namespace weir::app {

using approvals::Approval;
using approvals::ApprovalRecords;
using approvals::ApprovalState;
using approvals::Decision;
using approvals::Terms;
using approvals::Verdict;
using executions::ExecutionRecords;
using executions::StepsAhead;
using workflow::Event;

namespace {

constexpr size_t kEntropyBytes = 32;
constexpr size_t kCommentBytesMax = 2048;
constexpr size_t kAgentBytesMax = 512;
constexpr int64_t kRemindersMax = 100;  // a question is not a way to fill somebody's mailbox
constexpr std::string_view kGone = "what waited for it went on or ended without it";

base::Error over(const Approval& approval) {
  bool timed_out = approval.state == ApprovalState::expired || approval.state == ApprovalState::closed;
  auto says = "The approval has ended: " + std::string(to_string(approval.state)) +
              (approval.state_reason.empty() ? "" : " (" + approval.state_reason + ")");
  return base::fail(timed_out ? base::Kind::expired : base::Kind::conflict, std::move(says), "approval");
}

base::Error out_of_time() { return base::fail(base::Kind::expired, "The time to decide is over.", "approval"); }

base::Json terms_json(const Terms& terms) {
  auto out = base::Json::object();
  if (terms.columns) out.set("columns", base::to_json(*terms.columns));
  if (!terms.row_filter.empty()) out.set("row_filter", terms.row_filter);
  if (terms.duration_s) out.set("duration_seconds", *terms.duration_s);
  return out;
}

base::Json decision_json(const Decision& decision) {
  return base::Json::object()
      .set("by", decision.by)
      .set("verdict", to_string(decision.verdict))
      .set("comment", decision.comment)
      .set("at", base::to_iso8601_millis(decision.at))
      .set("channel", to_string(decision.channel));
}

base::Json answer_of(const Approval& approval, const std::vector<Decision>& decisions) {
  if (approval.plain_failure) return base::Json::object();
  auto list = base::Json::array();
  for (const auto& decision : decisions) list.push(decision_json(decision));
  auto out = base::Json::object().set("approved", true).set("approval", approval.id).set("decisions", std::move(list));
  if (approval.given != approval.asked) out.set("narrowed", terms_json(approval.given));
  return out;
}

workflow::Failure failure_of(const Approval& approval, const std::vector<Decision>& decisions) {
  if (approval.plain_failure && approval.state == ApprovalState::denied) return {};
  auto error = approval.state == ApprovalState::denied    ? "Approval.Denied"
               : approval.state == ApprovalState::expired ? "Approval.Expired"
                                                          : "Approval.ChangesRequested";
  bool decided = approval.state != ApprovalState::expired && !decisions.empty();
  return {error, decided ? decisions.back().comment : approval.state_reason, {}};
}

Event event_of(const Approval& approval, const std::vector<Decision>& decisions) {
  Event event{.kind =
                  approval.state == ApprovalState::approved ? Event::Kind::task_succeeded : Event::Kind::task_failed};
  event.task = approval.waiting.task;
  if (approval.state == ApprovalState::approved) {
    event.output = answer_of(approval, decisions);
  } else {
    event.failure = failure_of(approval, decisions);
  }
  return event;
}

// `told`: channels that hear the same with more to it.
Announcement announcement_of(std::string type, const Approval& approval, const Decision* decision,
                             std::vector<std::string> told = {}) {
  auto detail = base::Json::object()
                    .set("approval", approval.id)
                    .set("request", approval.request_id)
                    .set("execution", approval.waiting.execution)
                    .set("subject", approval.subject)
                    .set("state", to_string(approval.state));
  if (decision) detail.set("decision", decision_json(*decision));
  return {approval.account, std::move(type), approval.id, std::move(detail), std::move(told)};
}

base::Status keep_end(store::Transaction& tx, const Approval& before, const Approval& after) {
  WEIR_CHECK_OK(unschedule(tx, kApprovalReminder, after.id));
  WEIR_CHECK_OK(unschedule(tx, kApprovalExpiry, after.id));
  return ApprovalRecords(tx).change(before, after);
}

// One change of one approval: made outside of the writer what is chance, then everything in one transaction.
class Change {
 public:
  Change(Lake& lake, std::string id)
      : lake_(lake), id_(std::move(id)), now_(lake.clock.now()), entropy_(lake.randomness.bytes(kEntropyBytes)) {}

  using Body = std::function<base::Status(Change&)>;
  base::Status run(const Body& body) {
    CHECK_TRUE(lake_.definitions != nullptr, "who has approvals has executions");
    return executions::write_steps(lake_.store, [&](store::Transaction& tx, StepsAhead& ahead) -> base::Status {
      tx_ = &tx;
      ahead_ = &ahead;
      WEIR_TRY(before_, ApprovalRecords(tx).get(id_));
      after = before_;
      WEIR_TRY(decisions, ApprovalRecords(tx).decisions(before_));
      return body(*this);
    });
  }

  store::Transaction& tx() { return *tx_; }
  Lake& lake() { return lake_; }
  base::Instant now() const { return now_; }

  base::Status save() { return ApprovalRecords(*tx_).change(before_, after); }

  base::Status tell(std::string type, const Decision* decision = nullptr) {
    return announce(lake_, *tx_, announcement_of(std::move(type), after, decision));
  }

  // Asks again, and announces that to whoever was not asked.
  base::Status ask(ApprovalOccasion occasion, std::string type) {
    WEIR_CHECK_OK(notify_approvers(lake_, *tx_, after, occasion));
    auto told = channels_among(after.approvers);
    return announce(lake_, *tx_, announcement_of(std::move(type), after, nullptr, std::move(told)));
  }

  // Leaves `open` for `state`, with the task; when that does not wait any more, for `closed`.
  base::Status end(ApprovalState state, std::string reason) {
    after.state = state;
    after.state_reason = std::move(reason);
    after.ended_at = now_;
    // A task whose own time is up fails by itself.
    bool by_itself = state == ApprovalState::expired && after.timeout_s == 0;
    if (state != ApprovalState::closed && !by_itself) {
      WEIR_TRY(bool taken, advance());
      if (!taken) return end(ApprovalState::closed, std::string(kGone));
    }
    return keep_end(*tx_, before_, after);
  }

  Approval after;
  std::vector<Decision> decisions;

 private:
  base::Result<bool> advance() {
    WEIR_TRY(auto execution, executions::parse_execution_arn(after.waiting.execution));
    ExecutionRecords records(*tx_, lake_.region, *lake_.definitions, ahead_);
    WEIR_TRY(auto there, records.find(execution));
    if (!there) return false;
    auto event = event_of(after, decisions);
    event.at = now_;
    event.entropy = entropy_;
    WEIR_TRY(auto advanced, records.advance(execution, event));
    return advanced.taken;
  }

  Lake& lake_;
  const std::string id_;
  const base::Instant now_;
  const std::string entropy_;
  store::Transaction* tx_ = nullptr;
  StepsAhead* ahead_ = nullptr;
  Approval before_;
};

Decision decision_of(const Ballot& ballot, const DecisionWords& words, base::Instant now) {
  Decision decision;
  decision.by = ballot.person.by;
  decision.person = ballot.person.names;
  decision.verdict = words.verdict;
  decision.comment = words.comment;
  decision.channel = ballot.channel;
  decision.address = ballot.address;
  decision.agent = base::shortened(ballot.agent, kAgentBytesMax);
  decision.at = now;
  decision.narrowed = words.narrowed;
  return decision;
}

base::Status check_words(const Approval& approval, const DecisionWords& words) {
  if (words.comment.size() > kCommentBytesMax || !base::is_valid_utf8(words.comment))
    return base::invalid("A comment has at most 2048 bytes of UTF-8.", "comment");
  if (words.narrowed.empty()) return {};
  if (words.verdict != Verdict::approve) return base::invalid("Only who approves gives less.", "narrowed");
  return approval.narrowable ? base::Status() : base::invalid("Here all or nothing is given.", "narrowed");
}

base::Result<Terms> agreed(const Approval& approval, const std::vector<Decision>& decisions) {
  std::vector<Terms> given;
  for (const auto& decision : decisions)
    if (decision.verdict == Verdict::approve && !decision.narrowed.empty()) given.push_back(decision.narrowed);
  return approvals::narrowed(approval.asked, given);
}

base::Status use_link(Change& change, const std::string& hash) {
  if (hash.empty()) return {};
  ApprovalRecords records(change.tx());
  WEIR_TRY(auto held, records.find_link(hash));
  if (!held || held->used) return base::conflict("This link was used already.", "approval");
  return records.use_link(hash, std::move(*held));
}

base::Status check_may_count(Change& change, const Ballot& ballot) {
  WEIR_TRY(auto state, change.lake().governance.current());
  if (!is_excluded(state->directory, ballot.person, change.after)) return {};
  return base::denied("Whoever asked, or decided before, cannot decide this.", "access");
}

base::Status close(Change& change) {
  WEIR_CHECK_OK(change.end(ApprovalState::closed, std::string(kGone)));
  return change.tell("request.closed");
}

base::Status settle(Change& change, const Ballot& ballot, const DecisionWords& words) {
  auto& approval = change.after;
  if (!approval.is_open()) return over(approval);
  if (approval.expires_at <= change.now()) return out_of_time();
  WEIR_CHECK_OK(check_words(approval, words));
  WEIR_CHECK_OK(check_may_count(change, ballot));
  WEIR_CHECK_OK(check_given(change.tx(), approval, words.narrowed));
  WEIR_TRY(auto awaited, awaited_until(change.lake(), change.tx(), approval));
  if (!awaited) return close(change);
  auto decision = decision_of(ballot, words, change.now());
  WEIR_TRY(auto state, approvals::count(approval, change.decisions, decision));
  WEIR_CHECK_OK(use_link(change, ballot.link_hash));
  WEIR_CHECK_OK(ApprovalRecords(change.tx()).add_decision(approval, decision));
  ++approval.decisions;
  change.decisions.push_back(decision);
  WEIR_TRY(approval.given, agreed(approval, change.decisions));
  WEIR_CHECK_OK(state == ApprovalState::open ? change.save() : change.end(state, ""));
  return change.tell("request.decided", &decision);
}

}  // namespace

base::Result<std::optional<base::Instant>> awaited_until(Lake& lake, store::Transaction& tx, const Approval& approval) {
  WEIR_TRY(auto id, executions::parse_execution_arn(approval.waiting.execution));
  WEIR_TRY(auto execution, ExecutionRecords(tx, lake.region, *lake.definitions).find(id));
  std::optional<base::Instant> until;
  if (!execution || execution->status != workflow::ExecutionStatus::running) return until;
  for (const auto& strand : execution->strands)
    if (strand.task && strand.task->id == approval.waiting.task) until = strand.task->deadline;
  return until;
}

base::Result<ShownApproval> decide(Lake& lake, const std::string& id, const Ballot& ballot,
                                   const DecisionWords& words) {
  Change change(lake, id);
  WEIR_CHECK_OK(change.run([&](Change& own) { return settle(own, ballot, words); }));
  if (change.after.state == ApprovalState::closed) return over(change.after);
  return ShownApproval{std::move(change.after), std::move(change.decisions)};
}

base::Status schedule_approval(store::Transaction& tx, const Approval& approval, base::Instant now) {
  WEIR_CHECK_OK(schedule(tx, kApprovalExpiry, approval.id, approval.expires_at));
  auto least = (approval.expires_at - approval.opened_at) / kRemindersMax;
  auto next = now + std::max<base::Instant::duration>(base::Seconds(approval.remind_every_s), least);
  if (approval.remind_every_s == 0 || next >= approval.expires_at) return {};
  return schedule(tx, kApprovalReminder, approval.id, next);
}

base::Status expire_approval(Lake& lake, const std::string& id) {
  return Change(lake, id).run([](Change& change) -> base::Status {
    auto& approval = change.after;
    if (!approval.is_open() || approval.expires_at > change.now()) return {};
    bool escalates = approval.escalates && !approval.escalated && !approval.escalate_to.empty();
    if (!escalates) {
      WEIR_CHECK_OK(change.end(ApprovalState::expired, "nobody decided in time"));
      return change.tell("request.expired");
    }
    WEIR_TRY(auto until, awaited_until(change.lake(), change.tx(), approval));
    if (!until) return close(change);
    approval.escalated = true;
    for (const auto& approver : approval.escalate_to)
      if (std::ranges::find(approval.approvers, approver) == approval.approvers.end())
        approval.approvers.push_back(approver);
    approval.expires_at = std::min(*until, change.now() + base::Seconds(approval.timeout_s));
    WEIR_CHECK_OK(change.save());
    WEIR_CHECK_OK(schedule_approval(change.tx(), approval, change.now()));
    return change.ask(ApprovalOccasion::escalated, "request.escalated");
  });
}

base::Status remind_approvers(Lake& lake, const std::string& id) {
  return Change(lake, id).run([](Change& change) -> base::Status {
    const auto& approval = change.after;
    if (!approval.is_open()) return {};
    WEIR_TRY(auto awaited, awaited_until(change.lake(), change.tx(), approval));
    if (!awaited) return close(change);
    WEIR_CHECK_OK(schedule_approval(change.tx(), approval, change.now()));
    return change.ask(ApprovalOccasion::reminder, "request.reminder");
  });
}

base::Status close_abandoned(Lake& lake, store::Transaction& tx, const Approval& before) {
  auto after = before;
  after.state = ApprovalState::closed;
  after.state_reason = kGone;
  after.ended_at = lake.clock.now();
  WEIR_CHECK_OK(keep_end(tx, before, after));
  return announce(lake, tx, announcement_of("request.closed", after, nullptr));
}

base::Status close_approval_of(Lake& lake, const approvals::Waiting& waiting) {
  std::optional<Approval> found;
  {
    WEIR_TRY(auto tx, lake.store.begin(store::Mode::read));
    WEIR_TRY(found, ApprovalRecords(*tx).find_by_task(waiting));
  }
  if (!found) return {};
  return Change(lake, found->id).run([](Change& change) -> base::Status {
    if (!change.after.is_open()) return {};
    WEIR_TRY(auto awaited, awaited_until(change.lake(), change.tx(), change.after));
    return awaited ? base::Status() : close(change);
  });
}

}  // namespace weir::app
