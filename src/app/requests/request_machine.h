// What the state machine of a request can keep of what was asked and of what the policy wants: whether it asks and grants
// through this program.
//
// A machine that has a task FulfilAccessRequest, in whatever state of it, grants by what the request says: so long, these
// columns and rows, these permissions, and when every step that the policy wants is approved. One that has none, as the
// sample's, shares a whole table with SELECT and DESCRIBE, to be passed on, for ever, and asks whom it likes unless it has
// a task OpenAccessRequestStep. A request that such a machine would not keep is refused before anybody is asked: what the
// requester, the approvers and whoever set the policy are told is what happens.
//
// Threads: pure; as the Call.
#pragma once
#include "app/call.h"
#include "app/requests/access_judgement.h"
#include "requests/item_facts.h"

namespace weir::app {

// What of it a machine without FulfilAccessRequest would not keep, in words ("its end", "the columns of sales.orders");
// empty: all is kept.
std::string kept_by_fulfilling_only(const std::vector<requests::AskedItem>& items,
                                    const std::optional<int64_t>& duration_s);

// conflict about "machine", with what to do about it.
base::Status check_machine_keeps(Call& call, store::Transaction& tx, const std::string& machine_arn,
                                 const JudgedAccess& judged);

}  // namespace weir::app
