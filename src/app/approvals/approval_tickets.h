// Decisions that come from a ticket system: a post that its channel's secret signed, as we sign what we post there
// (notifications/webhook_signature.h).
//
//   POST /workflow/tickets/APPROVAL
//   {"approval": "APPROVAL", "verdict": "approve", "comment": "CHG-17"}
//
// Invariants:
//  1. Only the channels among the approvers decide, each as one voter; who in the ticket system did is its to know.
//  2. A body names its approval, and is good for five minutes: what was overheard decides nothing else, and nothing
//     twice.
//
// Errors: invalid about "ticket" for what is malformed; denied for everything that does not prove itself, whether
// there is such an approval or not; of decide().
//
// Threads: as the Call.
#pragma once
#include "app/approvals/approvals.h"

namespace weir::app {

struct TicketPost {
  std::string approval;   // of the path
  std::string timestamp;  // X-Weir-Timestamp
  std::string signature;  // X-Weir-Signature
  std::string body;
};

base::Result<ShownApproval> decide_by_ticket(Call& call, const TicketPost& post);

}  // namespace weir::app
