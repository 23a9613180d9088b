#include "app/data_lake_settings.h"

#include "app/wording.h"
#include "permissions/records.h"

namespace weir::app {

base::Status check_own_catalog(Call& call, const Ask& ask, const std::string& catalog) {
  if (catalog == call.caller().account()) return {};
  return call.authorize(ask, [&]() -> std::optional<Refusal> {
    return Refusal{"own catalog", base::denied("Cross account access is not shared: catalog " + catalog.substr(0, 64) +
                                                   " belongs to another account.",
                                               "access")};
  });
}

std::optional<Refusal> administrator_gate(const Call& call, const std::string& catalog) {
  auto self = identity::lake_formation_principal(call.caller());
  if (call.state().permissions(catalog).settings().is_admin(self) ||
      call.caller().kind() == policy::PrincipalKind::root)
    return std::nullopt;
  return Refusal{"data lake administrator", base::denied(insufficient("data lake administrator on catalog"), "access")};
}

bool sees_everything(const Call& call, const std::string& catalog) {
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
  if (settings.admins.empty())
    return base::invalid("At least one data lake administrator must remain in DataLakeAdmins.", "settings");
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto before, permissions::get_settings(tx, catalog));
    WEIR_TRY(auto checked, permissions::checked(settings, before));
    return permissions::put_settings(tx, catalog, checked);
  });
}

}  // namespace weir::app
