// The end of what the records of one account give to a user or role, by its ARN. Records name principals by ARN, and an
// ARN is free again when its user or role is gone: without this, a namesake would begin with all of it.
//
// Every function bumps the account's revision in the same transaction when it changes anything.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "store/store.h"

namespace weir::permissions {

// Grants and opt-ins: of any account, also of one that is not the principal's.
base::Status forget_grantee(store::Transaction& tx, std::string_view account, std::string_view principal);

// The principals whose text begins so (PROVIDER-ARN:) and that hold grants or opt-ins in the account, each once.
base::Result<std::vector<std::string>> grantees_beginning(store::Transaction& tx, std::string_view account,
                                                          std::string_view beginning);

// What only the principal's own account gives: administration, defaults for new databases and tables, and privileged
// access to the locations that it registered, which stay registered without it.
base::Status forget_official(store::Transaction& tx, std::string_view account, std::string_view principal);

}  // namespace weir::permissions
