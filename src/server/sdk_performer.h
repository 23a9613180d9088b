// arn:aws:states:::aws-sdk:SERVICE:OPERATION for every operation this program serves: called in process, by the
// function that serves it over the wire, as the machine's role.
//
// Parameters and results are spelt as an SDK spells them (wire/sdk_json.h). An error is SERVICE.NameException as the
// SDK for Java names it; SERVICE.SERVICEException where the service's model does not name it.
//
// Threads: any; it holds nothing.
#pragma once
#include "app/executions/task_performer.h"
#include "server/service_list.h"

namespace weir::server {

class SdkPerformer final : public app::TaskPerformer {
 public:
  app::TaskOutcome perform(const app::TaskCall& task) override;

 private:
  ServiceList services_;
};

// AWSOrganizationsNotInUseException -> AwsOrganizationsNotInUseException; NoSuchEntity -> NoSuchEntityException
std::string sdk_exception_name(std::string_view code);

// How a task fails whose operation was refused: `title`.NameException.
app::TaskOutcome sdk_refusal(const services::Service& service, const std::string& title, const base::Error& error,
                             const std::string& request_id);

}  // namespace weir::server
