#include "services/iam/service_roles.h"

#include "app/iam/iam_service_roles.h"
#include "services/iam/roles.h"

namespace weir::services::iam {

namespace w = wire::iam;

base::Result<w::CreateServiceLinkedRoleResponse> create_service_linked_role(
    app::Call& call, const w::CreateServiceLinkedRoleRequest& in) {
  if (in.CustomSuffix) return base::invalid("Custom suffix is not allowed for " + *in.AWSServiceName, "service role");
  WEIR_TRY(auto made, app::create_service_linked_role(call, *in.AWSServiceName, in.Description.value_or("")));
  w::CreateServiceLinkedRoleResponse out;
  out.Role = in_brief(made);
  return out;
}

base::Result<w::DeleteServiceLinkedRoleResponse> delete_service_linked_role(
    app::Call& call, const w::DeleteServiceLinkedRoleRequest& in) {
  WEIR_TRY(auto task, app::delete_service_linked_role(call, *in.RoleName));
  w::DeleteServiceLinkedRoleResponse out;
  out.DeletionTaskId = task;
  return out;
}

base::Result<w::GetServiceLinkedRoleDeletionStatusResponse> get_service_linked_role_deletion_status(
    app::Call& call, const w::GetServiceLinkedRoleDeletionStatusRequest& in) {
  WEIR_TRY(auto task, app::get_deletion_task(call, *in.DeletionTaskId));
  w::GetServiceLinkedRoleDeletionStatusResponse out;
  out.Status = task.status;
  if (task.reason.empty()) return out;
  w::RoleUsageType usage;
  usage.Region = call.lake().region;
  usage.Resources.push_back(task.resource);
  out.Reason = w::DeletionTaskFailureReasonType{.Reason = task.reason, .RoleUsageList = {}};
  out.Reason->RoleUsageList.push_back(std::move(usage));
  return out;
}

}  // namespace weir::services::iam
