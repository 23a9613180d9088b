#include "wire/router.h"

#include <algorithm>

#include "base/text.h"
#include "wire/form.h"
#include "wire/s3_address.h"

namespace weir::wire {

struct Router::Parts {
  const RouteRequest& request;
  std::string_view path;
  std::string_view query;
  std::string_view form;  // the body when it is a form
  Host host;
};

namespace {

constexpr std::string_view kAmazonDomain = "amazonaws.com";

// Names in refusals and logs come from the caller: short and printable.
std::string quotable(std::string_view text) {
  std::string safe(text.substr(0, 64));
  std::ranges::replace_if(
      safe, [](unsigned char c) { return c < 0x20 || c >= 0x7f; }, '?');
  return safe;
}

Route refuse(Protocol protocol, const ServiceModel* service, std::string named, RouteRefusal refusal) {
  Route route;
  route.service = service;
  route.protocol = protocol;
  route.named = (service ? std::string(service->name) : "?") + ":" + named;
  route.refusal = std::move(refusal);
  return route;
}

Route accept(const Operation& operation) {
  Route route;
  route.service = operation.service;
  route.operation = &operation;
  route.protocol = operation.service->protocol;
  route.named = std::string(operation.service->name) + ":" + std::string(operation.name);
  return route;
}

Route unknown_json_operation(const ServiceModel* service, std::string_view named) {
  return refuse(Protocol::aws_json, service, quotable(named),
                {"UnknownOperationException", 400, "The operation " + quotable(named) + " is not known."});
}

Route unknown_rest_operation(const ServiceModel* service, std::string_view method, std::string_view path) {
  return refuse(Protocol::rest_json, service, quotable(method) + " " + quotable(path),
                {"UnknownOperationException", 404, "There is no operation at this address."});
}

bool is_form(std::span<const HeaderField> headers) {
  auto* type = find_header(headers, "Content-Type");
  constexpr std::string_view kForm = "application/x-www-form-urlencoded";
  return type && base::equal_ignoring_case(std::string_view(*type).substr(0, kForm.size()), kForm);
}

std::string_view without_port(std::string_view host) {
  if (!host.empty() && host.front() == '[') return host.substr(0, host.find(']') + 1);
  return host.substr(0, host.find(':'));
}

// Host prefixes of models ("query-", "data-") and regions do not change which service is meant.
std::string_view service_label(std::string_view label) {
  for (std::string_view prefix : {"query-", "data-"})
    if (label.starts_with(prefix)) return label.substr(prefix.size());
  return label;
}

bool path_matches(const Operation& operation, std::string_view path) {
  for (auto& part : operation.path) {
    if (path.empty() || path.front() != '/') return false;
    path.remove_prefix(1);
    auto end = part.greedy ? path.size() : std::min(path.find('/'), path.size());
    if (part.label ? end == 0 : path.substr(0, end) != part.text) return false;
    path.remove_prefix(end);
  }
  return path.empty() || path == "/";
}

const ServiceModel* service_of_endpoint(std::string_view label) {
  for (auto* service : all_services())
    if (service->endpoint_prefix == label || service->signing_name == label) return service;
  return nullptr;
}

}  // namespace

Router::Router(std::vector<std::string> domains) : domains_(std::move(domains)), s3_(find_service("s3")) {
  for (auto& domain : domains_) domain = base::to_lower(domain);
  // The longest first, so that s3.example.org is not read as the bucket "s3" of example.org.
  std::ranges::sort(domains_, std::greater{}, &std::string::size);
  for (auto* service : all_services())
    for (auto& operation : service->operations) operations_[service].emplace(operation.name, &operation);
}

bool Router::needs_body(const RouteRequest& request) {
  return request.method == "POST" && request.credential_service != "s3" && is_form(request.headers) &&
         !find_header(request.headers, "X-Amz-Target");
}

Route Router::route(const RouteRequest& request) const {
  auto mark = request.target.find('?');
  Parts parts{request, request.target.substr(0, mark), {}, {}, {}};
  if (mark != std::string_view::npos) parts.query = request.target.substr(mark + 1);
  if (request.method == "POST" && is_form(request.headers)) parts.form = request.body;
  auto* host = find_header(request.headers, "Host");
  const std::string lower = base::to_lower(host ? without_port(*host) : std::string_view());
  parts.host = read_host(lower);

  const bool is_s3 = request.credential_service == "s3" || !parts.host.bucket.empty();
  if (auto* target = find_header(request.headers, "X-Amz-Target"); target && !is_s3) return by_target(parts, *target);
  if (!is_s3 && (parts.path == "/" || parts.path.empty())) {
    auto action = form_value(parts.form, "Action");
    if (action.empty()) action = form_value(parts.query, "Action");
    if (!action.empty()) return by_action(parts, action);
  }
  auto* service = service_of(parts);
  if (service && service->protocol != Protocol::rest_xml) return by_rest_path(parts, *service);
  if (!service && !request.credential_service.empty())
    return unknown_rest_operation(nullptr, request.method, parts.path);
  return by_s3_address(parts);
}

std::optional<std::string_view> Router::below_domain(std::string_view host) const {
  for (auto& domain : domains_) {
    if (host == domain) return std::string_view();
    if (host.size() > domain.size() + 1 && host.ends_with(domain) && host[host.size() - domain.size() - 1] == '.')
      return host.substr(0, host.size() - domain.size() - 1);
  }
  return std::nullopt;
}

// <service>.<domain>, <service>.<region>.amazonaws.com, <bucket>.<domain>, <bucket>.s3.<...>.
Router::Host Router::read_host(std::string_view host) const {
  auto below = below_domain(host);
  const bool amazon = !below && host.ends_with(kAmazonDomain);
  if (!below && !amazon) return {};
  auto labels = below ? *below : host.substr(0, host.size() - kAmazonDomain.size());
  if (labels.ends_with('.')) labels.remove_suffix(1);
  if (labels.empty()) return {};
  if (auto* service = service_of_endpoint(service_label(labels.substr(0, labels.find('.'))))) return {service, {}};
  // Everything before a label "s3" is a bucket, and buckets may have dots.
  const std::string padded = std::string(labels) + ".";
  if (auto at = padded.find(".s3."); at != std::string::npos) return {s3_, labels.substr(0, at)};
  return amazon ? Host{} : Host{s3_, labels};
}

const ServiceModel* Router::service_of(const Parts& parts) const {
  if (!parts.request.credential_service.empty()) return find_service_by_signing_name(parts.request.credential_service);
  if (parts.host.service) return parts.host.service;
  for (auto* service : all_services())
    if (service->protocol == Protocol::rest_json && find_by_rest_path(*service, parts)) return service;
  return nullptr;
}

const Operation* Router::find(const ServiceModel& service, std::string_view name) const {
  auto& known = operations_.at(&service);
  auto at = known.find(name);
  return at == known.end() ? nullptr : at->second;
}

Route Router::by_target(const Parts& parts, std::string_view target) const {
  auto dot = target.rfind('.');
  auto prefix = target.substr(0, dot == std::string_view::npos ? 0 : dot);
  auto name = dot == std::string_view::npos ? target : target.substr(dot + 1);
  auto all = all_services();
  auto at = std::ranges::find_if(all, [&](auto* s) { return !prefix.empty() && s->target_prefix == prefix; });
  auto* service = at == all.end() ? service_of(parts) : *at;
  if (!service || service->protocol != Protocol::aws_json) return unknown_json_operation(nullptr, target);
  if (parts.request.method != "POST") return unknown_json_operation(service, name);
  auto* operation = find(*service, name);
  return operation ? accept(*operation) : unknown_json_operation(service, name);
}

const ServiceModel* Router::query_service(const Parts& parts, std::string_view action) const {
  auto* named = service_of(parts);
  if (named || !parts.request.credential_service.empty()) return named;
  for (auto* service : all_services())
    if (service->protocol == Protocol::query && find(*service, action)) return service;
  return nullptr;
}

Route Router::by_action(const Parts& parts, const std::string& action) const {
  auto version = form_value(parts.form, "Version");
  if (version.empty()) version = form_value(parts.query, "Version");
  auto* service = query_service(parts, action);
  const bool speaks_query = service && service->protocol == Protocol::query;
  auto* operation = speaks_query ? find(*service, action) : nullptr;
  const bool right_version = !speaks_query || version.empty() || version == service->api_version;
  if (operation && right_version) return accept(*operation);
  return refuse(Protocol::query, speaks_query ? service : nullptr, quotable(action),
                {"InvalidAction", 400,
                 "Could not find operation " + quotable(action) + " for version " +
                     (version.empty() ? "NO_VERSION_SPECIFIED" : quotable(version))});
}

const Operation* Router::find_by_rest_path(const ServiceModel& service, const Parts& parts) const {
  for (auto& operation : service.operations)
    if (operation.method == parts.request.method && path_matches(operation, parts.path)) return &operation;
  return nullptr;
}

Route Router::by_rest_path(const Parts& parts, const ServiceModel& service) const {
  switch (service.protocol) {
    case Protocol::aws_json: return unknown_json_operation(&service, "");
    case Protocol::query:
      return refuse(Protocol::query, &service, "",
                    {"MissingAction", 400, "The request must contain the parameter Action."});
    case Protocol::rest_json:
    case Protocol::rest_xml: break;
  }
  if (auto* operation = find_by_rest_path(service, parts)) return accept(*operation);
  return unknown_rest_operation(&service, parts.request.method, parts.path);
}

Route Router::by_s3_address(const Parts& parts) const {
  auto address = read_s3_address(parts.host.bucket, parts.path);
  auto match = match_s3_operation(*s3_, parts.request.method, address, parts.query, parts.request.headers);
  Route route;
  if (match.operation) {
    route = accept(*match.operation);
  } else if (!match.unserved_query.empty()) {
    route = refuse(
        Protocol::rest_xml, s3_, quotable(parts.request.method) + " ?" + std::string(match.unserved_query),
        {"NotImplemented", 501, "A header or parameter you provided implies functionality that is not implemented."});
  } else {
    route = refuse(Protocol::rest_xml, s3_, quotable(parts.request.method) + " " + quotable(parts.path),
                   {"MethodNotAllowed", 405, "The specified method is not allowed against this resource."});
  }
  route.bucket = std::move(address.bucket);
  route.key = std::move(address.key);
  return route;
}

}  // namespace weir::wire
