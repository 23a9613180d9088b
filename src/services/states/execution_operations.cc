#include "services/states/execution_operations.h"

#include "app/executions/executions.h"
#include "app/executions/map_runs.h"
#include "services/states/shapes.h"

namespace weir::services::states {
namespace {

using workflow::Execution;
using workflow::ExecutionStatus;

template <class In>
app::StartRequest request_of(const In& in) {
  app::StartRequest request;
  request.machine_arn = *in.stateMachineArn;
  request.name = in.name;
  request.input = in.input;
  request.trace_header = in.traceHeader.value_or("");
  return request;
}

// What both descriptions tell alike.
template <class Out>
void tell(const app::ShownExecution& shown, bool metadata_only, Out& out) {
  const auto& execution = shown.execution;
  out.executionArn = execution.arn;
  out.stateMachineArn = execution.machine_arn;
  out.name = execution.name;
  out.status = std::string(to_string(execution.status));
  out.startDate = execution.started_at;
  out.stopDate = execution.ended_at;
  bool succeeded = execution.status == ExecutionStatus::succeeded;
  if (!metadata_only) out.input = execution.input.dump();
  out.inputDetails = {.included = !metadata_only};
  if (succeeded && !metadata_only) out.output = execution.output.dump();
  if (succeeded) out.outputDetails = {.included = !metadata_only};
  bool failed = !succeeded && execution.status != ExecutionStatus::running;
  if (failed) out.error = execution.failure.error;
  if (failed) out.cause = execution.failure.cause;
  if (!shown.about.trace_header.empty()) out.traceHeader = shown.about.trace_header;
}

void tell_redrive(const Execution& execution, base::Instant now, w::DescribeExecutionOutput& out) {
  out.redriveCount = static_cast<int32_t>(execution.redrive_count);
  out.redriveDate = execution.redriven_at;
  auto why_not = app::why_not_redrivable(execution, now);
  out.redriveStatus = why_not.empty() ? "REDRIVABLE" : "NOT_REDRIVABLE";
  if (!why_not.empty()) out.redriveStatusReason = why_not;
}

w::ExecutionListItem in_brief(const app::Call& call, const executions::MachineName& machine,
                              const executions::Listed& listed) {
  const auto& region = call.lake().region;
  executions::ExecutionId id{machine.account, machine.name, listed.run};
  w::ExecutionListItem out;
  out.executionArn = executions::execution_arn(region, id);
  out.stateMachineArn = executions::machine_arn(region, {machine.account, machine.name});
  out.name = id.name();
  out.status = std::string(to_string(listed.status));
  out.startDate = listed.started_at;
  out.stopDate = listed.ended_at;
  out.stateMachineVersionArn = listed.version_arn;
  out.stateMachineAliasArn = listed.alias_arn;
  out.redriveCount = static_cast<int32_t>(listed.redrive_count);
  out.redriveDate = listed.redriven_at;
  return out;
}

base::Result<app::ExecutionFilter> filter_of(app::Call& call, const w::ListExecutionsInput& in) {
  if (in.mapRunArn) return app::map_run_absent(call, "ListExecutions", *in.mapRunArn);
  if (!in.stateMachineArn)
    return base::invalid("Must provide either a state machine ARN or a map run ARN", "validation");
  app::ExecutionFilter filter{*in.stateMachineArn, {}, in.statusFilter == "PENDING_REDRIVE", {}};
  if (in.redriveFilter) filter.redriven = in.redriveFilter == "REDRIVEN";
  if (!in.statusFilter || filter.pending_redrive) return filter;
  WEIR_CHECK_OK(from_json(base::Json(*in.statusFilter), filter.status.emplace()));
  return filter;
}

// Payloads of events may be left out.
void drop_payloads(base::Json& details) {
  auto* members = details.as_object();
  if (!members) return;
  std::erase_if(*members, [](auto& member) {
    return member.first == "input" || member.first == "output" || member.first == "parameters";
  });
}

base::Result<w::HistoryEvent> to_wire(const workflow::HistoryEvent& event, bool with_data) {
  w::HistoryEvent out;
  if (!event.details_name.empty()) {
    auto details = event.details;
    if (!with_data) drop_payloads(details);
    auto text = base::Json::object().set(event.details_name, std::move(details)).dump();
    WEIR_CHECK_OK(wire::decode_json(wire::shape_of<w::HistoryEvent>(), text, &out));
  }
  out.id = event.id;
  out.previousEventId = event.previous;
  out.timestamp = event.at;
  out.type = event.type;
  return out;
}

}  // namespace

base::Result<w::StartExecutionOutput> start(app::Call& call, const w::StartExecutionInput& in) {
  WEIR_TRY(auto started, app::start_execution(call, request_of(in)));
  w::StartExecutionOutput out;
  out.executionArn = started.arn;
  out.startDate = started.at;
  return out;
}

base::Result<w::StartSyncExecutionOutput> start_sync(app::Call& call, const w::StartSyncExecutionInput& in) {
  WEIR_TRY(auto shown, app::start_sync_execution(call, request_of(in)));
  w::StartSyncExecutionOutput out;
  tell(shown, in.includedData == "METADATA_ONLY", out);
  auto lasted = shown.execution.ended_at.value_or(shown.execution.started_at) - shown.execution.started_at;
  auto millis = std::chrono::duration_cast<std::chrono::milliseconds>(lasted).count();
  out.billingDetails = {.billedMemoryUsedInMB = 64, .billedDurationInMilliseconds = (millis / 100 + 1) * 100};
  return out;
}

base::Result<w::StopExecutionOutput> stop(app::Call& call, const w::StopExecutionInput& in) {
  WEIR_TRY(auto at, app::stop_execution(call, *in.executionArn, {in.error, in.cause, {}}));
  w::StopExecutionOutput out;
  out.stopDate = at;
  return out;
}

base::Result<w::DescribeExecutionOutput> describe(app::Call& call, const w::DescribeExecutionInput& in) {
  WEIR_TRY(auto shown, app::describe_execution(call, *in.executionArn));
  w::DescribeExecutionOutput out;
  tell(shown, in.includedData == "METADATA_ONLY", out);
  out.stateMachineVersionArn = shown.execution.version_arn;
  out.stateMachineAliasArn = shown.execution.alias_arn;
  tell_redrive(shown.execution, call.now(), out);
  return out;
}

base::Result<w::ListExecutionsOutput> list(app::Call& call, const w::ListExecutionsInput& in) {
  WEIR_TRY(auto filter, filter_of(call, in));
  WEIR_TRY(auto found, app::list_executions(call, filter, page_of(in)));
  WEIR_TRY(auto machine, executions::parse_machine_arn(filter.machine_arn));
  w::ListExecutionsOutput out;
  answer_page(std::move(found), out.executions, out, [&](auto& listed) { return in_brief(call, machine, listed); });
  return out;
}

base::Result<w::GetExecutionHistoryOutput> history(app::Call& call, const w::GetExecutionHistoryInput& in) {
  WEIR_TRY(auto found,
           app::get_execution_history(call, *in.executionArn, in.reverseOrder.value_or(false), page_of(in)));
  w::GetExecutionHistoryOutput out;
  out.events.give();
  for (const auto& event : found.events) {
    WEIR_TRY(auto told, to_wire(event, in.includeExecutionData.value_or(true)));
    out.events.push_back(std::move(told));
  }
  if (!found.next_token.empty()) out.nextToken = found.next_token;
  return out;
}

base::Result<w::RedriveExecutionOutput> redrive(app::Call& call, const w::RedriveExecutionInput& in) {
  WEIR_TRY(auto at, app::redrive_execution(call, *in.executionArn, in.clientToken.value_or("")));
  w::RedriveExecutionOutput out;
  out.redriveDate = at;
  return out;
}

}  // namespace weir::services::states
