// Service-linked roles: made for a service, removed when the service no longer needs them.
//
// Removing is a task, as on AWS; ours is done when the call returns, and remembered for who asks about it.
#pragma once
#include <string>

#include "app/iam/iam_roles.h"

namespace weir::app {

base::Result<ShownRole> create_service_linked_role(Call& call, const std::string& service,
                                                   const std::string& description);

// The id of the task.
base::Result<std::string> delete_service_linked_role(Call& call, const std::string& name);

struct DeletionTask {
  std::string id;
  std::string status;  // SUCCEEDED or FAILED
  std::string reason;
  std::string resource;  // one that still uses the role
};
WEIR_RECORD(DeletionTask, FIELD("Id", &DeletionTask::id), FIELD("Status", &DeletionTask::status),
            FIELD("Reason", &DeletionTask::reason), FIELD("Resource", &DeletionTask::resource))

base::Result<DeletionTask> get_deletion_task(Call& call, const std::string& id);

}  // namespace weir::app
