// Somebody asks for access to items of a catalog, for somebody; and what became of it.
//
// What people decided and what was done about it are two states. A request is decided once; extending what it gave is a
// question of its own (Extension).
//
//   decision    SUBMITTED -> PENDING -> APPROVED | DENIED | EXPIRED | CHANGES_REQUESTED | WITHDRAWN | FAILED
//               SUBMITTED -> AUTO_APPROVED
//   fulfilment  NONE -> GRANTING -> AWAITING_RAM -> ACTIVE, or GRANT_FAILED
//               ACTIVE -> EXTENSION_PENDING -> ACTIVE; -> REVOKED | ENDED | REVOKE_FAILED -> REVOKED
//               NONE -> BY_MACHINE: a machine of the account's own did it and said nothing to us
//
// Invariants:
//  1. A step is legal() or it is not taken; the state that is there already is no step.
//  2. `version` grows with every change: who changed what it read before knows whether it still is so.
//
// Threads: values.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "requests/policy_outcome.h"

namespace weir::requests {

enum class Decision {
  submitted,
  pending,
  auto_approved,
  approved,
  denied,
  expired,
  changes_requested,
  withdrawn,
  failed
};
enum class Fulfilment {
  none,
  granting,
  awaiting_ram,
  active,
  extension_pending,
  grant_failed,
  revoke_failed,
  revoked,
  ended,
  by_machine
};
std::string_view to_string(Decision state);
std::string_view to_string(Fulfilment state);
base::Json to_json(Decision state);
base::Json to_json(Fulfilment state);
base::Status from_json(const base::Json& json, Decision& state);
base::Status from_json(const base::Json& json, Fulfilment& state);

bool legal(Decision from, Decision to);
bool legal(Fulfilment from, Fulfilment to);
bool is_decided(Decision state);
// Something of it may be held.
bool is_held(Fulfilment state);

// A question that was opened for a step of the outcome.
struct AskedStep {
  std::string name;
  std::string approval;   // its id
  int64_t extension = 0;  // 0: of the request itself; else of that extension
};
WEIR_RECORD(AskedStep, FIELD("Name", &AskedStep::name), FIELD("Approval", &AskedStep::approval),
            FIELD("Extension", &AskedStep::extension))

// A question whether what was given may last longer.
struct Extension {
  int64_t number = 0;
  int64_t duration_s = 0;  // from the end there is now
  std::string purpose;
  std::string requester;
  std::vector<std::string> requester_names;
  std::string execution_arn;
  PolicyOutcome outcome;
};
WEIR_RECORD(Extension, FIELD("Number", &Extension::number), FIELD("DurationSeconds", &Extension::duration_s),
            FIELD("Purpose", &Extension::purpose), FIELD("Requester", &Extension::requester),
            FIELD("RequesterNames", &Extension::requester_names), FIELD("ExecutionArn", &Extension::execution_arn),
            FIELD("Outcome", &Extension::outcome))

struct AccessRequest {
  std::string id;
  std::string account;                       // whose catalog it is
  std::string requester;                     // ARN as Lake Formation knows it
  std::string requester_session;             // ARN it came with
  std::string requester_person;              // of a session that somebody signed in: who; else empty
  std::vector<std::string> requester_names;  // that are known to be the same person
  std::string notify_email;
  std::vector<AskedItem> items;
  std::string target;
  std::string purpose;
  std::string ticket_ref;
  std::optional<int64_t> duration_s;
  PolicyOutcome outcome;  // at the time of asking
  Decision decision = Decision::submitted;
  Fulfilment fulfilment = Fulfilment::none;
  std::string reason;  // why it is as it is, in words
  std::string machine_arn;
  std::string execution_arn;
  std::vector<AskedStep> asked;
  std::optional<Extension> extension;  // the one that is open
  int64_t extensions = 0;
  std::optional<base::Instant> expires;  // of what was given
  base::Instant created{}, updated{};
  int64_t version = 0;
};
WEIR_RECORD(AccessRequest, FIELD("Id", &AccessRequest::id), FIELD("Account", &AccessRequest::account),
            FIELD("Requester", &AccessRequest::requester), FIELD("Session", &AccessRequest::requester_session),
            FIELD("Person", &AccessRequest::requester_person), FIELD("RequesterNames", &AccessRequest::requester_names),
            FIELD("NotifyEmail", &AccessRequest::notify_email), FIELD("Items", &AccessRequest::items),
            FIELD("Target", &AccessRequest::target), FIELD("Purpose", &AccessRequest::purpose),
            FIELD("TicketRef", &AccessRequest::ticket_ref), FIELD("DurationSeconds", &AccessRequest::duration_s),
            FIELD("Outcome", &AccessRequest::outcome), FIELD("Decision", &AccessRequest::decision),
            FIELD("Fulfilment", &AccessRequest::fulfilment), FIELD("Reason", &AccessRequest::reason),
            FIELD("MachineArn", &AccessRequest::machine_arn), FIELD("ExecutionArn", &AccessRequest::execution_arn),
            FIELD("Asked", &AccessRequest::asked), FIELD("Extension", &AccessRequest::extension),
            FIELD("Extensions", &AccessRequest::extensions), FIELD("Expires", &AccessRequest::expires),
            FIELD("Created", &AccessRequest::created), FIELD("Updated", &AccessRequest::updated),
            FIELD("Version", &AccessRequest::version))

// 26 characters that sort by time: an id of a request or a grant, and a name an execution can have.
std::string new_id(base::Instant now, base::Randomness& randomness);

}  // namespace weir::requests
