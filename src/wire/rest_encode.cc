#include "base/text.h"
#include "wire/faults.h"
#include "wire/rest_bindings.h"
#include "wire/rest_codec.h"
#include "wire/scalar.h"

namespace weir::wire {
namespace {

std::string_view root_name(const Shape& shape) { return shape.xml_name.empty() ? shape.name : shape.xml_name; }

base::Result<std::string> label_text(const Shape& shape, const void* input, std::string_view label) {
  for (auto& member : shape.members) {
    if (member.location != Location::uri || member.wire_name != label) continue;
    std::string text;
    if (auto* value = member.get(input)) append_scalar(*member.shape, TimestampFormat::iso8601, value, text);
    if (text.empty()) break;
    return text;
  }
  return base::invalid("The request needs a value for '" + std::string(label) + "'.", std::string(label));
}

void append_pair(std::string& query, std::string_view name, std::string_view value) {
  query += query.empty() ? '?' : '&';
  query += base::uri_encode(name);
  if (!value.empty()) (query += '=') += base::uri_encode(value);
}

std::string query_of(const Operation& operation, const void* input) {
  std::string query;
  for (auto& part : operation.query) append_pair(query, part.name, part.value);
  for (auto& member : operation.input->members) {
    auto* value = member.location == Location::query ? member.get(input) : nullptr;
    if (!value) continue;
    auto format = timestamp_format(member, TimestampFormat::iso8601);
    std::string text;
    if (member.shape->type != Type::list) {
      append_scalar(*member.shape, format, value, text);
      append_pair(query, member.wire_name, text);
      continue;
    }
    auto items = member.shape->list->items(value);
    for (size_t i = 0; i < items.count; ++i, text.clear()) {
      append_scalar(*member.shape->element, format, items.first + i * member.shape->list->stride, text);
      append_pair(query, member.wire_name, text);
    }
  }
  return query;
}

}  // namespace

WireResponse encode_rest_response(const Operation& operation, const void* output) {
  WireResponse response{.status = operation.success_status, .headers = {}, .body = {}};
  for (auto& member : operation.output->members) {
    auto* status = member.location == Location::status_code ? member.get(output) : nullptr;
    if (status) response.status = *static_cast<const int32_t*>(status);
  }
  write_bound_headers(*operation.output, output, response.headers);
  if (!operation.streaming_output.empty() || operation.method == "HEAD") return response;
  response.body = write_body(operation, *operation.output, output, root_name(*operation.output));
  return response;
}

base::Result<RestRequest> encode_rest_request(const Operation& operation, const void* input) {
  RestRequest request;
  for (auto& part : operation.path) {
    request.target += '/';
    if (!part.label) {
      request.target += part.text;
      continue;
    }
    WEIR_TRY(auto text, label_text(*operation.input, input, part.text));
    request.target += base::uri_encode(text, part.greedy);
  }
  if (request.target.empty()) request.target = "/";
  request.target += query_of(operation, input);
  write_bound_headers(*operation.input, input, request.headers);
  if (operation.streaming_input.empty()) {
    auto root = operation.input_root.empty() ? root_name(*operation.input) : operation.input_root;
    request.body = write_body(operation, *operation.input, input, root);
  }
  return request;
}

}  // namespace weir::wire
