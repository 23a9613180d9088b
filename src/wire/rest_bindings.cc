#include "wire/rest_bindings.h"

#include "base/text.h"
#include "wire/faults.h"
#include "wire/json_codec.h"
#include "wire/scalar.h"
#include "wire/xml_codec.h"

namespace weir::wire {
namespace {

// Header lists are separated by commas.
base::Status read_header_list(const Member& member, std::string_view text, void* into) {
  auto& shape = *member.shape;
  void* list = member.make(into);
  for (auto piece : base::split(text, ',')) {
    auto item = base::trim(piece);
    if (item.empty()) continue;
    if (!read_scalar(*shape.element, TimestampFormat::http_date, item, shape.list->append(list)))
      return conversion_fault("The header", shape.element->type, Place{nullptr, member.wire_name});
  }
  return {};
}

base::Status read_header(const Member& member, std::string_view text, void* into) {
  auto& shape = *member.shape;
  if (shape.type == Type::list) return read_header_list(member, text, into);
  auto format = timestamp_format(member, TimestampFormat::http_date);
  if (shape.type == Type::timestamp) {
    base::Instant instant;
    if (read_timestamp(text, format, instant)) *static_cast<base::Instant*>(member.make(into)) = instant;
    return {};
  }
  if (!read_scalar(shape, format, text, member.make(into)))
    return conversion_fault("The header", shape.type, Place{nullptr, member.wire_name});
  return {};
}

base::Status read_prefix_headers(const Member& member, std::span<const HeaderField> headers, void* into) {
  void* map = nullptr;
  for (auto& [name, value] : headers) {
    if (name.size() < member.wire_name.size()) continue;
    if (!base::equal_ignoring_case(std::string_view(name).substr(0, member.wire_name.size()), member.wire_name))
      continue;
    if (!map) map = member.make(into);
    void* slot = member.shape->map->insert(map, base::to_lower(name.substr(member.wire_name.size())));
    if (!slot) return serialization_fault("The header '" + name + "' is there twice.");
    if (!read_scalar(*member.shape->element, TimestampFormat::http_date, value, slot))
      return conversion_fault("The header", Type::string, Place{nullptr, member.wire_name});
  }
  return {};
}

void write_header(const Member& member, const void* value, std::vector<HeaderField>& headers) {
  auto& shape = *member.shape;
  std::string text;
  if (shape.type != Type::list) {
    append_scalar(shape, timestamp_format(member, TimestampFormat::http_date), value, text);
  } else {
    auto items = shape.list->items(value);
    for (size_t i = 0; i < items.count; ++i) {
      if (i) text += ',';
      append_scalar(*shape.element, TimestampFormat::http_date, items.first + i * shape.list->stride, text);
    }
  }
  headers.emplace_back(member.wire_name, std::move(text));
}

void write_prefix_headers(const Member& member, const void* map, std::vector<HeaderField>& headers) {
  struct Prefixed {
    const Member& member;
    std::vector<HeaderField>& headers;
  } prefixed{member, headers};
  member.shape->map->each(map, &prefixed, [](void* context, const std::string& key, const void* value) {
    auto& [member, headers] = *static_cast<Prefixed*>(context);
    headers.emplace_back(std::string(member.wire_name) + key, *static_cast<const std::string*>(value));
  });
}

}  // namespace

const std::string* find_header(std::span<const HeaderField> headers, std::string_view name) {
  for (auto& [key, value] : headers)
    if (base::equal_ignoring_case(key, name)) return &value;
  return nullptr;
}

base::Status read_bound_headers(const Shape& shape, std::span<const HeaderField> headers, void* into) {
  for (auto& member : shape.members) {
    if (member.location == Location::prefix_headers) WEIR_CHECK_OK(read_prefix_headers(member, headers, into));
    if (member.location != Location::header) continue;
    if (auto* text = find_header(headers, member.wire_name)) WEIR_CHECK_OK(read_header(member, *text, into));
  }
  return {};
}

void write_bound_headers(const Shape& shape, const void* from, std::vector<HeaderField>& headers) {
  for (auto& member : shape.members) {
    if (member.location != Location::header && member.location != Location::prefix_headers) continue;
    auto* value = member.get(from);
    if (!value) continue;
    if (member.location == Location::header)
      write_header(member, value, headers);
    else
      write_prefix_headers(member, value, headers);
  }
}

bool is_xml(const Operation& operation) { return operation.service->protocol == Protocol::rest_xml; }

const Member* payload_member(const Shape& shape) {
  for (auto& member : shape.members)
    if (member.location == Location::payload) return &member;
  return nullptr;
}

bool has_body_members(const Shape& shape) {
  for (auto& member : shape.members)
    if (member.location == Location::body) return true;
  return false;
}

base::Status read_body(const Operation& operation, const Shape& shape, std::string_view body, void* into) {
  auto* payload = payload_member(shape);
  if (payload && payload->shape->type != Type::structure) {
    if (body.empty()) return {};
    if (!base::is_valid_utf8(body) && payload->shape->type == Type::string)
      return conversion_fault("The body", Type::string, Place{nullptr, payload->name});
    *static_cast<std::string*>(payload->make(into)) = body;
    return {};
  }
  if (body.empty() || (!payload && !has_body_members(shape))) return {};
  auto& target = payload ? *payload->shape : shape;
  void* object = payload ? payload->make(into) : into;
  return is_xml(operation) ? decode_xml(target, body, {}, object) : decode_json(target, body, object);
}

std::string write_body(const Operation& operation, const Shape& shape, const void* from, std::string_view root) {
  std::string out;
  auto* payload = payload_member(shape);
  auto* value = payload ? payload->get(from) : nullptr;
  if (payload && payload->shape->type != Type::structure) return value ? *static_cast<const std::string*>(value) : out;
  if (payload && !value) return out;
  const bool json = !is_xml(operation);
  if (!payload && !has_body_members(shape)) return json ? "{}" : out;
  auto& target = payload ? *payload->shape : shape;
  auto* object = payload ? value : from;
  if (json) return encode_json(target, object, out), out;
  out = kXmlDeclaration;
  encode_xml(target, object, payload ? payload->wire_name : root, operation.service->xml_namespace, XmlTimes::millis,
             out);
  return out;
}

}  // namespace weir::wire
