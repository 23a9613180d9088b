#include "services/states/machine_operations.h"

#include "app/executions/state_machines.h"
#include "app/executions/states_tags.h"
#include "services/states/shapes.h"

namespace weir::services::states {
namespace {

template <class In>
app::MachineSettings settings_of(const In& in) {
  app::MachineSettings out;
  out.definition = in.definition;
  out.role_arn = in.roleArn;
  out.logging = kept(in.loggingConfiguration);
  out.tracing = kept(in.tracingConfiguration);
  out.encryption = kept(in.encryptionConfiguration);
  out.publish = in.publish.value_or(false);
  out.version_description = in.versionDescription;
  return out;
}

std::string type_of(bool express) { return express ? "EXPRESS" : "STANDARD"; }

bool without_data(const std::optional<std::string>& included) { return included == "METADATA_ONLY"; }

// What both descriptions tell alike.
template <class Out>
void describe(const app::ShownMachine& shown, bool metadata_only, Out& out) {
  out.stateMachineArn = shown.arn;
  out.name = shown.machine.name;
  out.roleArn = shown.revision.role_arn;
  if (!metadata_only) out.definition = shown.revision.definition;
  out.loggingConfiguration = given_back<w::LoggingConfiguration>(shown.revision.logging);
  if (!out.loggingConfiguration) out.loggingConfiguration = {.level = "OFF", .includeExecutionData = false};
  out.tracingConfiguration = given_back<w::TracingConfiguration>(shown.revision.tracing);
  if (!out.tracingConfiguration) out.tracingConfiguration = {.enabled = false};
  out.encryptionConfiguration = given_back<w::EncryptionConfiguration>(shown.revision.encryption);
  if (shown.machine.revised) out.revisionId = shown.revision.id;
  if (metadata_only) return;
  for (const auto& [state, variables] : shown.variable_references)
    out.variableReferences[state] = wire::List<std::string>(variables.begin(), variables.end());
}

w::StateMachineListItem in_brief(const std::string& region, const executions::Machine& machine) {
  return {.stateMachineArn = executions::machine_arn(region, {machine.account, machine.name}),
          .name = machine.name,
          .type = type_of(machine.express),
          .creationDate = machine.created_at};
}

w::ValidateStateMachineDefinitionDiagnostic to_wire(const workflow::Diagnostic& diagnostic) {
  bool error = diagnostic.severity == workflow::Diagnostic::Severity::error;
  w::ValidateStateMachineDefinitionDiagnostic out{
      .severity = error ? "ERROR" : "WARNING", .code = diagnostic.code, .message = diagnostic.message, .location = {}};
  if (!diagnostic.location.empty()) out.location = diagnostic.location;
  return out;
}

template <class Out>
void name_version(const app::ChangedMachine& made, const std::string& region, Out& out) {
  if (!made.version) return;
  executions::MachineName name{made.machine.account, made.machine.name, std::to_string(made.version->number)};
  out.stateMachineVersionArn = executions::machine_arn(region, name);
}

}  // namespace

base::Result<w::CreateStateMachineOutput> create_machine(app::Call& call, const w::CreateStateMachineInput& in) {
  app::NewMachine wanted{*in.name, in.type == "EXPRESS", settings_of(in), from_wire(in.tags)};
  WEIR_TRY(auto made, app::create_state_machine(call, wanted));
  w::CreateStateMachineOutput out;
  out.stateMachineArn = made.arn;
  out.creationDate = made.machine.created_at;
  name_version(made, call.lake().region, out);
  return out;
}

base::Result<w::UpdateStateMachineOutput> update_machine(app::Call& call, const w::UpdateStateMachineInput& in) {
  WEIR_TRY(auto changed, app::update_state_machine(call, *in.stateMachineArn, settings_of(in)));
  w::UpdateStateMachineOutput out;
  out.updateDate = changed.machine.updated_at;
  out.revisionId = changed.machine.revision_id;
  name_version(changed, call.lake().region, out);
  return out;
}

base::Result<w::DescribeStateMachineOutput> describe_machine(app::Call& call, const w::DescribeStateMachineInput& in) {
  WEIR_TRY(auto shown, app::describe_state_machine(call, *in.stateMachineArn));
  w::DescribeStateMachineOutput out;
  describe(shown, without_data(in.includedData), out);
  out.status = shown.machine.deleting ? "DELETING" : "ACTIVE";
  out.type = type_of(shown.machine.express);
  out.creationDate = shown.version ? shown.version->created_at : shown.machine.created_at;
  if (!shown.version) return out;
  out.revisionId = shown.revision.id;
  if (!shown.version->description.empty()) out.description = shown.version->description;
  return out;
}

base::Result<w::DescribeStateMachineForExecutionOutput> describe_machine_for_execution(
    app::Call& call, const w::DescribeStateMachineForExecutionInput& in) {
  WEIR_TRY(auto shown, app::describe_state_machine_for_execution(call, *in.executionArn));
  w::DescribeStateMachineForExecutionOutput out;
  describe(shown, without_data(in.includedData), out);
  out.updateDate = shown.machine.updated_at;
  return out;
}

base::Result<w::DeleteStateMachineOutput> delete_machine(app::Call& call, const w::DeleteStateMachineInput& in) {
  return answered<w::DeleteStateMachineOutput>(app::delete_state_machine(call, *in.stateMachineArn));
}

base::Result<w::ListStateMachinesOutput> list_machines(app::Call& call, const w::ListStateMachinesInput& in) {
  WEIR_TRY(auto found, app::list_state_machines(call, page_of(in)));
  w::ListStateMachinesOutput out;
  const auto& region = call.lake().region;
  answer_page(std::move(found), out.stateMachines, out, [&](auto& machine) { return in_brief(region, machine); });
  return out;
}

base::Result<w::ValidateStateMachineDefinitionOutput> validate_machine(
    app::Call& call, const w::ValidateStateMachineDefinitionInput& in) {
  auto most = in.maxResults && *in.maxResults > 0 ? static_cast<size_t>(*in.maxResults) : app::kStatesPageDefault;
  WEIR_TRY(auto said,
           app::validate_definition(call, *in.definition, in.type == "EXPRESS", in.severity == "WARNING", most));
  w::ValidateStateMachineDefinitionOutput out;
  out.result = said.accepted ? "OK" : "FAIL";
  out.diagnostics.give();
  for (const auto& diagnostic : said.diagnostics) out.diagnostics.push_back(to_wire(diagnostic));
  if (said.truncated) out.truncated = true;
  return out;
}

base::Result<w::TagResourceOutput> tag_resource(app::Call& call, const w::TagResourceInput& in) {
  return answered<w::TagResourceOutput>(app::tag_states_resource(call, *in.resourceArn, from_wire(in.tags)));
}

base::Result<w::UntagResourceOutput> untag_resource(app::Call& call, const w::UntagResourceInput& in) {
  return answered<w::UntagResourceOutput>(app::untag_states_resource(call, *in.resourceArn, in.tagKeys.items()));
}

base::Result<w::ListTagsForResourceOutput> list_tags(app::Call& call, const w::ListTagsForResourceInput& in) {
  WEIR_TRY(auto tags, app::list_states_tags(call, *in.resourceArn));
  w::ListTagsForResourceOutput out;
  out.tags = states::to_wire(tags);
  return out;
}

}  // namespace weir::services::states
