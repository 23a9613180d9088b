// What has to be looked at though nobody asks: whether a request's machine was started and how it ended, whether a share
// was accepted, whether what was shared has become sensitive, and when it is over.
//
// How a machine ended is told by its execution (hear_machine_end()); the watch only starts what could not be started,
// and looks at what waits once an hour: an execution that came from an older program tells nobody.
//
// Kinds of due work: "access.watch", "access.end" and "access.warn", each with ACCOUNT/REQUEST.
//
// Invariants:
//  1. Every request that is not decided, and every one of which something is held, has a watch.
//  2. Nothing outlives its end by more than the runner's delay; what cannot be ended is tried until it can.
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

// Ends every row of the request in this transaction.
base::Status end_request(Call& call, store::Transaction& tx, requests::AccessRequest& request, requests::Fulfilment to,
                         const RowEnd& end);
// An execution that has ended, or is not there, is stopped already.
base::Status stop_machine(Call& call, const std::string& execution_arn, std::string error, std::string cause);

void add_request_handlers(DueHandlers& handlers);

}  // namespace weir::app
