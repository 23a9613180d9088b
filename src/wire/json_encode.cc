#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
#include "wire/json_codec.h"
#include "wire/scalar.h"

namespace weir::wire {
namespace {

void write_value(const Shape& shape, TimestampFormat format, const void* value, std::string& out);

void write_list(const Shape& shape, const void* list, std::string& out) {
  out += '[';
  auto items = shape.list->items(list);
  for (size_t i = 0; i < items.count; ++i) {
    if (i) out += ',';
    write_value(*shape.element, TimestampFormat::epoch, items.first + i * shape.list->stride, out);
  }
  out += ']';
}

struct MapWriter {
  const Shape& element;
  std::string& out;
  bool fresh = true;
};

void write_map(const Shape& shape, const void* map, std::string& out) {
  out += '{';
  MapWriter writer{*shape.element, out};
  shape.map->each(map, &writer, [](void* context, const std::string& key, const void* value) {
    auto& to = *static_cast<MapWriter*>(context);
    if (!std::exchange(to.fresh, false)) to.out += ',';
    base::JsonWriter(to.out).string(key);
    to.out += ':';
    write_value(to.element, TimestampFormat::epoch, value, to.out);
  });
  out += '}';
}

void write_timestamp(TimestampFormat format, base::Instant at, std::string& out) {
  if (format == TimestampFormat::epoch) return append_epoch_seconds(at, out);
  out += '"';
  append_timestamp(at, format, out);
  out += '"';
}

void write_value(const Shape& shape, TimestampFormat format, const void* value, std::string& out) {
  base::JsonWriter writer(out);
  switch (shape.type) {
    case Type::string: return writer.string(*static_cast<const std::string*>(value));
    case Type::boolean: return writer.boolean(*static_cast<const bool*>(value));
    case Type::integer: return writer.integer(*static_cast<const int32_t*>(value));
    case Type::long_integer: return writer.integer(*static_cast<const int64_t*>(value));
    case Type::floating: return writer.number(*static_cast<const double*>(value));
    case Type::blob: return writer.string(base::base64(*static_cast<const std::string*>(value)));
    case Type::timestamp: return write_timestamp(format, *static_cast<const base::Instant*>(value), out);
    case Type::document: return writer.raw(static_cast<const base::Json*>(value)->dump());
    case Type::list: return write_list(shape, value, out);
    case Type::map: return write_map(shape, value, out);
    case Type::structure: return encode_json(shape, value, out);
  }
}

bool is_container(Type type) { return type == Type::list || type == Type::map; }

}  // namespace

void encode_json(const Shape& shape, const void* from, std::string& out) {
  char between = '{';
  for (auto& member : shape.members) {
    if (member.location != Location::body) continue;
    auto* value = member.get(from);
    if (!value && !(member.required && is_container(member.shape->type))) continue;
    out += between;
    between = ',';
    out += member.json_key;
    if (!value) {
      out += member.shape->type == Type::list ? "[]" : "{}";
      continue;
    }
    write_value(*member.shape, timestamp_format(member, TimestampFormat::epoch), value, out);
  }
  if (between == '{') out += '{';
  out += '}';
}

void encode_json_value(const Shape& shape, const void* value, std::string& out) {
  write_value(shape, TimestampFormat::epoch, value, out);
}

}  // namespace weir::wire
