// The settings of Lake Formation: administrators, defaults, and which engines are trusted.
#pragma once
#include "app/call.h"
#include "permissions/settings.h"

namespace weir::app {

base::Result<permissions::DataLakeSettings> get_data_lake_settings(Call& call, const std::string& catalog);
// Replaces all of them. Beyond IAM the caller must be an administrator already (or the account's root), and at
// least one administrator must remain: nobody makes itself one, and nobody locks everybody out.
base::Status put_data_lake_settings(Call& call, const std::string& catalog, permissions::DataLakeSettings settings);

// For what only the owner of a catalog and its people do: refused to everybody else as if IAM had.
base::Status check_own_catalog(Call& call, const Ask& ask, const std::string& catalog);
// For what is asked about another account's catalog, too: refused in the same words where that shares nothing with
// the caller.
base::Status check_reachable_catalog(Call& call, const Ask& ask, const std::string& catalog);

// The gate of what only data lake administrators may do. Nobody of another account is one.
std::optional<Refusal> administrator_gate(const Call& call, const std::string& catalog);

// Administrators of either kind and the account's root, in their own account: their lists leave nothing out.
bool sees_everything(const Call& call, const std::string& catalog);

}  // namespace weir::app
