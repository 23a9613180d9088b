#include "server/service_list.h"

#include "services/cloudtrail/cloudtrail_service.h"
#include "services/cognito_identity/cognito_identity_service.h"
#include "services/cognito_idp/cognito_idp_service.h"
#include "services/events/events_service.h"
#include "services/glue/glue_service.h"
#include "services/iam/iam_service.h"
#include "services/lakeformation/lakeformation_service.h"
#include "services/organizations/organizations_service.h"
#include "services/ram/ram_service.h"
#include "services/s3/s3_service.h"
#include "services/sns/sns_service.h"
#include "services/states/states_service.h"
#include "services/sts/sts_service.h"
#include "services/weir/weir_service.h"

namespace weir::server {

ServiceList::ServiceList() {
  for (const auto* service :
       {&services::glue_service(), &services::lakeformation_service(), &services::sts_service(),
        &services::iam_service(), &services::organizations_service(), &services::ram_service(), &services::s3_service(),
        &services::sns_service(), &services::cloudtrail_service(), &services::states_service(),
        &services::events_service(), &services::cognito_idp_service(), &services::cognito_identity_service(),
        &services::weir_service()}) {
    services_.emplace(service->model, service);
    for (const auto& route : service->routes) routes_.emplace(route.operation, &route);
  }
}

const services::Service* ServiceList::find(const wire::ServiceModel* model) const {
  auto found = services_.find(model);
  return found == services_.end() ? nullptr : found->second;
}

const services::Route* ServiceList::find(const wire::Operation* operation) const {
  auto found = routes_.find(operation);
  return found == routes_.end() ? nullptr : found->second;
}

}  // namespace weir::server
