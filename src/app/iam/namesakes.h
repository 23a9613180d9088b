// Users, roles and SAML providers whose ARN another had before, or will have: each begins with nothing of Lake
// Formation's, and so do the users and groups of a provider.
//
// What Lake Formation gives, it gives to an ARN. So it ends in the transaction in which the ARN loses its user or role,
// and in the one in which the ARN gets another: what a request that was under way granted in between does not count.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "identity/directory.h"
#include "names/arn.h"
#include "store/store.h"

namespace weir::app {

// `account`: whose user or role it is. Grants and opt-ins end in every account, offices in its own.
base::Status end_what_lake_formation_gave(store::Transaction& tx, const names::AccountId& account,
                                          const std::string& arn);
// The same for all users and groups that the provider vouches for.
base::Status end_what_lake_formation_gave_through(store::Transaction& tx, const names::AccountId& account,
                                                  const std::string& provider_arn);

// Who has the ARN of a principal now, told from whoever had it before or will have it.
struct Bearer {
  std::string id;  // unique id of a user or role, the account's of root, the provider's of a SAML user or group
  base::Instant since{};
};
std::optional<Bearer> bearer_of(const identity::Directory& directory, std::string_view principal);

}  // namespace weir::app
