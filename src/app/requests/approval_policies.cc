#include "app/requests/approval_policies.h"

#include <algorithm>

#include "app/executions/state_machines.h"
#include "app/executions/states_tags.h"
#include "app/permissions/data_lake_settings.h"
#include "base/hash.h"
#include "requests/request_records.h"
#include "requests/template.h"

namespace weir::app {
namespace {

constexpr std::string_view kDefaultDocument = R"({"Version":"2026-11-01"})";
constexpr std::string_view kDefaultMachine = "DataLakeApprovalWorkflow";
constexpr std::string_view kTemplatePrefix = "weir-access-";
constexpr std::string_view kMadeBy = "weir:made-by", kMadeByPolicy = "policy:";

Ask policy_ask(const Call& call, std::string_view action) {
  const auto& account = call.caller().account();
  return {std::string(action), "arn:aws:weir:" + call.lake().region + ":" + account + ":approval-policy", account};
}

std::string machine_of(const std::string& region, const std::string& account, std::string name) {
  return executions::machine_arn(region, {account, std::move(name)});
}

std::string template_machine(const std::string& region, const std::string& account, const std::string& template_name) {
  return machine_of(region, account, std::string(kTemplatePrefix) + template_name);
}

// As it is now; none of a machine that is not there.
base::Result<std::optional<executions::Revision>> revision_of(Call& call, store::Transaction& tx,
                                                              const std::string& machine_arn) {
  WEIR_TRY(auto name, executions::parse_machine_arn(machine_arn));
  auto records = machine_records(call, tx);
  WEIR_TRY(auto machine, records.find(name));
  if (!machine) return std::optional<executions::Revision>();
  WEIR_TRY(auto revision, records.revision(name.account, machine->revision_id));
  return std::optional(std::move(revision));
}

// Who made the machine, and with which definition: whoever cleans up knows one that somebody changed.
identity::Tags mark_of(std::string_view definition) {
  return {{std::string(kMadeBy), std::string(kMadeByPolicy) + base::sha256_hex(definition)}};
}

bool is_marked(const identity::Tags& tags) {
  return std::ranges::any_of(
      tags, [](const auto& tag) { return tag.key == kMadeBy && tag.value.starts_with(kMadeByPolicy); });
}

// A machine that no policy made, or that was taken over by taking the mark away, is not changed.
base::Status check_own_machine(Call& call, store::Transaction& tx, const requests::MachineTemplate& wanted,
                               const std::string& role) {
  auto arn = template_machine(call.lake().region, call.caller().account(), std::string(wanted.name));
  WEIR_TRY(auto there, revision_of(call, tx, arn));
  if (!there || (there->definition == wanted.definition && there->role_arn == role)) return {};
  WEIR_TRY(auto tags, states_tags(tx, arn));
  if (is_marked(tags)) return {};
  return base::conflict(
      "State machine " + arn +
          " has the name of a template's machine and was not made by an "
          "approval policy, which would put the template over it: delete it, or name it as StateMachineArn.",
      "policy");
}

base::Result<const requests::MachineTemplate*> template_there(const std::string& name) {
  const auto* found = requests::find_template(name);
  if (!found) return base::internal("policy: a template that is not there was let through");
  return found;
}

base::Status check_own_machines(Call& call, const requests::ApprovalPolicy& policy) {
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  for (const auto& name : policy.templates()) {
    WEIR_TRY(const auto* wanted, template_there(name));
    WEIR_CHECK_OK(check_own_machine(call, *tx, *wanted, policy.role));
  }
  return {};
}

base::Result<std::string> role_of(Call& call, const std::string& machine_arn) {
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto there, revision_of(call, *tx, machine_arn));
  return there ? there->role_arn : std::string();
}

// As AWS has it, making a machine again with another role finds the one that is there: that one is changed then.
base::Result<std::string> make_machine(Call& call, const std::string& template_name, const std::string& role) {
  WEIR_TRY(const auto* found, template_there(template_name));
  MachineSettings settings;
  settings.definition = std::string(found->definition);
  settings.role_arn = role;
  auto mark = mark_of(found->definition);
  auto name = std::string(kTemplatePrefix) + template_name;
  auto arn = template_machine(call.lake().region, call.caller().account(), template_name);
  auto made = create_state_machine(call, {name, false, settings, mark});
  if (!made.ok() && made.error().kind != base::Kind::already_exists) return std::move(made).error();
  WEIR_TRY(auto acts_as, role_of(call, arn));
  if (made.ok() && acts_as == role) return arn;
  WEIR_CHECK_OK(update_state_machine(call, arn, settings));
  WEIR_CHECK_OK(tag_states_resource(call, arn, mark));
  return arn;
}

base::Status check_named_machine(Call& call, const std::string& arn) {
  if (arn.empty()) return {};
  auto machine = executions::parse_machine_arn(arn);
  if (!machine.ok() || machine->account != call.caller().account())
    return base::invalid("StateMachineArn is not the ARN of a state machine of this account.", "policy");
  return call.authorize(states_ask("StartExecution", arn, machine->account));
}

base::Status authorize_setting(Call& call) {
  return call.authorize(policy_ask(call, "weir:PutApprovalPolicy"),
                        [&] { return administrator_gate(call, call.caller().account()); });
}

base::Status check_version(int64_t there, std::optional<int64_t> expected) {
  if (!expected || *expected == there) return {};
  return base::conflict("Version " + std::to_string(there) + " is in force, not " + std::to_string(*expected) + ".",
                        "policy");
}

}  // namespace

