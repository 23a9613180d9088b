#include "services/states/task_operations.h"

#include "app/executions/activities.h"
#include "app/executions/task_tokens.h"
#include "services/states/shapes.h"

namespace weir::services::states {
namespace {

template <class Out>
Out in_brief(std::string arn, const executions::Activity& activity) {
  Out out;
  out.activityArn = std::move(arn);
  out.name = activity.name;
  out.creationDate = activity.created_at;
  return out;
}

}  // namespace

base::Result<w::SendTaskSuccessOutput> send_success(app::Call& call, const w::SendTaskSuccessInput& in) {
  return answered<w::SendTaskSuccessOutput>(app::send_task_success(call, *in.taskToken, *in.output));
}

base::Result<w::SendTaskFailureOutput> send_failure(app::Call& call, const w::SendTaskFailureInput& in) {
  return answered<w::SendTaskFailureOutput>(app::send_task_failure(call, *in.taskToken, {in.error, in.cause, {}}));
}

base::Result<w::SendTaskHeartbeatOutput> send_heartbeat(app::Call& call, const w::SendTaskHeartbeatInput& in) {
  return answered<w::SendTaskHeartbeatOutput>(app::send_task_heartbeat(call, *in.taskToken));
}

base::Result<w::CreateActivityOutput> create_activity(app::Call& call, const w::CreateActivityInput& in) {
  if (in.encryptionConfiguration && in.encryptionConfiguration->type == "CUSTOMER_MANAGED_KMS_KEY")
    return base::invalid("Invalid Encryption Configuration: 'Only AWS_OWNED_KEY is offered'", "encryption");
  WEIR_TRY(auto made, app::create_activity(call, *in.name, from_wire(in.tags)));
  w::CreateActivityOutput out;
  out.activityArn = made.arn;
  out.creationDate = made.activity.created_at;
  return out;
}

base::Result<w::DescribeActivityOutput> describe_activity(app::Call& call, const w::DescribeActivityInput& in) {
  WEIR_TRY(auto shown, app::describe_activity(call, *in.activityArn));
  return in_brief<w::DescribeActivityOutput>(std::move(shown.arn), shown.activity);
}

base::Result<w::DeleteActivityOutput> delete_activity(app::Call& call, const w::DeleteActivityInput& in) {
  return answered<w::DeleteActivityOutput>(app::delete_activity(call, *in.activityArn));
}

base::Result<w::ListActivitiesOutput> list_activities(app::Call& call, const w::ListActivitiesInput& in) {
  WEIR_TRY(auto found, app::list_activities(call, page_of(in)));
  w::ListActivitiesOutput out;
  answer_page(std::move(found), out.activities, out, [&](const executions::Activity& activity) {
    return in_brief<w::ActivityListItem>(
        executions::activity_arn(call.lake().region, {activity.account, activity.name}), activity);
  });
  return out;
}

base::Result<w::GetActivityTaskOutput> get_activity_task(app::Call& call, const w::GetActivityTaskInput& in) {
  WEIR_TRY(auto taken, app::get_activity_task(call, *in.activityArn, in.workerName.value_or("")));
  w::GetActivityTaskOutput out;
  if (!taken) return out;
  out.taskToken = std::move(taken->token);
  out.input = taken->input.dump();
  return out;
}

}  // namespace weir::services::states
