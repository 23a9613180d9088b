// The settings of Lake Formation: administrators, defaults, and which engines are trusted.
#pragma once
#include "app/call.h"
#include "permissions/settings.h"

namespace weir::app {

base::Result<permissions::DataLakeSettings> get_data_lake_settings(Call& call, const std::string& catalog);
// Replaces all of them. Beyond IAM the caller must be an administrator already (or the account's root), and at
// least one administrator must remain: nobody makes itself one, and nobody locks everybody out.
base::Status put_data_lake_settings(Call& call, const std::string& catalog, permissions::DataLakeSettings settings);

// Catalogs of other accounts are not shared yet: refused as if IAM had.
base::Status check_own_catalog(Call& call, const Ask& ask, const std::string& catalog);

// The gate of what only data lake administrators may do.
std::optional<Refusal> administrator_gate(const Call& call, const std::string& catalog);

// Administrators of either kind and the account's root: their lists leave nothing out.
bool sees_everything(const Call& call, const std::string& catalog);

}  // namespace weir::app
