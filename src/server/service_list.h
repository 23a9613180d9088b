// The services this program is made of: the one list. Everything else asks it.
#pragma once
#include <unordered_map>

#include "services/service.h"

namespace weir::server {

class ServiceList {
 public:
  ServiceList();
  const services::Service* find(const wire::ServiceModel* model) const;
  const services::Route* find(const wire::Operation* operation) const;

 private:
  std::unordered_map<const wire::ServiceModel*, const services::Service*> services_;
  std::unordered_map<const wire::Operation*, const services::Route*> routes_;
};

}  // namespace weir::server
