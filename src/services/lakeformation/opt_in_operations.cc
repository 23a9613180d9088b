#include "services/lakeformation/opt_in_operations.h"

#include "app/permissions/opt_ins.h"
#include "permissions/principal.h"
#include "services/lakeformation/convert_resource.h"
#include "services/lakeformation/page_size.h"

namespace weir::services {

using namespace wire::lakeformation;
namespace {

// Create and Delete have these members in common.
template <class In>
base::Result<app::OptInInput> opt_in_input(const app::Call& call, const In& in) {
  app::OptInInput out;
  out.principal = in.Principal->DataLakePrincipalIdentifier.value_or("");
  WEIR_TRY(out.resource, resource_from_wire(*in.Resource, call.caller().account()));
  WEIR_TRY(out.condition, condition_text(in.Condition));
  return out;
}

LakeFormationOptInsInfo info(const permissions::OptIn& opt_in) {
  LakeFormationOptInsInfo out;
  out.Resource = to_wire(opt_in.resource);
  out.Principal = principal(opt_in.principal);
  if (!opt_in.condition.empty()) out.Condition = Condition{.Expression = opt_in.condition};
  out.LastModified = opt_in.last_updated;
  out.LastUpdatedBy = opt_in.last_updated_by;
  return out;
}

}  // namespace

base::Result<CreateLakeFormationOptInResponse> create_lake_formation_opt_in(app::Call& call,
                                                                            const CreateLakeFormationOptInRequest& in) {
  WEIR_TRY(auto input, opt_in_input(call, in));
  WEIR_CHECK_OK(app::create_opt_in(call, input));
  return CreateLakeFormationOptInResponse{};
}

base::Result<DeleteLakeFormationOptInResponse> delete_lake_formation_opt_in(app::Call& call,
                                                                            const DeleteLakeFormationOptInRequest& in) {
  WEIR_TRY(auto input, opt_in_input(call, in));
  WEIR_CHECK_OK(app::delete_opt_in(call, input));
  return DeleteLakeFormationOptInResponse{};
}

base::Result<ListLakeFormationOptInsResponse> list_lake_formation_opt_ins(app::Call& call,
                                                                          const ListLakeFormationOptInsRequest& in) {
  app::OptInList request;
  if (in.Principal) {
    WEIR_TRY(auto who, permissions::Principal::parse(in.Principal->DataLakePrincipalIdentifier.value_or("")));
    request.scope.principal = who.text();
  }
  if (in.Resource) {
    WEIR_TRY(request.scope.resource, resource_from_wire(*in.Resource, call.caller().account()));
  }
  request.token = in.NextToken.value_or("");
  request.limit = page_size(in.MaxResults);
  WEIR_TRY(auto page, app::list_opt_ins(call, request));
  ListLakeFormationOptInsResponse out;
  out.LakeFormationOptInsInfoList.give();
  for (const auto& opt_in : page.items) out.LakeFormationOptInsInfoList.push_back(info(opt_in));
  if (!page.next.empty()) out.NextToken = page.next;
  return out;
}

}  // namespace weir::services
