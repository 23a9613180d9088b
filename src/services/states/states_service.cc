#include "services/states/states_service.h"

#include "services/states/errors.h"
#include "services/states/execution_operations.h"
#include "services/states/machine_operations.h"
#include "services/states/task_operations.h"
#include "services/states/test_operations.h"
#include "services/states/version_operations.h"

namespace weir::services {

const Service& states_service() {
  namespace op = wire::states::op;
  using namespace states;
  static const Route routes[] = {
      write<op::CreateStateMachine, create_machine>(),
      write<op::UpdateStateMachine, update_machine>(),
      write<op::DescribeStateMachine, describe_machine>(),
      write<op::DescribeStateMachineForExecution, describe_machine_for_execution>(),
      write<op::DeleteStateMachine, delete_machine>(),
      read<op::ListStateMachines, list_machines>(),
      write<op::ValidateStateMachineDefinition, validate_machine>(),
      write<op::TestState, test>(),

      write<op::StartExecution, start>(),
      wait<op::StartSyncExecution, start_sync>(),
      write<op::StopExecution, stop>(),
      read<op::DescribeExecution, describe>(),
      write<op::ListExecutions, list>(),
      write<op::GetExecutionHistory, history>(),
      write<op::RedriveExecution, redrive>(),

      write<op::SendTaskSuccess, send_success>(),
      write<op::SendTaskFailure, send_failure>(),
      write<op::SendTaskHeartbeat, send_heartbeat>(),
      write<op::CreateActivity, create_activity>(),
      read<op::DescribeActivity, describe_activity>(),
      write<op::DeleteActivity, delete_activity>(),
      read<op::ListActivities, list_activities>(),
      wait<op::GetActivityTask, get_activity_task>(),

      write<op::PublishStateMachineVersion, publish_version>(),
      read<op::ListStateMachineVersions, list_versions>(),
      write<op::DeleteStateMachineVersion, delete_version>(),
      write<op::CreateStateMachineAlias, create_alias>(),
      write<op::UpdateStateMachineAlias, update_alias>(),
      read<op::DescribeStateMachineAlias, describe_alias>(),
      write<op::DeleteStateMachineAlias, delete_alias>(),
      read<op::ListStateMachineAliases, list_aliases>(),
      write<op::DescribeMapRun, describe_map_run>(),
      read<op::ListMapRuns, list_map_runs>(),
      write<op::UpdateMapRun, update_map_run>(),

      write<op::TagResource, tag_resource>(),
      write<op::UntagResource, untag_resource>(),
      read<op::ListTagsForResource, list_tags>(),
  };
  static const Service service{&wire::states::model(), routes, &states_error};
  return service;
}

}  // namespace weir::services