base::Result<PolicyInForce> policy_in_force(store::Transaction& tx, std::string_view account) {
  WEIR_TRY(auto stored, requests::find_policy(tx, account));
  PolicyInForce out;
  out.document = stored ? stored->document : std::string(kDefaultDocument);
  if (stored) {
    out.version = stored->version;
    out.by = stored->by;
    out.at = stored->at;
  }
  WEIR_TRY(out.policy, requests::parse_approval_policy(out.document));
  return out;
}

base::Result<PutPolicy> put_approval_policy(Call& call, const std::string& document,
                                            std::optional<int64_t> expected_version) {
  const auto& account = call.caller().account();
  WEIR_CHECK_OK(authorize_setting(call));
  WEIR_TRY(auto policy, requests::parse_approval_policy(document));
  WEIR_CHECK_OK(check_named_machine(call, policy.state_machine));
  WEIR_CHECK_OK(check_own_machines(call, policy));
  PutPolicy out;
  for (const auto& name : policy.templates()) {
    WEIR_TRY(auto arn, make_machine(call, name, policy.role));
    out.machines.push_back(std::move(arn));
  }
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto before, requests::find_policy(tx, account));
    auto there = before ? before->version : 0;
    WEIR_CHECK_OK(check_version(there, expected_version));
    out.version = there + 1;
    return requests::put_policy(tx, account, {document, out.version, call.caller().arn(), call.now()});
  }));
  return out;
}

base::Result<requests::ApprovalPolicy> policy_on_trial(Call& call, std::string_view account,
                                                       const std::string& document) {
  if (account != call.caller().account())
    return base::invalid("A policy is tried on the catalog of one's own account.", "policy");
  WEIR_CHECK_OK(authorize_setting(call));
  return requests::parse_approval_policy(document);
}

base::Result<PolicyInForce> get_approval_policy(Call& call) {
  WEIR_CHECK_OK(call.authorize(policy_ask(call, "weir:GetApprovalPolicy")));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return policy_in_force(*tx, call.caller().account());
}

std::string machine_for(const requests::ApprovalPolicy& policy, const requests::PolicyOutcome& outcome,
                        const std::string& region, const std::string& account) {
  if (!outcome.machine_template.empty()) return template_machine(region, account, outcome.machine_template);
  if (!policy.state_machine.empty()) return policy.state_machine;
  if (!policy.machine_template.empty()) return template_machine(region, account, policy.machine_template);
  return machine_of(region, account, std::string(kDefaultMachine));
}

}  // namespace weir::app
