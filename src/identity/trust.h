// Who the principals of a trust policy (or a bucket's) are, by unique id.
//
// The ARN of a user or role is looked up when the document is saved, and its unique id is kept beside
// it. Whoever is deleted and made again has another id, is not trusted, and shows as the bare old id.
// Accounts, services, sessions, providers and "*" need no look-up.
//
// Threads: as the transaction.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "identity/role.h"
#include "policy/document.h"
#include "store/store.h"

namespace weir::identity {

base::Result<std::optional<std::string>> find_principal_id(store::Transaction& tx, std::string_view arn);
base::Result<std::optional<std::string>> find_principal_arn(store::Transaction& tx, std::string_view unique_id);

// Parses, checks and binds; malformed_policy when it names an ARN or an id that is nobody's.
base::Result<policy::PolicyPtr> bind_document(store::Transaction& tx, std::string_view document,
                                              policy::PolicyKind kind);

// A role's trust policy as readers see it.
base::Result<std::string> published_trust(store::Transaction& tx, const Role& role);
// Compiled, for deciding.
policy::PolicyPtr compiled_trust(const Role& role);

}  // namespace weir::identity
