#include "cli/mesh_machine.h"

#include <chrono>
#include <thread>

#include "cli/mesh_mark.h"

namespace weir::cli {
namespace {

using base::Json;

constexpr std::string_view kService = "states";
constexpr int kLooksUntilGone = 300;
constexpr std::chrono::milliseconds kBetweenLooks{200};

bool is_definition(const Json& found, const Json& definition) {
  auto there = base::parse_json(found.text("definition"));
  return there.ok() && *there == definition;
}

}  // namespace

base::Result<Json> MeshMachine::find() const {
  auto answer = api_.call(kService, "DescribeStateMachine", Json::object().set("stateMachineArn", place_.machine()));
  if (!answer && answer.error().about == "StateMachineDoesNotExist") return Json();
  return answer;
}

base::Status MeshMachine::check_there() const {
  WEIR_TRY(auto found, find());
  if (!found.is_null()) return {};
  return base::fail(base::Kind::not_found,
                    "there is no state machine " + place_.machine() + " yet: run weir mesh deploy-central first",
                    "machine");
}

base::Result<bool> MeshMachine::is_ours() const {
  WEIR_TRY(auto answer,
           api_.call(kService, "ListTagsForResource", Json::object().set("resourceArn", place_.machine())));
  const auto* tags = answer.find("tags");
  if (!tags || !tags->as_array()) return false;
  for (const auto& tag : *tags->as_array())
    if (tag.text("key") == kMark && tag.text("value") == kCentral) return true;
  return false;
}

base::Status MeshMachine::put(const Json& definition, bool replace) {
  WEIR_TRY(auto found, find());
  if (found.is_null()) return create(definition);
  WEIR_TRY(bool ours, is_ours());
  if (!ours) return stands_in_the_way("state machine", kMachineName);
  return converge(found, definition, replace);
}

base::Status MeshMachine::create(const Json& definition) {
  auto mark = Json::object().set("key", kMark).set("value", kCentral);
  auto request = Json::object()
                     .set("name", kMachineName)
                     .set("definition", definition.dump_pretty())
                     .set("roleArn", place_.role(kMachineRole))
                     .set("type", "STANDARD")
                     .set("tags", Json::array().push(mark));
  WEIR_TRY(auto made, api_.call(kService, "CreateStateMachine", request));
  ledger_.enter(Fate::made, "state machine", made.text("stateMachineArn"));
  return {};
}

base::Status MeshMachine::converge(const Json& found, const Json& definition, bool replace) {
  bool same = is_definition(found, definition);
  if (same || !replace) {
    ledger_.enter(
        Fate::there, "state machine", place_.machine(),
        same ? "" : "with a definition of your own, which stays; --replace-definition puts the template back");
    return {};
  }
  auto request = Json::object().set("stateMachineArn", place_.machine()).set("definition", definition.dump_pretty());
  WEIR_CHECK_OK(api_.call(kService, "UpdateStateMachine", request));
  ledger_.enter(Fate::changed, "state machine", place_.machine());
  return {};
}

base::Result<bool> MeshMachine::has_running() const {
  auto request =
      Json::object().set("stateMachineArn", place_.machine()).set("statusFilter", "RUNNING").set("maxResults", 1);
  WEIR_TRY(auto answer, api_.call(kService, "ListExecutions", request));
  const auto* running = answer.find("executions");
  return running && running->as_array() && !running->as_array()->empty();
}

base::Result<std::string> MeshMachine::why_it_stays(const Json& found, const Json& definition, Removing also) const {
  WEIR_TRY(bool ours, is_ours());
  if (!ours) return std::string(kNotOurs);
  if (!also.changed && !is_definition(found, definition))
    return std::string("it has a definition of your own; --changed-definition removes it nevertheless");
  WEIR_TRY(bool running, has_running());
  if (running && !also.running) return std::string("executions are under way; --stop-executions ends them");
  return std::string();
}

base::Status MeshMachine::remove(const Json& definition, Removing also) {
  WEIR_TRY(auto found, find());
  if (found.is_null()) {
    ledger_.enter(Fate::absent, "state machine", place_.machine());
    return {};
  }
  WEIR_TRY(auto why, why_it_stays(found, definition, also));
  if (!why.empty()) {
    ledger_.enter(Fate::left, "state machine", place_.machine(), why);
    return {};
  }
  WEIR_CHECK_OK(api_.call(kService, "DeleteStateMachine", Json::object().set("stateMachineArn", place_.machine())));
  WEIR_CHECK_OK(wait_until_gone());
  ledger_.enter(Fate::removed, "state machine", place_.machine());
  return {};
}

// Until then its name is taken, and its executions may still act as its role.
base::Status MeshMachine::wait_until_gone() const {
  for (int look = 0; look < kLooksUntilGone; ++look) {
    WEIR_TRY(auto found, find());
    if (found.is_null()) return {};
    std::this_thread::sleep_for(kBetweenLooks);
  }
  return base::fail(base::Kind::unavailable, "the state machine is being deleted, and is not gone after a minute",
                    "machine");
}

}  // namespace weir::cli
