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
  if (!route || !route->handle || waits || !takes_json(*named)) return no_operation(service, operation);
  auto path = path_of(*named);
  wire::WireRequest request{.method = named->method, .path = path, .body = input};
  auto answer = route->handle(call, request);
  app::Performed out;
  if (answer) {
    out.accepted = true;
    out.notices = call.notices();
    out.answer = std::move(answer->response.body);
    return out;
  }
  if (answer.error().kind == base::Kind::internal) return std::move(answer).error();
  out.code = answer.error().about == wire::kSerialization ? "SerializationException"
                                                          : services_.find(model)->error(answer.error()).code;
  out.message = answer.error().says;
  return out;
}

}  // namespace weir::server
