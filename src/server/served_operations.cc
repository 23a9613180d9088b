#include "server/served_operations.h"

#include "wire/faults.h"
#include "wire/operation.h"

namespace weir::server {
namespace {

base::Error no_operation(std::string_view service, std::string_view operation) {
  return base::invalid("There is no operation " + std::string(service.substr(0, 64)) + ":" +
                           std::string(operation.substr(0, 128)) + " here that takes JSON.",
                       "operation");
}

bool takes_json(const wire::Operation& operation) {
  auto protocol = operation.service->protocol;
  return protocol == wire::Protocol::aws_json || protocol == wire::Protocol::rest_json;
}

base::Result<app::Performed> answered(const services::Service& service, const base::Error& error) {
  if (error.kind == base::Kind::internal) return error;
  app::Performed out;
  out.code = error.about == wire::kSerialization ? "SerializationException" : service.error(error).code;
  out.message = error.says;
  return out;
}

std::string path_of(const wire::Operation& operation) {
  std::string path;
  for (const auto& part : operation.path) path += "/" + std::string(part.text);
  return path.empty() ? "/" : path;
}

}  // namespace

base::Result<app::Performed> ServedOperations::perform(app::Call& call, std::string_view service,
                                                       std::string_view operation, std::string_view input) const {
  const auto* model = wire::find_service(service);
  const auto* named = model ? wire::find_operation(*model, operation) : nullptr;
  const auto* route = named ? services_.find(named) : nullptr;
  // What waits for others to do something would wait in vain.
  bool waits = route && route->runs == services::Runs::patient;
  if (!route || !route->handle || waits) return no_operation(service, operation);
  return takes_json(*named) ? perform_on_wire(call, *route, input) : perform_named(call, *route, input);
}

base::Result<app::Performed> ServedOperations::perform_on_wire(app::Call& call, const services::Route& route,
                                                               std::string_view input) const {
  auto path = path_of(*route.operation);
  wire::WireRequest request{.method = route.operation->method, .path = path, .body = input};
  auto answer = route.handle(call, request);
  if (!answer) return answered(*services_.find(route.operation->service), answer.error());
  return app::Performed{.accepted = true,
                        .answer = std::move(answer->response.body),
                        .code = {},
                        .message = {},
                        .notices = call.notices()};
}

// Services that speak XML over the wire.
base::Result<app::Performed> ServedOperations::perform_named(app::Call& call, const services::Route& route,
                                                             std::string_view input) const {
  if (!route.handle_named) return no_operation(route.operation->service->name, route.operation->name);
  WEIR_TRY(auto json, base::parse_json(input));
  auto answer = route.handle_named(call, json, {});
  if (!answer.ok()) return answered(*services_.find(route.operation->service), answer.error());
  return app::Performed{
      .accepted = true, .answer = answer->dump(), .code = {}, .message = {}, .notices = call.notices()};
}

}  // namespace weir::server
