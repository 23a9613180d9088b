#include "cli/state_machines.h"

#include <chrono>
#include <thread>

#include "cli/mesh_mark.h"

namespace weir::cli {
namespace {

using base::Json;

constexpr std::string_view kService = "states";
constexpr int kLooksUntilGone = 300;
constexpr std::chrono::milliseconds kBetweenLooks{200};

base::Result<bool> has_running(const JsonApi& api, const std::string& arn) {
  auto request = Json::object().set("stateMachineArn", arn).set("statusFilter", "RUNNING").set("maxResults", 1);
  WEIR_TRY(auto answer, api.call(kService, "ListExecutions", request));
  const auto* running = answer.find("executions");
  return running && running->as_array() && !running->as_array()->empty();
}

base::Result<std::string> why_it_stays(const JsonApi& api, const MachineStanding& standing, MachineRemoval also) {
  if (!standing.ours) return std::string(kNotOurs);
  if (!also.changed && !standing.same)
    return std::string("it has a definition of your own; --changed-definition removes it nevertheless");
  WEIR_TRY(bool running, has_running(api, standing.arn));
  if (running && !also.running) return std::string("executions are under way; --stop-executions ends them");
  return std::string();
}

// Until then its name is taken, and its executions may still act as its role.
base::Status wait_until_gone(const JsonApi& api, const std::string& arn) {
  for (int look = 0; look < kLooksUntilGone; ++look) {
    WEIR_TRY(auto found, find_machine(api, arn));
    if (found.is_null()) return {};
    std::this_thread::sleep_for(kBetweenLooks);
  }
  return base::fail(base::Kind::unavailable, "the state machine is being deleted, and is not gone after a minute",
                    "machine");
}

}  // namespace

base::Result<Json> find_machine(const JsonApi& api, const std::string& arn) {
  auto answer = api.call(kService, "DescribeStateMachine", Json::object().set("stateMachineArn", arn));
  if (!answer && answer.error().about == "StateMachineDoesNotExist") return Json();
  return answer;
}

base::Result<std::string> machine_tag(const JsonApi& api, const std::string& arn, std::string_view key) {
  WEIR_TRY(auto answer, api.call(kService, "ListTagsForResource", Json::object().set("resourceArn", arn)));
  const auto* tags = answer.find("tags");
  if (!tags || !tags->as_array()) return std::string();
  for (const auto& tag : *tags->as_array())
    if (tag.text("key") == key) return tag.text("value");
  return std::string();
}

base::Status remove_machine(const JsonApi& api, MeshLedger& ledger, const MachineStanding& standing,
                            MachineRemoval also) {
  WEIR_TRY(auto why, why_it_stays(api, standing, also));
  if (!why.empty()) {
    ledger.enter(Fate::left, "state machine", standing.arn, why);
    return {};
  }
  WEIR_CHECK_OK(api.call(kService, "DeleteStateMachine", Json::object().set("stateMachineArn", standing.arn)));
  WEIR_CHECK_OK(wait_until_gone(api, standing.arn));
  ledger.enter(Fate::removed, "state machine", standing.arn);
  return {};
}

}  // namespace weir::cli
