#include "app/permissions/data_lake_settings.h"

#include <algorithm>

#include "app/wording.h"
#include "permissions/principal.h"
#include "permissions/records.h"

namespace weir::app {
namespace {

bool is_there(const Call& call, const std::string& arn) { return call.state().directory.find_id(arn) != nullptr; }

// Administrators whose user or role is gone administer nothing any more.
base::Status check_somebody_remains(const Call& call, const std::vector<std::string>& admins) {
  if (std::any_of(admins.begin(), admins.end(), [&](const auto& admin) { return is_there(call, admin); })) return {};
  return base::invalid("At least one data lake administrator who is there must remain in DataLakeAdmins.", "settings");
}

// Who was listed before may be gone by now, and may stay listed; whoever is new must be there.
base::Status check_newcomers(const Call& call, const std::vector<std::string>& list,
                             const std::vector<std::string>& before) {
  for (const auto& one : list) {
    auto principal = permissions::Principal::parse(one);
    bool judged_elsewhere = !principal || !principal->is_iam();
    if (judged_elsewhere || is_there(call, one) || std::find(before.begin(), before.end(), one) != before.end())
      continue;
    return base::invalid("Invalid principal: " + one + " does not exist in this account.", "settings");
  }
  return {};
}

}  // namespace

base::Status check_own_catalog(Call& call, const Ask& ask, const std::string& catalog) {
  if (catalog == call.caller().account()) return {};
  return call.authorize(ask, [&]() -> std::optional<Refusal> {
    return Refusal{"own catalog", base::denied("Cross account access is not shared: catalog " + catalog.substr(0, 64) +
                                                   " belongs to another account.",
                                               "access")};
  });
}

base::Status check_reachable_catalog(Call& call, const Ask& ask, const std::string& catalog) {
  if (call.lake_caller(catalog).received.any()) return {};
  return check_own_catalog(call, ask, catalog);
}

std::optional<Refusal> administrator_gate(const Call& call, const std::string& catalog) {
  auto self = identity::lake_formation_principal(call.caller());
  bool administers = call.state().permissions(catalog).settings().is_admin(self) ||
                     call.caller().kind() == policy::PrincipalKind::root;
  if (administers && call.caller().account() == catalog) return std::nullopt;
  return Refusal{"data lake administrator", base::denied(insufficient("data lake administrator on catalog"), "access")};
}

bool sees_everything(const Call& call, const std::string& catalog) {
  if (call.caller().account() != catalog) return false;
  auto self = identity::lake_formation_principal(call.caller());
  return call.state().permissions(catalog).settings().is_read_only_admin(self) || !administrator_gate(call, catalog);
}

base::Result<permissions::DataLakeSettings> get_data_lake_settings(Call& call, const std::string& catalog) {
  Ask ask{"lakeformation:GetDataLakeSettings"};
  WEIR_CHECK_OK(check_own_catalog(call, ask, catalog));
  WEIR_CHECK_OK(call.authorize(ask));
  return call.state().permissions(catalog).settings();
}

base::Status put_data_lake_settings(Call& call, const std::string& catalog, permissions::DataLakeSettings settings) {
  Ask ask{"lakeformation:PutDataLakeSettings"};
  WEIR_CHECK_OK(check_own_catalog(call, ask, catalog));
  WEIR_CHECK_OK(call.authorize(ask, [&] { return administrator_gate(call, catalog); }));
  WEIR_CHECK_OK(check_somebody_remains(call, settings.admins));
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto before, permissions::get_settings(tx, catalog));
    WEIR_CHECK_OK(check_newcomers(call, settings.admins, before.admins));
    WEIR_CHECK_OK(check_newcomers(call, settings.read_only_admins, before.read_only_admins));
    WEIR_TRY(auto checked, permissions::checked(settings, before));
    return permissions::put_settings(tx, catalog, checked);
  });
}

}  // namespace weir::app
