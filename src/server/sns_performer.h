// arn:aws:states:::sns:publish, with and without .waitForTaskToken: a message whose text may be any JSON value,
// published as the machine's role.
//
// Threads: any; it holds nothing.
#pragma once
#include "app/executions/task_performer.h"
#include "server/service_list.h"

namespace weir::server {

class SnsPerformer final : public app::TaskPerformer {
 public:
  // Errors are SNS.NameException.
  app::TaskOutcome perform(const app::TaskCall& task) override;

 private:
  ServiceList services_;
};

}  // namespace weir::server
