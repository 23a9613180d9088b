#include "app/executions/sdk_metadata.h"

namespace weir::app {

using base::Json;

void add_sdk_metadata(Json& answer, int status, const std::string& request_id, const Json& headers) {
  auto all = Json::object(), single = Json::object();
  auto add = [&](const std::string& name, const Json& value) {
    all.set(name, Json::array().push(value));
    single.set(name, value);
  };
  add("x-amzn-RequestId", request_id);
  for (const auto& [name, value] : *headers.as_object()) add(name, value);
  auto http = Json::object().set("AllHttpHeaders", std::move(all)).set("HttpHeaders", std::move(single));
  answer.set("SdkHttpMetadata", http.set("HttpStatusCode", status));
  answer.set("SdkResponseMetadata", Json::object().set("RequestId", request_id));
}

std::string sdk_cause(std::string_view says, std::string_view service, int status, std::string_view request_id) {
  return std::string(says) + " (Service: " + std::string(service) + ", Status Code: " + std::to_string(status) +
         ", Request ID: " + std::string(request_id) + ")";
}

}  // namespace weir::app
