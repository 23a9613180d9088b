#include "wire/operation.h"

#include <algorithm>

namespace weir::wire {

const ServiceModel* find_service(std::string_view name) {
  auto all = all_services();
  auto at = std::ranges::find(all, name, &ServiceModel::name);
  return at == all.end() ? nullptr : *at;
}

const ServiceModel* find_service_by_signing_name(std::string_view signing_name) {
  auto all = all_services();
  auto at = std::ranges::find(all, signing_name, &ServiceModel::signing_name);
  return at == all.end() ? nullptr : *at;
}

const Operation* find_operation(const ServiceModel& service, std::string_view name) {
  auto at = std::ranges::find(service.operations, name, &Operation::name);
  return at == service.operations.end() ? nullptr : &*at;
}

const ErrorShape* find_error(const ServiceModel& service, std::string_view code) {
  auto at = std::ranges::find_if(service.errors, [&](auto& error) { return error.name == code || error.code == code; });
  return at == service.errors.end() ? nullptr : &*at;
}

}  // namespace weir::wire
