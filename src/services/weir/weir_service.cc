#include "services/weir/weir_service.h"

#include "services/weir/access_grant_operations.h"
#include "services/weir/access_operations.h"
#include "services/weir/approval_operations.h"
#include "services/weir/audit_operations.h"
#include "services/weir/channel_operations.h"
#include "services/weir/console_operations.h"
#include "services/weir/dry_run_operations.h"
#include "services/weir/errors.h"
#include "services/weir/fact_operations.h"
#include "services/weir/function_operations.h"
#include "services/weir/query_operations.h"
#include "services/weir/request_operations.h"
#include "services/weir/share_operations.h"
#include "services/weir/sign_in_operations.h"
#include "wire/weir_api_operations.h"

namespace weir::services {

using namespace wire::weir_api;

// All of them may look at many principals or tables: none runs on a connection's thread.
const Service& weir_service() {
  static const Route routes[] = {
      write<op::Explain, explain>(),
      write<op::WhoCan, who_can>(),
      write<op::GetMyAccess, get_my_access>(),
      write<op::BatchGetMyAccess, batch_get_my_access>(),
      write<op::GetAccessMatrix, get_access_matrix>(),
      write<op::GetGrantLineage, get_grant_lineage>(),
      write<op::SearchAudit, search_audit>(),
      write<op::GetUsage, get_usage>(),
      write<op::DryRun, dry_run>(),
      write<op::DiagnoseShare, diagnose_share>(),
      write<op::PutConsole, put_console>(),
      write<op::GetConsole, get_console>(),
      write<op::DeleteConsole, delete_console>(),
      write<op::PutChannel, put_channel>(),
      write<op::ListChannels, list_channels>(),
      write<op::DeleteChannel, delete_channel>(),
      write<op::RegisterFunction, register_function>(),
      write<op::DescribeFunction, describe_function>(),
      write<op::ListFunctions, list_functions>(),
      write<op::DeregisterFunction, deregister_function>(),
      write<op::OpenApproval, open_approval>(),
      write<op::DecideApproval, decide_approval>(),
      write<op::GetApproval, get_approval>(),
      write<op::ListApprovals, list_approvals>(),
      write<op::PreviewAccessRequest, preview_access_request>(),
      write<op::CreateAccessRequest, create_access_request>(),
      write<op::GetAccessRequest, get_access_request>(),
      write<op::ListAccessRequests, list_access_requests>(),
      write<op::WithdrawAccessRequest, withdraw_access_request>(),
      write<op::PutApprovalPolicy, put_approval_policy>(),
      write<op::GetApprovalPolicy, get_approval_policy>(),
      write<op::OpenAccessRequestStep, open_access_request_step>(),
      write<op::FulfilAccessRequest, fulfil_access_request>(),
      write<op::CloseAccessRequest, close_access_request>(),
      write<op::ListAccessGrants, list_access_grants>(),
      write<op::ExtendAccessGrant, extend_access_grant>(),
      write<op::RevokeAccessGrant, revoke_access_grant>(),
      write<op::VerifyAccessGrants, verify_access_grants>(),
      write<op::StartQuery, start_query>(),
      wait<op::GetQueryResults, get_query_results>(),
      write<op::CancelQuery, cancel_query>(),
      write<op::ListQueries, list_queries>(),
      write<op::PutSignInProvider, put_sign_in_provider>(),
      write<op::ListSignInProviders, list_sign_in_providers>(),
      write<op::DeleteSignInProvider, delete_sign_in_provider>(),
      sign_in<op::BeginSignIn, begin_sign_in>(),
      sign_in<op::GetSignInTokens, get_sign_in_tokens>(),
  };
  static const Service service{&model(), routes, &weir_error};
  return service;
}

}  // namespace weir::services
