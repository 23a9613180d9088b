#include "services/lakeformation/grant_operations.h"

#include "app/permissions/data_lake_settings.h"
#include "app/permissions/grants.h"
#include "services/lakeformation/convert.h"
#include "services/lakeformation/convert_resource.h"
#include "services/lakeformation/errors.h"

namespace weir::services {

using namespace wire::lakeformation;
namespace {

constexpr size_t kBatchMax = 20;

// Grant, revoke and batch entries have these members in common.
template <class In>
base::Result<app::GrantInput> grant_input(const app::Call& call, const In& in) {
  if (!in.Principal || !in.Principal->DataLakePrincipalIdentifier)
    return base::invalid("Principal is required.", "principal");
  if (!in.Resource) return base::invalid("Resource is required.", "resource");
  app::GrantInput out;
  out.principal = *in.Principal->DataLakePrincipalIdentifier;
  WEIR_TRY(out.resources, resources_from_wire(*in.Resource, call.caller().account()));
  out.privileges = in.Permissions.items();
  out.grant_option = in.PermissionsWithGrantOption.items();
  WEIR_TRY(out.condition, condition_text(in.Condition));
  return out;
}

base::Status grant_one(app::Call& call, const app::GrantInput& input) {
  auto granted = app::grant_permissions(call, input);
  return granted ? base::Status() : base::Status(std::move(granted).error());
}

using Change = base::Status (*)(app::Call&, const app::GrantInput&);

base::Result<wire::List<BatchPermissionsFailureEntry>> batch(app::Call& call,
                                                             const wire::List<BatchPermissionsRequestEntry>& entries,
                                                             Change change) {
  if (entries.size() > kBatchMax) return base::invalid("A batch takes at most 20 entries.", "entries");
  std::map<std::string, int> ids;
  for (const auto& entry : entries)
    if (++ids[entry.Id.value_or("")] > 1) return base::invalid("The Ids of a batch must differ.", "entries");
  wire::List<BatchPermissionsFailureEntry> failures;
  failures.give();
  for (const auto& entry : entries) {
    auto input = grant_input(call, entry);
    auto status = input ? change(call, *input) : base::Status(input.error());
    if (status.ok()) continue;
    ErrorDetail detail{.ErrorCode = std::string(lakeformation_error(status.error()).code),
                       .ErrorMessage = status.error().says};
    failures.push_back({.RequestEntry = entry, .Error = std::move(detail)});
  }
  return failures;
}

}  // namespace

base::Result<GrantPermissionsResponse> grant_permissions(app::Call& call, const GrantPermissionsRequest& in) {
  WEIR_TRY(auto input, grant_input(call, in));
  WEIR_CHECK_OK(grant_one(call, input));
  return GrantPermissionsResponse{};
}

base::Result<RevokePermissionsResponse> revoke_permissions(app::Call& call, const RevokePermissionsRequest& in) {
  WEIR_TRY(auto input, grant_input(call, in));
  WEIR_CHECK_OK(app::revoke_permissions(call, input));
  return RevokePermissionsResponse{};
}

base::Result<BatchGrantPermissionsResponse> batch_grant_permissions(app::Call& call,
                                                                    const BatchGrantPermissionsRequest& in) {
  WEIR_TRY(auto failures, batch(call, in.Entries, &grant_one));
  return BatchGrantPermissionsResponse{.Failures = std::move(failures)};
}

base::Result<BatchRevokePermissionsResponse> batch_revoke_permissions(app::Call& call,
                                                                      const BatchRevokePermissionsRequest& in) {
  WEIR_TRY(auto failures, batch(call, in.Entries, &app::revoke_permissions));
  return BatchRevokePermissionsResponse{.Failures = std::move(failures)};
}

base::Result<GetDataLakeSettingsResponse> get_data_lake_settings(app::Call& call,
                                                                 const GetDataLakeSettingsRequest& in) {
  WEIR_TRY(auto settings, app::get_data_lake_settings(call, call.catalog_or_own(in.CatalogId)));
  return GetDataLakeSettingsResponse{.DataLakeSettings = to_wire(settings)};
}

base::Result<PutDataLakeSettingsResponse> put_data_lake_settings(app::Call& call,
                                                                 const PutDataLakeSettingsRequest& in) {
  WEIR_TRY(auto settings, from_wire(*in.DataLakeSettings));
  WEIR_CHECK_OK(app::put_data_lake_settings(call, call.catalog_or_own(in.CatalogId), std::move(settings)));
  return PutDataLakeSettingsResponse{};
}

base::Result<GetDataLakePrincipalResponse> get_data_lake_principal(app::Call& call,
                                                                   const GetDataLakePrincipalRequest&) {
  WEIR_CHECK_OK(call.authorize({.action = "lakeformation:GetDataLakePrincipal"}));
  return GetDataLakePrincipalResponse{.Identity = std::string(identity::lake_formation_principal(call.caller()))};
}

}  // namespace weir::services
