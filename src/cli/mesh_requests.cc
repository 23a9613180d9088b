#include "cli/mesh_requests.h"

namespace weir::cli {
namespace {

using base::Json;

constexpr std::string_view kService = "weir_api";
constexpr std::string_view kKind = "policy";
constexpr std::string_view kPolicyName = "approval policy";

Json empty_policy() { return Json::object().set("Version", "2026-11-01"); }

}  // namespace

Json MeshRequests::policy_for(const std::string& template_name) const {
  return empty_policy().set("Template", template_name).set("RoleArn", place_.role(kRequestsRole));
}

std::string MeshRequests::template_of(const Json& policy) const {
  auto name = policy.text("Template");
  return !name.empty() && policy == policy_for(name) ? name : "";
}

base::Result<Json> MeshRequests::policy_in_force() const {
  WEIR_TRY(auto answer, api_.call(kService, "GetApprovalPolicy", Json::object()));
  return base::parse_json(answer.text("Policy"));
}

base::Status MeshRequests::put(const std::string& template_name) {
  WEIR_TRY(auto there, policy_in_force());
  auto wanted = policy_for(template_name);
  if (there == wanted) {
    ledger_.enter(Fate::there, kKind, kPolicyName);
    return {};
  }
  bool ours = there == empty_policy() || !template_of(there).empty();
  if (!ours) {
    ledger_.enter(Fate::there, kKind, kPolicyName, "of your own, which stays: set its Template and RoleArn yourself");
    return {};
  }
  WEIR_CHECK_OK(api_.call(kService, "PutApprovalPolicy", Json::object().set("Policy", wanted.dump())));
  ledger_.enter(Fate::made, kKind, kPolicyName,
                "requests are carried by " + std::string(kRequestMachines) + template_name);
  return {};
}

base::Status MeshRequests::remove(bool running_too) {
  WEIR_TRY(auto there, policy_in_force());
  auto name = template_of(there);
  if (name.empty()) return leave(there);
  WEIR_CHECK_OK(remove_machine(name, running_too));
  if (!ledger_.complete()) return {};
  WEIR_CHECK_OK(api_.call(kService, "PutApprovalPolicy", Json::object().set("Policy", empty_policy().dump())));
  ledger_.enter(Fate::removed, kKind, kPolicyName);
  return {};
}

// Requests that go by it need the role: it is for its author to change.
base::Status MeshRequests::leave(const Json& policy) {
  if (policy.text("RoleArn") == place_.role(kRequestsRole))
    ledger_.enter(Fate::left, kKind, kPolicyName, "of your own, which needs the role: give it another RoleArn first");
  return {};
}

base::Status MeshRequests::remove_machine(const std::string& template_name, bool running_too) {
  auto arn = place_.machine(std::string(kRequestMachines) + template_name);
  auto request = Json::object().set("stateMachineArn", arn).set("statusFilter", "RUNNING").set("maxResults", 1);
  WEIR_TRY(auto running, api_.call("states", "ListExecutions", request));
  const auto* list = running.find("executions");
  if (!running_too && list && list->as_array() && !list->as_array()->empty()) {
    ledger_.enter(Fate::left, "state machine", arn, "requests are under way; --stop-executions ends them");
    return {};
  }
  WEIR_CHECK_OK(api_.call("states", "DeleteStateMachine", Json::object().set("stateMachineArn", arn)));
  ledger_.enter(Fate::removed, "state machine", arn);
  return {};
}

}  // namespace weir::cli
