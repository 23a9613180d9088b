// Generated from the published service model. A build output: change the generator or the patches.

#include "wire/shelf_operations.h"
#include "wire/zoo_operations.h"

namespace weir::wire {

std::span<const ServiceModel* const> all_services() {
  static const ServiceModel* const services[] = {&zoo::model(), &shelf::model()};
  return services;
}

}  // namespace weir::wire
