// What has to be looked at though nobody asks: whether a request's machine was started and how it ended, whether a share
// was accepted, whether what was shared has become sensitive, and when it is over.
//
// How a machine ended is told by its execution (hear_machine_end()); the watch only starts what could not be started,
// and looks at what waits once an hour: an execution that came from an older program tells nobody.
//
// Kinds of due work: "access.watch", "access.end" and "access.warn", each with ACCOUNT/REQUEST; "access.stop" with
// ERROR/EXECUTION, the name that the execution ends with and its ARN.
//
// Invariants:
//  1. Every request that is not decided, and every one of which something is held, has a watch.
//  2. Nothing outlives its end by more than the runner's delay; what cannot be ended is tried until it can.
//  3. A machine that nobody wants the end of is due to stop in the transaction that makes it so, and tried until it has.
//
// Threads: as the transaction; handlers from threads of the runner.
#pragma once
#include "app/due_work.h"
#include "app/requests/request_rows.h"
#include "executions/names.h"
#include "requests/access_request.h"

namespace weir::app {

base::Status schedule_watch(store::Transaction& tx, const requests::AccessRequest& request, base::Instant now);
// Of what was given until `request.expires`: the end, and the warnings before it that fit.
base::Status schedule_end(store::Transaction& tx, const requests::AccessRequest& request, base::Instant now);

// Starts the machine of an undecided request when it was not started, and takes over how it ended when it did.
base::Status settle_request(Lake& lake, const std::string& account, const std::string& id);
// The execution of a request, or of an extension of one, is over: settled at once. Asked again, it is settled.
base::Status hear_machine_end(Lake& lake, const executions::ExecutionId& id);
// The share of a request that waits for its invitation; what of a whole database is sensitive now.
base::Status look_after_grants(Lake& lake, const std::string& account, const std::string& id);

// Ends every row of the request in this transaction; the machine of an extension is to stop.
base::Status end_request(Call& call, store::Transaction& tx, requests::AccessRequest& request, requests::Fulfilment to,
                         const RowEnd& end);
// Why a machine stops.
enum class StopReason { grant_revoked, grant_ended, request_withdrawn };
// When this is committed. An execution that has ended, or is not there, is stopped already.
base::Status schedule_stop(store::Transaction& tx, const std::string& execution_arn, StopReason reason,
                           base::Instant now);

void add_request_handlers(DueHandlers& handlers);

}  // namespace weir::app
