#include "cli/mesh_requests.h"

#include "base/hash.h"

namespace weir::cli {
namespace {

using base::Json;

constexpr std::string_view kService = "weir_api";
constexpr std::string_view kKind = "policy";
constexpr std::string_view kPolicyName = "approval policy";
// The tag of machines that PutApprovalPolicy made.
constexpr std::string_view kMadeBy = "weir:made-by", kPolicyMade = "policy:";

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

base::Status MeshRequests::remove(MachineRemoval also) {
  WEIR_TRY(auto there, policy_in_force());
  auto name = template_of(there);
  if (name.empty()) return leave(there);
  WEIR_CHECK_OK(remove_made(place_.machine(std::string(kRequestMachines) + name), also));
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

// Its tag says who made it, and the definition that it was made with.
base::Status MeshRequests::remove_made(const std::string& arn, MachineRemoval also) {
  WEIR_TRY(auto found, find_machine(api_, arn));
  if (found.is_null()) {
    ledger_.enter(Fate::absent, "state machine", arn);
    return {};
  }
  WEIR_TRY(auto mark, machine_tag(api_, arn, kMadeBy));
  bool same = mark == std::string(kPolicyMade) + base::sha256_hex(found.text("definition"));
  return remove_machine(api_, ledger_, {arn, mark.starts_with(kPolicyMade), same}, also);
}

}  // namespace weir::cli
