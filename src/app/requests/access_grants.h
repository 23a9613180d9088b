// What was granted for requests: listed, made to last longer, ended.
//
// Who may end it: data lake administrators of the catalog's account and the requester, with weir:RevokeAccessGrant there;
// and who has it, the target itself or an administrator of its account, with weir:RevokeAccessGrant of its own account.
// A role that people share by signing in is no target in this sense: each of its people ends what it asked for itself,
// and is shown of the rest what is in force and on which terms, not who asked, what for and who approved.
// Nobody else learns that there is something.
//
// Taking away needs no grant option of anybody: what the program wrote down when it granted says what to take, and no
// more (request_rows.h). A role that is gone, or that may no longer grant, keeps nothing in force.
//
// Errors: not_found about "request"; conflict about "request"; invalid about "resource".
//
// Threads: as the Call.
#pragma once
#include "app/requests/access_requests.h"
#include "requests/access_grant.h"

namespace weir::app {

struct GrantFilter {
  std::optional<std::string> catalog;
  std::string request, principal;
  std::string resource;             // database[.table[.column]]
  std::optional<base::Instant> at;  // in force then
  std::string token;
  size_t limit = 100;
};
struct ListedGrant {
  requests::AccessGrant row;
  requests::AccessRequest request;
  bool whole = true;  // else its terms alone are the caller's to know: the role it shares has it, another person asked
};
struct GrantList {
  std::vector<ListedGrant> items;
  std::string next_token;
};
base::Result<GrantList> list_access_grants(Call& call, const GrantFilter& filter);

// Asked of the same policy, over the catalog as it is now; a state machine carries it through as it did the request.
base::Result<ShownRequest> extend_access_grant(Call& call, const std::optional<std::string>& catalog,
                                               const std::string& id, int64_t duration_s, const std::string& purpose);
base::Result<ShownRequest> revoke_access_grant(Call& call, const std::optional<std::string>& catalog,
                                               const std::string& id, const std::string& reason);

}  // namespace weir::app
