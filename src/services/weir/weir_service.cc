#include "services/weir/weir_service.h"

#include "services/weir/access_operations.h"
#include "services/weir/approval_operations.h"
#include "services/weir/dry_run_operations.h"
#include "services/weir/errors.h"
#include "services/weir/function_operations.h"
#include "services/weir/share_operations.h"
#include "wire/weir_api_operations.h"

namespace weir::services {

using namespace wire::weir_api;

// All of them may look at many principals or tables: none runs on a connection's thread.
const Service& weir_service() {
  static const Route routes[] = {
      write<op::Explain, explain>(),
      write<op::WhoCan, who_can>(),
      write<op::DryRun, dry_run>(),
      write<op::DiagnoseShare, diagnose_share>(),
      write<op::RegisterFunction, register_function>(),
      write<op::DescribeFunction, describe_function>(),
      write<op::ListFunctions, list_functions>(),
      write<op::DeregisterFunction, deregister_function>(),
      write<op::OpenApproval, open_approval>(),
      write<op::DecideApproval, decide_approval>(),
      write<op::GetApproval, get_approval>(),
      write<op::ListApprovals, list_approvals>(),
  };
  static const Service service{&model(), routes, &weir_error};
  return service;
}

}  // namespace weir::services
