// The program's operations by name: a request's JSON goes through the decoding, the validation and the route that
// a request over the wire would take. Operations of services that speak XML take and give what the SDK has for it.
//
// Threads: any.
#pragma once
#include "app/operations.h"
#include "server/service_list.h"

namespace weir::server {

class ServedOperations final : public app::Operations {
 public:
  base::Result<app::Performed> perform(app::Call& call, std::string_view service, std::string_view operation,
                                       std::string_view input) const override;
  app::QueryDesk* queries() const override { return queries_; }
  // Before the first request.
  void set_queries(app::QueryDesk& queries) { queries_ = &queries; }

 private:
  base::Result<app::Performed> perform_on_wire(app::Call& call, const services::Route& route,
                                               std::string_view input) const;
  base::Result<app::Performed> perform_named(app::Call& call, const services::Route& route,
                                             std::string_view input) const;
  ServiceList services_;
  app::QueryDesk* queries_ = nullptr;
};

}  // namespace weir::server
