#include "services/states/version_operations.h"

#include "app/executions/map_runs.h"
#include "app/executions/state_machine_versions.h"
#include "services/states/shapes.h"

namespace weir::services::states {
namespace {

app::WantedRoutes routes_of(const wire::List<w::RoutingConfigurationListItem>& items) {
  app::WantedRoutes out;
  for (const auto& item : items) out.emplace_back(*item.stateMachineVersionArn, *item.weight);
  return out;
}

}  // namespace

base::Result<w::PublishStateMachineVersionOutput> publish_version(app::Call& call,
                                                                  const w::PublishStateMachineVersionInput& in) {
  WEIR_TRY(auto made, app::publish_state_machine_version(call, *in.stateMachineArn, in.revisionId.value_or(""),
                                                         in.description.value_or("")));
  w::PublishStateMachineVersionOutput out;
  out.stateMachineVersionArn = made.arn;
  out.creationDate = made.version.created_at;
  return out;
}

base::Result<w::ListStateMachineVersionsOutput> list_versions(app::Call& call,
                                                              const w::ListStateMachineVersionsInput& in) {
  WEIR_TRY(auto found, app::list_state_machine_versions(call, *in.stateMachineArn, page_of(in)));
  w::ListStateMachineVersionsOutput out;
  answer_page(std::move(found), out.stateMachineVersions, out, [](const app::ShownVersion& shown) {
    return w::StateMachineVersionListItem{.stateMachineVersionArn = shown.arn,
                                          .creationDate = shown.version.created_at};
  });
  return out;
}

base::Result<w::DeleteStateMachineVersionOutput> delete_version(app::Call& call,
                                                                const w::DeleteStateMachineVersionInput& in) {
  return answered<w::DeleteStateMachineVersionOutput>(
      app::delete_state_machine_version(call, *in.stateMachineVersionArn));
}

base::Result<w::CreateStateMachineAliasOutput> create_alias(app::Call& call,
                                                            const w::CreateStateMachineAliasInput& in) {
  WEIR_TRY(auto made, app::create_state_machine_alias(call, *in.name, in.description.value_or(""),
                                                      routes_of(in.routingConfiguration)));
  w::CreateStateMachineAliasOutput out;
  out.stateMachineAliasArn = made.arn;
  out.creationDate = made.alias.created_at;
  return out;
}

base::Result<w::UpdateStateMachineAliasOutput> update_alias(app::Call& call,
                                                            const w::UpdateStateMachineAliasInput& in) {
  std::optional<app::WantedRoutes> routes;
  if (in.routingConfiguration.given()) routes = routes_of(in.routingConfiguration);
  WEIR_TRY(auto changed, app::update_state_machine_alias(call, *in.stateMachineAliasArn, in.description, routes));
  w::UpdateStateMachineAliasOutput out;
  out.updateDate = changed.alias.updated_at;
  return out;
}

base::Result<w::DescribeStateMachineAliasOutput> describe_alias(app::Call& call,
                                                                const w::DescribeStateMachineAliasInput& in) {
  WEIR_TRY(auto shown, app::describe_state_machine_alias(call, *in.stateMachineAliasArn));
  w::DescribeStateMachineAliasOutput out;
  out.stateMachineAliasArn = shown.arn;
  out.name = shown.alias.name;
  if (!shown.alias.description.empty()) out.description = shown.alias.description;
  for (const auto& [arn, weight] : shown.routes)
    out.routingConfiguration.push_back({.stateMachineVersionArn = arn, .weight = static_cast<int32_t>(weight)});
  out.creationDate = shown.alias.created_at;
  out.updateDate = shown.alias.updated_at;
  return out;
}

base::Result<w::DeleteStateMachineAliasOutput> delete_alias(app::Call& call,
                                                            const w::DeleteStateMachineAliasInput& in) {
  return answered<w::DeleteStateMachineAliasOutput>(app::delete_state_machine_alias(call, *in.stateMachineAliasArn));
}

base::Result<w::ListStateMachineAliasesOutput> list_aliases(app::Call& call,
                                                            const w::ListStateMachineAliasesInput& in) {
  WEIR_TRY(auto found, app::list_state_machine_aliases(call, *in.stateMachineArn, page_of(in)));
  w::ListStateMachineAliasesOutput out;
  answer_page(std::move(found), out.stateMachineAliases, out, [](const app::ShownAlias& shown) {
    return w::StateMachineAliasListItem{.stateMachineAliasArn = shown.arn, .creationDate = shown.alias.created_at};
  });
  return out;
}

base::Result<w::DescribeMapRunOutput> describe_map_run(app::Call& call, const w::DescribeMapRunInput& in) {
  return app::map_run_absent(call, "DescribeMapRun", *in.mapRunArn);
}

base::Result<w::ListMapRunsOutput> list_map_runs(app::Call& call, const w::ListMapRunsInput& in) {
  WEIR_CHECK_OK(app::list_map_runs(call, *in.executionArn));
  w::ListMapRunsOutput out;
  out.mapRuns.give();
  return out;
}

base::Result<w::UpdateMapRunOutput> update_map_run(app::Call& call, const w::UpdateMapRunInput& in) {
  return app::map_run_absent(call, "UpdateMapRun", *in.mapRunArn);
}

}  // namespace weir::services::states
