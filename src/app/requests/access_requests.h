// Requests for access: looked at beforehand, made, told, listed, taken back.
//
// A request is for items of one account's catalog. Its requester may be anybody whom IAM allows in that account; people
// of other accounts only where the policy lists their account. Items that the requester may not describe are answered as
// items that are not there.
//
// What was asked is written down first, then its state machine is started under the request's id: after a crash between
// the two, it is started by watch_request().
//
// Errors: not_found about "item" or "request"; invalid about "item", "target", "purpose", "ticket", "duration", "email";
// conflict about "request", "token" or "machine".
//
// Threads: as the Call.
#pragma once
#include "app/requests/access_judgement.h"
#include "app/requests/shown_request.h"

namespace weir::app {

struct WantedItem {
  std::string database, table;
  std::optional<std::vector<std::string>> columns, excluded_columns;
  std::string row_filter;
  std::optional<std::vector<std::string>> permissions;
  std::optional<bool> grantable;
};

struct WantedAccess {
  std::optional<std::string> catalog;
  std::vector<WantedItem> items;
  std::string target;
  std::string purpose, ticket_ref;
  std::optional<int64_t> duration_s;
  std::string notify_email;
  std::string client_token;
};

// With a policy on trial: by that instead of the one in force. The machine that would carry the request through, which
// setting the policy makes, is not looked at then.
base::Result<JudgedAccess> preview_access_request(Call& call, const WantedAccess& wanted,
                                                  const std::optional<std::string>& policy_on_trial);
base::Result<ShownRequest> create_access_request(Call& call, const WantedAccess& wanted);
base::Result<ShownRequest> get_access_request(Call& call, const std::optional<std::string>& catalog,
                                              const std::string& id);
base::Result<ShownRequest> withdraw_access_request(Call& call, const std::optional<std::string>& catalog,
                                                   const std::string& id);

struct RequestList {
  std::vector<ShownRequest> items;
  std::string next_token;
};
struct RequestFilter {
  std::optional<std::string> catalog;
  std::optional<std::string> decision;
  std::string token;
  size_t limit = 100;
};
base::Result<RequestList> list_access_requests(Call& call, const RequestFilter& filter);

// --- for the parts of a request's life
std::string request_arn(const Lake& lake, const std::string& account, const std::string& id);
base::Result<requests::AccessRequest> request_there(store::Transaction& tx, const std::string& account,
                                                    const std::string& id);
base::Error no_such_request(const std::string& id);
// Who made the request: by the principal ARN, as Lake Formation knows it, and not another who has it by now.
bool is_requester(const Call& call, const requests::AccessRequest& request);
// What the machine is started with: the sample's input, and everything else under "request".
base::Json machine_input(const requests::AccessRequest& request);
// Starts what was written down, or finds it started.
base::Status start_machine(Call& call, const requests::AccessRequest& request);

}  // namespace weir::app
