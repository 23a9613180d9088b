#include "wire/sdk_json.h"

#include <limits>

#include "base/clock.h"
#include "base/text.h"
#include "wire/faults.h"

namespace weir::wire {
namespace {

using base::Json;

char capital(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }

bool same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() && !a.empty() && capital(a[0]) == capital(b[0]) && a.substr(1) == b.substr(1);
}

std::string sdk_name(std::string_view name) {
  std::string out(name);
  if (!out.empty()) out[0] = capital(out[0]);
  return out;
}

const Member* find_sdk_member(const Shape& shape, std::string_view name) {
  for (const auto& member : shape.members)
    if (same_name(member.name, name)) return &member;
  return nullptr;
}

base::Error mismatch(const Shape& shape, const Place& place) {
  return conversion_fault("the value", shape.type, place);
}

base::Status read_value(const Shape& shape, const Json& from, void* into, const Place& place);

base::Status read_structure(const Shape& shape, const Json& from, void* into, const Place& place) {
  if (!from.as_object()) return mismatch(shape, place);
  for (const auto& [name, value] : *from.as_object()) {
    auto* member = find_sdk_member(shape, name);
    if (!member)
      return serialization_fault("The field \"" + name.substr(0, 128) + "\" is not supported by Step Functions");
    if (value.is_null()) continue;
    const Place here{&place, member->name};
    WEIR_CHECK_OK(read_value(*member->shape, value, member->make(into), here));
  }
  return {};
}

base::Status read_list(const Shape& shape, const Json& from, void* into, const Place& place) {
  if (!from.as_array()) return mismatch(shape, place);
  shape.list->reserve(into, from.as_array()->size());
  size_t index = 0;
  for (const auto& item : *from.as_array()) {
    const Place here{&place, {}, index++};
    WEIR_CHECK_OK(read_value(*shape.element, item, shape.list->append(into), here));
  }
  return {};
}

base::Status read_map(const Shape& shape, const Json& from, void* into, const Place& place) {
  if (!from.as_object()) return mismatch(shape, place);
  for (const auto& [key, value] : *from.as_object()) {
    const Place here{.outer = &place, .is_entry = true};
    void* slot = shape.map->insert(into, std::string(key));
    if (!slot) return serialization_fault("Duplicate key in '" + to_string(place) + "'");
    WEIR_CHECK_OK(read_value(*shape.element, value, slot, here));
  }
  return {};
}

template <class T>
base::Status read_whole(const Shape& shape, const Json& from, void* into, const Place& place) {
  auto* whole = from.as_int();
  bool fits = whole && *whole >= std::numeric_limits<T>::min() && *whole <= std::numeric_limits<T>::max();
  if (!fits) return mismatch(shape, place);
  *static_cast<T*>(into) = static_cast<T>(*whole);
  return {};
}

base::Status read_number(const Shape& shape, const Json& from, void* into, const Place& place) {
  if (!from.as_int() && !from.as_double()) return mismatch(shape, place);
  *static_cast<double*>(into) = from.as_int() ? static_cast<double>(*from.as_int()) : *from.as_double();
  return {};
}

base::Status read_time(const Shape& shape, const Json& from, void* into, const Place& place) {
  auto* text = from.as_string();
  auto at = text ? base::parse_iso8601(*text) : base::Result<base::Instant>(mismatch(shape, place));
  if (from.as_int()) at = base::from_epoch_seconds(static_cast<double>(*from.as_int()));
  if (!at.ok()) return mismatch(shape, place);
  *static_cast<base::Instant*>(into) = *at;
  return {};
}

base::Status read_blob(const Shape& shape, const Json& from, void* into, const Place& place) {
  auto* text = from.as_string();
  if (!text) return mismatch(shape, place);
  auto bytes = base::unbase64(*text);
  // As on AWS a text that is no base64 stands for its own bytes.
  *static_cast<std::string*>(into) = bytes.ok() ? std::move(*bytes) : *text;
  return {};
}

// A text where a policy or another document in JSON is asked for may be given as the JSON itself.
base::Status read_text(const Shape& shape, const Json& from, void* into, const Place& place) {
  bool document = from.as_object() || from.as_array();
  if (!from.as_string() && !document) return mismatch(shape, place);
  *static_cast<std::string*>(into) = document ? from.dump() : *from.as_string();
  return {};
}

base::Status read_value(const Shape& shape, const Json& from, void* into, const Place& place) {
  switch (shape.type) {
    case Type::structure: return read_structure(shape, from, into, place);
    case Type::list: return read_list(shape, from, into, place);
    case Type::map: return read_map(shape, from, into, place);
    case Type::string: return read_text(shape, from, into, place);
    case Type::blob: return read_blob(shape, from, into, place);
    case Type::boolean:
      if (!from.as_bool()) return mismatch(shape, place);
      *static_cast<bool*>(into) = *from.as_bool();
      return {};
    case Type::integer: return read_whole<int32_t>(shape, from, into, place);
    case Type::long_integer: return read_whole<int64_t>(shape, from, into, place);
    case Type::floating: return read_number(shape, from, into, place);
    case Type::timestamp: return read_time(shape, from, into, place);
    case Type::document: *static_cast<Json*>(into) = from; return {};
  }
  return mismatch(shape, place);
}

Json write_value(const Shape& shape, const void* value) {
  switch (shape.type) {
    case Type::structure: return write_sdk_json(shape, value);
    case Type::string: return *static_cast<const std::string*>(value);
    case Type::blob: return base::base64(*static_cast<const std::string*>(value));
    case Type::boolean: return *static_cast<const bool*>(value);
    case Type::integer: return static_cast<int64_t>(*static_cast<const int32_t*>(value));
    case Type::long_integer: return *static_cast<const int64_t*>(value);
    case Type::floating: return *static_cast<const double*>(value);
    case Type::timestamp: return base::to_iso8601_millis(*static_cast<const base::Instant*>(value));
    case Type::document: return *static_cast<const Json*>(value);
    case Type::list: {
      auto out = Json::array();
      auto items = shape.list->items(value);
      for (size_t i = 0; i < items.count; ++i)
        out.push(write_value(*shape.element, items.first + i * shape.list->stride));
      return out;
    }
    case Type::map: {
      struct Writer {
        const Shape& element;
        Json out = Json::object();
      } writer{*shape.element};
      shape.map->each(value, &writer, [](void* context, const std::string& key, const void* entry) {
        auto& to = *static_cast<Writer*>(context);
        to.out.as_object()->emplace_back(key, write_value(to.element, entry));
      });
      return std::move(writer.out);
    }
  }
  return {};
}

}  // namespace

base::Status read_sdk_json(const Shape& shape, const Json& from, void* into) {
  return read_structure(shape, from, into, Place{});
}

Json write_sdk_json(const Shape& shape, const void* from) {
  auto out = Json::object();
  for (const auto& member : shape.members) {
    auto* value = member.get(from);
    if (value) out.as_object()->emplace_back(sdk_name(member.name), write_value(*member.shape, value));
  }
  return out;
}

void fill_idempotency_tokens(const Shape& shape, const std::string& key, void* into) {
  for (const auto& member : shape.members)
    if (member.idempotency_token && !member.get(into)) *static_cast<std::string*>(member.make(into)) = key;
}

}  // namespace weir::wire
