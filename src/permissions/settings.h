// DataLakeSettings of one account: who administers, what new objects grant, whom third-party engines
// may serve.
//
// The defaults a new account starts with grant nothing to IAM_ALLOWED_PRINCIPALS: a governance server
// governs from the first table on.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/record.h"
#include "permissions/privilege.h"

namespace weir::permissions {

inline constexpr size_t kAdminsMax = 30;
inline constexpr size_t kAllowListMax = 30;
inline constexpr std::string_view kCrossAccountVersion = "CROSS_ACCOUNT_VERSION";  // among the parameters
inline constexpr int kCrossAccountVersionOfNewAccounts = 4;

struct PrincipalPermissions {
  std::string principal;
  PrivilegeSet privileges;
};
WEIR_RECORD(PrincipalPermissions, FIELD("Principal", &PrincipalPermissions::principal),
            FIELD("Permissions", &PrincipalPermissions::privileges))

struct DataLakeSettings {
  std::vector<std::string> admins;
  std::vector<std::string> read_only_admins;
  std::vector<PrincipalPermissions> create_database_default;
  std::vector<PrincipalPermissions> create_table_default;
  std::map<std::string, std::string> parameters;
  std::vector<std::string> trusted_resource_owners;
  bool allow_external_data_filtering = false;
  bool allow_full_table_external_data_access = false;
  std::vector<std::string> external_data_filtering_allow_list;  // account ids
  std::vector<std::string> authorized_session_tag_values;

  bool is_admin(std::string_view principal) const;
  bool is_read_only_admin(std::string_view principal) const;
  int cross_account_version() const;  // what the parameter says; without it, that of new accounts
};
WEIR_RECORD(DataLakeSettings, FIELD("Admins", &DataLakeSettings::admins),
            FIELD("ReadOnlyAdmins", &DataLakeSettings::read_only_admins),
            FIELD("CreateDatabaseDefault", &DataLakeSettings::create_database_default),
            FIELD("CreateTableDefault", &DataLakeSettings::create_table_default),
            FIELD("Parameters", &DataLakeSettings::parameters),
            FIELD("TrustedResourceOwners", &DataLakeSettings::trusted_resource_owners),
            FIELD("AllowExternalDataFiltering", &DataLakeSettings::allow_external_data_filtering),
            FIELD("AllowFullTableExternalDataAccess", &DataLakeSettings::allow_full_table_external_data_access),
            FIELD("ExternalDataFilteringAllowList", &DataLakeSettings::external_data_filtering_allow_list),
            FIELD("AuthorizedSessionTagValues", &DataLakeSettings::authorized_session_tag_values))

// Judges settings as sent; the answer is the settings with canonical principals. Administrators that `before` already
// had are not judged again, so that a stale one does not block every change. A cross-account version that was chosen
// stays when nothing is said of it, and is never lowered (6.1).
base::Result<DataLakeSettings> checked(DataLakeSettings settings, const DataLakeSettings& before);

}  // namespace weir::permissions
