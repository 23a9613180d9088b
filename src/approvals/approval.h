// An approval: one question to people, opened for one task of an execution that waits; and what they decided.
//
// Invariants:
//  1. An approval leaves `open` once, and nothing changes in it afterwards.
//  2. Decisions are only added.
//  3. `given` is what all who approved agree to: never more than `asked`.
//
// Threads: values and pure functions.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/record.h"
#include "base/result.h"

namespace weir::approvals {

enum class ApprovalState {
  open,
  approved,
  denied,
  changes_requested,
  expired,
  closed,  // what waited for it went on or ended without it
};
std::string_view to_string(ApprovalState state);  // OPEN, ...
std::optional<ApprovalState> parse_state(std::string_view text);
base::Json to_json(ApprovalState state);
base::Status from_json(const base::Json& json, ApprovalState& state);

enum class Verdict { approve, deny, request_changes, abstain };
std::string_view to_string(Verdict verdict);  // approve, ...
std::optional<Verdict> parse_verdict(std::string_view text);
base::Json to_json(Verdict verdict);
base::Status from_json(const base::Json& json, Verdict& verdict);

// How a decision came.
enum class Channel { mail, api, chat, ticket };
std::string_view to_string(Channel channel);
base::Json to_json(Channel channel);
base::Status from_json(const base::Json& json, Channel& channel);

// How much is asked or given. What is not set is not limited.
struct Terms {
  std::optional<std::vector<std::string>> columns;
  std::string row_filter;
  std::optional<int64_t> duration_s;
  bool empty() const { return !columns && row_filter.empty() && !duration_s; }
  bool operator==(const Terms&) const = default;
};
WEIR_RECORD(Terms, FIELD("Columns", &Terms::columns), FIELD("RowFilter", &Terms::row_filter),
            FIELD("DurationSeconds", &Terms::duration_s))

struct Fact {
  std::string label;
  std::string value;
};
WEIR_RECORD(Fact, FIELD("Label", &Fact::label), FIELD("Value", &Fact::value))

// Which task waits.
struct Waiting {
  std::string execution;  // ARN
  int64_t task = 0;
};
WEIR_RECORD(Waiting, FIELD("Execution", &Waiting::execution), FIELD("Task", &Waiting::task))

// Who had the ARN of a principal that an approval names, when it was opened.
struct BoundPrincipal {
  std::string arn;
  std::string id;  // empty: nobody
};
WEIR_RECORD(BoundPrincipal, FIELD("Arn", &BoundPrincipal::arn), FIELD("Id", &BoundPrincipal::id))

struct Approval {
  std::string id;
  std::string account;  // whose it is: of the machine's role
  std::string key;      // unique in the account
  std::string subject;
  std::vector<Fact> facts;
  std::string reason;
  std::vector<std::string> approvers;  // mail addresses, ARNs, channel:NAME
  int64_t quorum = 1;
  std::vector<std::string> excluded;
  int64_t timeout_s = 0;       // 0: the task's own
  int64_t remind_every_s = 0;  // 0: never
  std::vector<std::string> escalate_to;
  std::optional<std::vector<BoundPrincipal>> bound;  // absent in what the earlier code opened
  bool escalates = false;                            // when time is up, instead of an end
  std::string request_id;
  bool narrowable = false;
  Terms asked;
  bool plain_failure = false;
  Waiting waiting;

  ApprovalState state = ApprovalState::open;
  std::string state_reason;
  bool escalated = false;
  base::Instant opened_at{};
  base::Instant expires_at{};
  std::optional<base::Instant> ended_at;
  int64_t decisions = 0;  // how many there are
  Terms given;

  bool is_open() const { return state == ApprovalState::open; }
};
WEIR_RECORD(Approval, FIELD("Id", &Approval::id), FIELD("Account", &Approval::account), FIELD("Key", &Approval::key),
            FIELD("Subject", &Approval::subject), FIELD("Facts", &Approval::facts), FIELD("Reason", &Approval::reason),
            FIELD("Approvers", &Approval::approvers), FIELD("Quorum", &Approval::quorum),
            FIELD("Excluded", &Approval::excluded), FIELD("TimeoutSeconds", &Approval::timeout_s),
            FIELD("RemindEverySeconds", &Approval::remind_every_s), FIELD("EscalateTo", &Approval::escalate_to),
            FIELD("Bound", &Approval::bound), FIELD("Escalates", &Approval::escalates),
            FIELD("RequestId", &Approval::request_id), FIELD("Narrowable", &Approval::narrowable),
            FIELD("Asked", &Approval::asked), FIELD("PlainFailure", &Approval::plain_failure),
            FIELD("Waiting", &Approval::waiting), FIELD("ApprovalState", &Approval::state),
            FIELD("StateReason", &Approval::state_reason), FIELD("Escalated", &Approval::escalated),
            FIELD("OpenedAt", &Approval::opened_at), FIELD("ExpiresAt", &Approval::expires_at),
            FIELD("EndedAt", &Approval::ended_at), FIELD("Decisions", &Approval::decisions),
            FIELD("Given", &Approval::given))

struct Decision {
  std::string by;                   // as it is shown: a mail address, an ARN, channel:NAME
  std::vector<std::string> person;  // everything that is known to be the same person, `by` among them
  Verdict verdict = Verdict::abstain;
  std::string comment;
  Channel channel = Channel::api;
  std::string address;  // of the network
  std::string agent;
  base::Instant at{};
  Terms narrowed;
};
WEIR_RECORD(Decision, FIELD("By", &Decision::by), FIELD("Person", &Decision::person),
            FIELD("Verdict", &Decision::verdict), FIELD("Comment", &Decision::comment),
            FIELD("Channel", &Decision::channel), FIELD("Address", &Decision::address),
            FIELD("Agent", &Decision::agent), FIELD("At", &Decision::at), FIELD("Narrowed", &Decision::narrowed))

}  // namespace weir::approvals
