// Granting and revoking Lake Formation permissions (lakeformation.md 2).
//
// INVARIANT: a request is carried out whole or not at all, however many resources it stands for.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "app/call.h"
#include "permissions/grant_change.h"

namespace weir::app {

struct GrantInput {
  std::string principal;
  std::vector<permissions::Resource> resources;  // at least one; the values of an LF-Tag are one each
  std::vector<std::string> privileges;
  std::vector<std::string> grant_option;
  std::string condition;  // as given; empty: none
  // Asked in the transaction that grants: an error keeps it from being granted.
  std::function<base::Status(store::Transaction&)> only_if = {};
};

// The answer holds notices: true things about the grant that its maker wants to know.
base::Result<std::vector<std::string>> grant_permissions(Call& call, const GrantInput& input);
// Of principals and objects that are gone, too. A condition names the grants that carry it.
base::Status revoke_permissions(Call& call, const GrantInput& input);

// Takes away what a record of the program says was granted on its behalf, in the transaction that writes down the end of
// it. Nobody's grant option is asked: who is asked, and whether, is the use case's.
base::Status revoke_recorded(Call& call, store::Transaction& tx, const permissions::GrantRequest& request);

}  // namespace weir::app
