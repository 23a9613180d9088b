#include "server/http_request.h"

#include <algorithm>

#include "base/text.h"
#include "notifications/webhook_url.h"

namespace weir::server {
namespace {

constexpr std::string_view kMembers[] = {"ApiEndpoint", "Method",      "Authentication",  "InvocationConfig",
                                         "Headers",     "RequestBody", "QueryParameters", "Transform"};
constexpr std::string_view kMethods[] = {"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"};
// What Step Functions does not let a definition set, beside what check_header() refuses.
constexpr std::string_view kUnsent[] = {
    "a-im",
    "accept-charset",
    "accept-datetime",
    "accept-encoding",
    "cache-control",
    "content-encoding",
    "content-md5",
    "date",
    "forwarded",
    "from",
    "http2-settings",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "if-range",
    "if-unmodified-since",
    "max-forwards",
    "origin",
    "pragma",
    "referer",
    "server",
    "via",
    "warning",
    "range",
};
constexpr std::string_view kUnsentPrefixes[] = {"x-forwarded", "x-amz-", "x-amzn-"};
constexpr std::string_view kForm = "application/x-www-form-urlencoded";

base::Error wrong(const std::string& why) {
  return base::invalid("The parameters of http:invoke: " + why, "parameters");
}

bool is_unsent(std::string_view name) {
  return std::ranges::find(kUnsent, name) != std::end(kUnsent) ||
         std::ranges::any_of(kUnsentPrefixes, [&](auto prefix) { return name.starts_with(prefix); });
}

std::string text_of(const base::Json& value) { return value.as_string() ? *value.as_string() : value.dump(); }

// A value, or each of a list of them.
base::Status add_pairs(const std::string& name, const base::Json& value, events::Pairs& into) {
  if (value.as_object()) return wrong(name + " is an object");
  if (!value.as_array()) return into.emplace_back(name, text_of(value)), base::Status();
  for (const auto& item : *value.as_array()) {
    if (item.as_object() || item.as_array()) return wrong(name + " is not a list of values");
    into.emplace_back(name, text_of(item));
  }
  return {};
}

base::Status read_pairs(const base::Json& parameters, std::string_view member, events::Pairs& into) {
  auto* given = parameters.find(member);
  if (!given || given->is_null()) return {};
  if (!given->as_object()) return wrong(std::string(member) + " is not an object");
  for (const auto& [name, value] : *given->as_object()) WEIR_CHECK_OK(add_pairs(name, value, into));
  return {};
}

base::Status check_headers(const events::Pairs& headers) {
  for (const auto& [name, value] : headers) {
    WEIR_CHECK_OK(events::check_header(name, value));
    if (is_unsent(base::to_lower(name))) return wrong("the header " + name + " cannot be set");
  }
  return {};
}

// How arrays of a form are written (RequestEncodingOptions.ArrayFormat).
base::Result<std::string> array_key(const std::string& format, const std::string& name, size_t index) {
  if (format == "INDICES") return name + "[" + std::to_string(index) + "]";
  if (format == "BRACKETS") return name + "[]";
  if (format == "REPEAT") return name;
  return wrong("ArrayFormat is not one of INDICES, REPEAT, COMMAS, BRACKETS, NONE");
}

base::Status add_form_array(const std::string& name, const base::Json::Array& items, const std::string& format,
                            events::Pairs& into) {
  if (format == "NONE") return into.emplace_back(name, base::Json(items).dump()), base::Status();
  if (format == "COMMAS") {
    std::string joined;
    for (const auto& item : items) joined += (joined.empty() ? "" : ",") + text_of(item);
    return into.emplace_back(name, std::move(joined)), base::Status();
  }
  for (size_t i = 0; i < items.size(); ++i) {
    WEIR_TRY(auto key, array_key(format, name, i));
    into.emplace_back(std::move(key), text_of(items[i]));
  }
  return {};
}

base::Result<std::string> form_body(const base::Json& body, const std::string& format) {
  if (!body.as_object()) return wrong("a RequestBody that is URL_ENCODED must be an object");
  events::Pairs pairs;
  for (const auto& [name, value] : *body.as_object()) {
    if (value.as_array()) {
      WEIR_CHECK_OK(add_form_array(name, *value.as_array(), format, pairs));
    } else {
      pairs.emplace_back(name, text_of(value));
    }
  }
  return events::form_of(pairs);
}

void set_content_type(events::Pairs& headers, std::string_view type) {
  bool there = std::ranges::any_of(
      headers, [](const auto& header) { return base::equal_ignoring_case(header.first, "Content-Type"); });
  if (!there) headers.emplace_back("Content-Type", std::string(type));
}

base::Status read_body(const base::Json& parameters, app::EndpointCall& call) {
  auto* transform = parameters.find("Transform");
  auto encoding = transform ? transform->text("RequestBodyEncoding", "NONE") : "NONE";
  if (encoding != "NONE" && encoding != "URL_ENCODED") return wrong("RequestBodyEncoding is NONE or URL_ENCODED");
  call.form = encoding == "URL_ENCODED";
  auto* options = transform ? transform->find("RequestEncodingOptions") : nullptr;
  auto* body = parameters.find("RequestBody");
  if (!body || body->is_null()) return {};
  if (call.form) {
    WEIR_TRY(call.body, form_body(*body, options ? options->text("ArrayFormat", "INDICES") : "INDICES"));
  } else {
    call.body = text_of(*body);
  }
  set_content_type(call.headers, call.form ? kForm : "application/json");
  return {};
}

base::Status check_members(const base::Json& parameters) {
  if (!parameters.as_object()) return wrong("they are not an object");
  for (const auto& [name, value] : *parameters.as_object())
    if (std::ranges::find(kMembers, name) == std::end(kMembers)) return wrong(name + " is unknown");
  return {};
}

std::string connection_of(const base::Json& parameters) {
  for (auto member : {"Authentication", "InvocationConfig"})
    if (auto* given = parameters.find(member)) return given->text("ConnectionArn");
  return {};
}

}  // namespace

base::Result<HttpTask> read_http_task(const base::Json& parameters) {
  WEIR_CHECK_OK(check_members(parameters));
  HttpTask task;
  task.endpoint = parameters.text("ApiEndpoint");
  task.call.url = task.endpoint;
  task.call.method = parameters.text("Method");
  task.connection_arn = connection_of(parameters);
  auto url = notifications::parse_webhook_url(task.endpoint);
  if (!url || !url->userinfo.empty()) return wrong("ApiEndpoint is not an absolute https URL");
  if (std::ranges::find(kMethods, task.call.method) == std::end(kMethods)) return wrong("Method is not one");
  if (task.connection_arn.empty()) return wrong("Authentication.ConnectionArn is missing");
  WEIR_CHECK_OK(read_pairs(parameters, "Headers", task.call.headers));
  WEIR_CHECK_OK(check_headers(task.call.headers));
  WEIR_CHECK_OK(read_pairs(parameters, "QueryParameters", task.call.query));
  WEIR_CHECK_OK(read_body(parameters, task.call));
  return task;
}

std::string_view status_text(int status) {
  constexpr std::pair<int, std::string_view> kTexts[] = {
      {200, "OK"},
      {201, "Created"},
      {202, "Accepted"},
      {204, "No Content"},
      {206, "Partial Content"},
      {301, "Moved Permanently"},
      {302, "Found"},
      {303, "See Other"},
      {304, "Not Modified"},
      {307, "Temporary Redirect"},
      {308, "Permanent Redirect"},
      {400, "Bad Request"},
      {401, "Unauthorized"},
      {403, "Forbidden"},
      {404, "Not Found"},
      {405, "Method Not Allowed"},
      {408, "Request Timeout"},
      {409, "Conflict"},
      {410, "Gone"},
      {413, "Content Too Large"},
      {415, "Unsupported Media Type"},
      {422, "Unprocessable Content"},
      {429, "Too Many Requests"},
      {500, "Internal Server Error"},
      {501, "Not Implemented"},
      {502, "Bad Gateway"},
      {503, "Service Unavailable"},
      {504, "Gateway Timeout"},
  };
  for (const auto& [code, text] : kTexts)
    if (code == status) return text;
  return {};
}

}  // namespace weir::server
