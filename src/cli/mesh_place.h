// Where a part of the mesh stands, and what its things are called: the names the sample workflow uses.
//
// The names of the functions, the state machine, the topic and the role that publishes are those of
// aws-samples/aws-lakeformation-datasharing-workflow, so that what was written against it finds them. The roles have
// no fixed names there; here they bear those of its constructs.
#pragma once
#include <array>
#include <string>
#include <string_view>

#include "names/arn.h"

namespace weir::cli {

inline constexpr std::string_view kMachineName = "DataLakeApprovalWorkflow";
inline constexpr std::string_view kMachineRole = "DataLakeWorkflowRole";
inline constexpr std::string_view kRequestsRole = "DataLakeAccessRequestRole";  // of templates other than the sample's
inline constexpr std::string_view kRequestMachines = "weir-access-";            // their names begin so
inline constexpr std::string_view kTopicName = "DataLakeSharingApproval";
inline constexpr std::string_view kProducerRole = "ProducerWorkflowRole";
inline constexpr std::string_view kAuthenticatedRole = "DataLakeWorkflowUiRole";
inline constexpr std::string_view kInlinePolicy = "inline0";  // as CDK and the sample's script name it

// A function of the workflow: what it is called, which built-in it is, whom it acts as.
struct MeshFunction {
  std::string_view name;
  std::string_view built_in;
  std::string_view role;
};
inline constexpr MeshFunction kTableDetails{"WorkflowGetTableDetails", "GetTableDetails",
                                            "WorkflowLambdaTableDetailsRole"};
inline constexpr MeshFunction kShareItem{"WorkflowShareCatalogItem", "ShareCatalogItem",
                                         "WorkflowLambdaShareCatalogItemRole"};
inline constexpr MeshFunction kNotification{"WorkflowSendApprovalNotification", "SendApprovalNotification",
                                            "WorkflowLambdaSendApprovalEmailRole"};
inline constexpr MeshFunction kApprover{"WorkflowActivityApprover", "ActivityApprover", "WorkflowLambdaSMApproverRole"};
inline constexpr std::array kMeshFunctions = {kTableDetails, kShareItem, kNotification, kApprover};

struct MeshPlace {
  names::AccountId account;
  std::string region;

  std::string role(std::string_view name) const { return names::role_arn(account, "/", name); }
  std::string function(std::string_view name) const { return of("lambda", "function:", name); }
  std::string machine() const { return machine(kMachineName); }
  std::string machine(std::string_view name) const { return of("states", "stateMachine:", name); }
  std::string approvals() const { return of("weir", "approval/", "*"); }
  std::string requests() const { return of("weir", "access-request/", "*"); }
  std::string executions() const { return of("states", "execution:", kMachineName) + ":*"; }
  std::string topic() const { return of("sns", "", kTopicName); }

 private:
  std::string of(std::string_view service, std::string_view kind, std::string_view name) const {
    return names::Arn{"aws", std::string(service), region, account.text(), std::string(kind) + std::string(name)}
        .text();
  }
};

}  // namespace weir::cli
