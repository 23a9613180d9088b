// A request, and what came of it, as its caller may see it.
//
// INVARIANT: what makes a request sensitive is told to a requester as far as it may describe the tables and columns that
// are named, and columns that a policy or the catalog put into its items are told alike; approvers and administrators are told all.
//
// Threads: as the Call.
#pragma once
#include "app/call.h"
#include "requests/request_records.h"

namespace weir::app {

struct ShownRequest {
  requests::AccessRequest request;
  std::vector<std::string> grants;  // ids
};

// not_found about "request".
base::Result<ShownRequest> shown_request(const Call& call, store::Transaction& tx, const std::string& account,
                                         const std::string& id);

// Leaves of items and of their outcome what the caller may hear of it.
base::Status hide_unseen(const Call& call, store::Transaction& tx, const std::string& account,
                         std::vector<requests::AskedItem>& items, requests::PolicyOutcome& outcome);

}  // namespace weir::app
