// A request goes from one state to the next, and everybody who should hears of it: one announcement and one mail to the
// requester, in the transaction that makes it true.
//
// Errors: conflict about "request" for a step that is not legal from where it is now.
//
// Threads: as the transaction.
#pragma once
#include <string>

#include "app/lake.h"
#include "requests/access_request.h"
#include "store/store.h"

namespace weir::app {

// Each saves the request. Being there already is no step, and nobody is told.
base::Status decide_request(Lake& lake, store::Transaction& tx, requests::AccessRequest& request, requests::Decision to,
                            std::string reason);
base::Status move_fulfilment(Lake& lake, store::Transaction& tx, requests::AccessRequest& request,
                             requests::Fulfilment to, std::string reason);
// What is no change of state: grant.expiring, grant.extended, policy.violation...
base::Status tell_of_request(Lake& lake, store::Transaction& tx, const requests::AccessRequest& request,
                             std::string type, const std::string& says);

// {id, requester, target, purpose, items, decision, fulfilment, ...}: what announcements, machines and people are told.
base::Json request_json(const requests::AccessRequest& request);
std::string items_text(const requests::AccessRequest& request);
// Who people are told asked: of somebody who signed in, the session and not the role.
std::string shown_requester(const requests::AccessRequest& request);

}  // namespace weir::app
