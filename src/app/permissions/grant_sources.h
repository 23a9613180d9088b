// Where the grants are recorded that a list for one caller may show: in its account, and in every account that shares
// something with it.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/call.h"
#include "permissions/principal.h"
#include "permissions/records.h"

namespace weir::app {

// Some grants that one account recorded, in the order of their keys.
struct GrantSource {
  std::string account;
  permissions::GrantScope scope;
  std::string from;  // the store's token to go on with; empty: from the first
};

// In the order of their keys, from behind the one that `after`, a token of the store, names. `principal`: only what that
// one holds. `catalog`: of another account, only what that recorded and what the caller's passed on.
base::Result<std::vector<GrantSource>> sources_of(const Call& call, const std::string& catalog,
                                                  const std::optional<permissions::Principal>& principal,
                                                  const std::string& after);

}  // namespace weir::app
