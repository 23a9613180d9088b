#include "cli/mesh_machine.h"

#include "cli/mesh_mark.h"

namespace weir::cli {
namespace {

using base::Json;

constexpr std::string_view kService = "states";

bool is_definition(const Json& found, const Json& definition) {
  auto there = base::parse_json(found.text("definition"));
  return there.ok() && *there == definition;
}

}  // namespace

base::Result<Json> MeshMachine::find() const { return find_machine(api_, place_.machine()); }

base::Status MeshMachine::check_there() const {
  WEIR_TRY(auto found, find());
  if (!found.is_null()) return {};
  return base::fail(base::Kind::not_found,
                    "there is no state machine " + place_.machine() + " yet: run weir mesh deploy-central first",
                    "machine");
}

base::Result<bool> MeshMachine::is_ours() const {
  WEIR_TRY(auto mark, machine_tag(api_, place_.machine(), kMark));
  return mark == kCentral;
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

base::Status MeshMachine::remove(const Json& definition, MachineRemoval also) {
  WEIR_TRY(auto found, find());
  if (found.is_null()) {
    ledger_.enter(Fate::absent, "state machine", place_.machine());
    return {};
  }
  WEIR_TRY(bool ours, is_ours());
  return remove_machine(api_, ledger_, {place_.machine(), ours, is_definition(found, definition)}, also);
}

}  // namespace weir::cli
