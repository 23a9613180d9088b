#include "permissions/settings.h"

#include <algorithm>

#include "names/arn.h"
#include "permissions/principal.h"

namespace weir::permissions {
namespace {

using base::invalid;
using base::Result;
using base::Status;

bool has(const std::vector<std::string>& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

Status check_admins(std::vector<std::string>& admins, const std::vector<std::string>& before,
                    const std::string& member) {
  if (admins.size() > kAdminsMax) return invalid(member + " has at most 30 entries.", "settings");
  for (auto& admin : admins) {
    if (has(before, admin)) continue;
    WEIR_TRY(auto principal, Principal::parse(admin));
    if (!principal.is_iam())
      return invalid(member + ": data lake administrators are IAM users or roles, not a " +
                         std::string(name_of(principal.kind())) + ".",
                     "settings");
    admin = principal.text();
  }
  std::sort(admins.begin(), admins.end());
  admins.erase(std::unique(admins.begin(), admins.end()), admins.end());
  return {};
}

// 2.7: empty, or exactly IAM_ALLOWED_PRINCIPALS with ALL.
Status check_default(std::vector<PrincipalPermissions>& list, const std::string& member) {
  if (list.empty()) return {};
  if (list.size() == 1 && list[0].privileges == PrivilegeSet{Privilege::all}) {
    auto principal = Principal::parse(list[0].principal);
    if (principal.ok() && principal->kind() == PrincipalKind::iam_allowed_principals) {
      list[0].principal = principal->text();
      return {};
    }
  }
  return invalid(member + " is empty or holds exactly one entry: IAM_ALLOWED_PRINCIPALS with ALL.", "settings");
}

Status check_filtering(const DataLakeSettings& settings) {
  const auto& list = settings.external_data_filtering_allow_list;
  if (settings.allow_external_data_filtering && list.empty())
    return invalid("ExternalDataFilteringAllowList cannot be empty while AllowExternalDataFiltering is true.",
                   "settings");
  if (list.size() > kAllowListMax) return invalid("ExternalDataFilteringAllowList has at most 30 entries.", "settings");
  for (const auto* accounts : {&list, &settings.trusted_resource_owners})
    for (const auto& account : *accounts)
      if (!names::is_account_id(account))
        return invalid("An account id of twelve digits was expected, not " + account.substr(0, 64), "settings");
  for (const auto& value : settings.authorized_session_tag_values)
    if (value.empty() || value.size() > 256) return invalid("A session tag value has 1 to 256 characters.", "settings");
  return {};
}

Status check_parameters(const std::map<std::string, std::string>& parameters) {
  for (const auto& [name, value] : parameters) {
    bool version = name == kCrossAccountVersion && value.size() == 1 && value[0] >= '1' && value[0] <= '5';
    bool flag = (name == "SET_SOURCE_IDENTITY" || name == "SET_CONTEXT") &&
                (value == "TRUE" || value == "FALSE" || value == "true" || value == "false");
    if (!version && !flag) return invalid("Parameters: unknown name or value at " + name.substr(0, 64), "settings");
  }
  return {};
}

using Parameters = std::map<std::string, std::string>;

const std::string* version_in(const Parameters& parameters) {
  auto found = parameters.find(std::string(kCrossAccountVersion));
  return found == parameters.end() ? nullptr : &found->second;
}

// Versions have one digit: they compare as texts.
Status keep_version(Parameters& parameters, const Parameters& before) {
  const auto* chosen = version_in(before);
  if (!chosen) return {};
  auto [now, fresh] = parameters.try_emplace(std::string(kCrossAccountVersion), *chosen);
  if (fresh || now->second >= *chosen) return {};
  return invalid("CROSS_ACCOUNT_VERSION cannot be lowered from " + *chosen + " to " + now->second + ".", "settings");
}

}  // namespace

int DataLakeSettings::cross_account_version() const {
  const auto* chosen = version_in(parameters);
  return chosen && chosen->size() == 1 ? (*chosen)[0] - '0' : kCrossAccountVersionOfNewAccounts;
}

bool DataLakeSettings::is_admin(std::string_view principal) const { return has(admins, principal); }
bool DataLakeSettings::is_read_only_admin(std::string_view principal) const { return has(read_only_admins, principal); }

Result<DataLakeSettings> checked(DataLakeSettings settings, const DataLakeSettings& before) {
  WEIR_CHECK_OK(check_admins(settings.admins, before.admins, "DataLakeAdmins"));
  WEIR_CHECK_OK(check_admins(settings.read_only_admins, before.read_only_admins, "ReadOnlyAdmins"));
  WEIR_CHECK_OK(check_default(settings.create_database_default, "CreateDatabaseDefaultPermissions"));
  WEIR_CHECK_OK(check_default(settings.create_table_default, "CreateTableDefaultPermissions"));
  WEIR_CHECK_OK(check_filtering(settings));
  WEIR_CHECK_OK(check_parameters(settings.parameters));
  WEIR_CHECK_OK(keep_version(settings.parameters, before.parameters));
  return settings;
}

}  // namespace weir::permissions
