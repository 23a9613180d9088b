// The services and operations Weir serves, as generated tables.
#pragma once
#include <span>
#include <string_view>

#include "wire/shape.h"

namespace weir::wire {

enum class Protocol : uint8_t { aws_json, query, rest_json, rest_xml };

struct ServiceModel;

struct ErrorShape {
  std::string_view name{};  // the shape's name: the code of the JSON protocols
  std::string_view code{};  // the code of the query protocol
  int http_status = 0;      // 0: the model does not say
  bool sender_fault = true;
};

// One segment of a request path: literal text or a label bound to the member of that wire name.
struct UriPart {
  std::string_view text{};
  bool label = false;
  bool greedy = false;  // takes the rest of the path, slashes included
};

// A query parameter that is part of the operation's address. An empty value means presence.
struct QueryPart {
  std::string_view name{};
  std::string_view value{};
};

struct Operation {
  std::string_view name{};
  const ServiceModel* service = nullptr;
  std::string_view method{};
  std::span<const UriPart> path{};
  std::span<const QueryPart> query{};
  const Shape* input = nullptr;
  const Shape* output = nullptr;
  int success_status = 200;
  std::span<const ErrorShape* const> errors{};
  std::string_view streaming_input{};   // the member whose bytes are the request body; not in the struct
  std::string_view streaming_output{};  // the member whose bytes are the response body; not in the struct
  std::string_view result_wrapper{};    // query
  std::string_view input_root{};        // XML root element of the request, when the model names one
  std::string_view host_prefix{};
  bool idempotent = false;
  bool checksum_required = false;
};

struct ServiceModel {
  std::string_view name{};  // glue, lakeformation, ...: also the namespace of its types
  std::string_view signing_name{};
  std::string_view endpoint_prefix{};
  Protocol protocol = Protocol::aws_json;
  std::string_view api_version{};
  std::string_view json_version{};
  std::string_view target_prefix{};
  std::string_view xml_namespace{};
  std::span<const Operation> operations{};
  std::span<const std::string_view> unserved{};          // operations AWS has and Weir does not
  std::span<const std::string_view> unserved_queries{};  // query parameters that only address those
  std::span<const ErrorShape> errors{};                  // those the served operations list, by name
};

std::span<const ServiceModel* const> all_services();

const ServiceModel* find_service(std::string_view name);
const ServiceModel* find_service_by_signing_name(std::string_view signing_name);
const Operation* find_operation(const ServiceModel& service, std::string_view name);
const ErrorShape* find_error(const ServiceModel& service, std::string_view code);

}  // namespace weir::wire
