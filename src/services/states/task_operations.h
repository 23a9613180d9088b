// Task tokens and activities.
#pragma once
#include "app/call.h"
#include "wire/states_operations.h"

namespace weir::services::states {

namespace w = wire::states;

base::Result<w::SendTaskSuccessOutput> send_success(app::Call& call, const w::SendTaskSuccessInput& in);
base::Result<w::SendTaskFailureOutput> send_failure(app::Call& call, const w::SendTaskFailureInput& in);
base::Result<w::SendTaskHeartbeatOutput> send_heartbeat(app::Call& call, const w::SendTaskHeartbeatInput& in);

base::Result<w::CreateActivityOutput> create_activity(app::Call& call, const w::CreateActivityInput& in);
base::Result<w::DescribeActivityOutput> describe_activity(app::Call& call, const w::DescribeActivityInput& in);
base::Result<w::DeleteActivityOutput> delete_activity(app::Call& call, const w::DeleteActivityInput& in);
base::Result<w::ListActivitiesOutput> list_activities(app::Call& call, const w::ListActivitiesInput& in);
base::Result<w::GetActivityTaskOutput> get_activity_task(app::Call& call, const w::GetActivityTaskInput& in);

}  // namespace weir::services::states
