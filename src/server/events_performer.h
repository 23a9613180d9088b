// arn:aws:states:::events:putEvents, with and without .waitForTaskToken: events whose details may be any JSON object,
// put on the bus as the machine's role. The execution's ARN is among their resources.
//
// Threads: any; it holds nothing.
#pragma once
#include "app/executions/task_performer.h"
#include "server/service_list.h"

namespace weir::server {

class EventsPerformer final : public app::TaskPerformer {
 public:
  // EventBridge.FailedEntry when an entry was refused, with the whole answer as its cause; otherwise
  // EventBridge.NameException.
  app::TaskOutcome perform(const app::TaskCall& task) override;

 private:
  ServiceList services_;
};

}  // namespace weir::server
