// Who carries out which tasks of executions: the one list.
//
// Threads: made before the first task, immutable after.
#pragma once
#include "app/nested_execution.h"
#include "server/sdk_performer.h"

namespace weir::server {

class TaskCrew {
 public:
  TaskCrew() {
    performers_.add("aws-sdk", sdk_);
    performers_.add("states", nested_);
  }
  TaskCrew(const TaskCrew&) = delete;
  TaskCrew& operator=(const TaskCrew&) = delete;
  const app::TaskPerformers& performers() const { return performers_; }

 private:
  SdkPerformer sdk_;
  app::NestedExecutions nested_;
  app::TaskPerformers performers_;
};

}  // namespace weir::server
