// Users, roles and SAML providers whose ARN another had before, or will have: each begins with nothing of Lake
// Formation's, and so do the users and groups of a provider.
//
// What Lake Formation gives, it gives to an ARN. So it ends in the transaction in which the ARN loses its user or role,
// and in the one in which the ARN gets another: what a request that was under way granted in between does not count.
#pragma once
#include <string>

#include "names/arn.h"
#include "store/store.h"

namespace weir::app {

// `account`: whose user or role it is. Grants and opt-ins end in every account, offices in its own.
base::Status end_what_lake_formation_gave(store::Transaction& tx, const names::AccountId& account,
                                          const std::string& arn);
// The same for all users and groups that the provider vouches for.
base::Status end_what_lake_formation_gave_through(store::Transaction& tx, const names::AccountId& account,
                                                  const std::string& provider_arn);

}  // namespace weir::app
