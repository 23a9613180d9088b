#include "app/executions/task_performer.h"

namespace weir::app {
namespace {

using workflow::TaskResource;

std::string kind_of(const TaskResource& resource) {
  switch (resource.kind) {
    case TaskResource::Kind::lambda_function: return "lambda";
    case TaskResource::Kind::activity: return "activity";
    case TaskResource::Kind::service: return resource.aws_sdk ? "aws-sdk" : resource.service;
  }
  return "";
}

// Only activities that are not there come this far: the others wait for a worker.
TaskOutcome unserved(const TaskResource& resource) {
  if (resource.kind == TaskResource::Kind::activity)
    return TaskOutcome::fails("States.Runtime", "The activity '" + resource.arn + "' does not exist in this account.",
                              workflow::Event::Stage::starting);
  return TaskOutcome::fails(workflow::kRuntime, "The resource '" + resource.arn + "' is not served here.",
                            workflow::Event::Stage::starting);
}

}  // namespace

TaskOutcome TaskPerformers::perform(const TaskCall& task) const {
  auto found = performers_.find(kind_of(task.task.resource));
  return found == performers_.end() ? unserved(task.task.resource) : found->second->perform(task);
}

}  // namespace weir::app
