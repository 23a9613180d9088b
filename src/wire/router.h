// Which service and operation a request is for.
//
// One port serves all services. The order: X-Amz-Target, the form's Action, the service of the credential scope, the
// host, a REST path; S3 is where everything else falls. Immutable after construction; any thread.
//
// INVARIANT: a Route has either an operation or a refusal.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "wire/codec.h"

namespace weir::wire {

struct RouteRequest {
  std::string_view method;
  std::string_view target;  // raw: path and query
  std::span<const HeaderField> headers;
  std::string_view credential_service{};  // of the signature's scope; empty when unsigned
  std::string_view body{};                // looked at only when it is a form
};

struct RouteRefusal {
  std::string code;
  int status = 400;
  std::string message;
};

struct Route {
  const ServiceModel* service = nullptr;  // may be known although the operation is not
  const Operation* operation = nullptr;
  Protocol protocol = Protocol::rest_xml;  // what an answer must speak
  std::optional<RouteRefusal> refusal;
  std::string named;   // what the caller asked for, for the log: "glue:StartCrawler", "s3:GET ?acl"
  std::string bucket;  // S3
  std::string key;     // S3, decoded
};

class Router {
 public:
  // `domains` are the host names under which the server is reached: bucket.<domain> and <service>.<domain> count.
  explicit Router(std::vector<std::string> domains);

  Route route(const RouteRequest& request) const;
  // True for a form that names its operation in its body: without the body it could only be refused.
  static bool needs_body(const RouteRequest& request);

 private:
  struct Host {
    const ServiceModel* service = nullptr;
    std::string_view bucket{};
  };
  struct Parts;

  Host read_host(std::string_view host) const;
  std::optional<std::string_view> below_domain(std::string_view host) const;
  const ServiceModel* service_of(const Parts& parts) const;
  const ServiceModel* query_service(const Parts& parts, std::string_view action) const;
  const Operation* find(const ServiceModel& service, std::string_view name) const;
  Route by_target(const Parts& parts, std::string_view target) const;
  Route by_action(const Parts& parts, const std::string& action) const;
  Route by_rest_path(const Parts& parts, const ServiceModel& service) const;
  Route by_s3_address(const Parts& parts) const;
  const Operation* find_by_rest_path(const ServiceModel& service, const Parts& parts) const;

  std::vector<std::string> domains_;
  std::unordered_map<const ServiceModel*, std::unordered_map<std::string_view, const Operation*>> operations_;
  const ServiceModel* s3_ = nullptr;
};

}  // namespace weir::wire
