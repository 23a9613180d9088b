#include "wire/scalar.h"
#include "wire/xml_codec.h"

namespace weir::wire {
namespace {

// Writes one element of any kind; `open` also carries its attributes.
class Writer {
 public:
  Writer(XmlTimes times, std::string& out) : times_(times), out_(out) {}

  void members(const Shape& shape, const void* from);
  void structure(const Shape& shape, const void* from, std::string_view name, std::string_view xml_namespace);

 private:
  void member(const Member& member, const void* value);
  void element(const Shape& shape, TimestampFormat format, const void* value, std::string_view name);
  void list(const Shape& shape, const void* list, std::string_view element_name);
  void map(const Shape& shape, const void* map, std::string_view entry_name);
  void text(const Shape& shape, TimestampFormat format, const void* value);
  void open(std::string_view name) { ((out_ += '<') += name) += '>'; }
  void close(std::string_view name) { ((out_ += "</") += name) += '>'; }
  void attributes(const Shape& shape, const void* from);

  XmlTimes times_;
  std::string& out_;
};

bool is_container(Type type) { return type == Type::list || type == Type::map; }

void Writer::members(const Shape& shape, const void* from) {
  for (auto& each : shape.members) {
    if (each.location != Location::body || each.xml_attribute) continue;
    auto* value = each.get(from);
    if (value) {
      member(each, value);
    } else if (each.required && is_container(each.shape->type) && !each.flattened) {
      open(each.wire_name), close(each.wire_name);
    }
  }
}

void Writer::member(const Member& member, const void* value) {
  auto& shape = *member.shape;
  auto format = timestamp_format(member, TimestampFormat::iso8601);
  if (member.xml_text) return text(shape, format, value);
  if (shape.type == Type::structure) return structure(shape, value, member.wire_name, member.xml_namespace);
  if (!is_container(shape.type)) return element(shape, format, value, member.wire_name);
  if (member.flattened)
    return shape.type == Type::list ? list(shape, value, member.wire_name) : map(shape, value, member.wire_name);
  element(shape, format, value, member.wire_name);
}

void Writer::element(const Shape& shape, TimestampFormat format, const void* value, std::string_view name) {
  if (shape.type == Type::structure) return structure(shape, value, name, {});
  open(name);
  if (shape.type == Type::list)
    list(shape, value, shape.element_name);
  else if (shape.type == Type::map)
    map(shape, value, "entry");
  else
    text(shape, format, value);
  close(name);
}

void Writer::structure(const Shape& shape, const void* from, std::string_view name, std::string_view xml_namespace) {
  (out_ += '<') += name;
  if (!xml_namespace.empty()) ((out_ += " xmlns=\"") += xml_namespace) += '"';
  attributes(shape, from);
  out_ += '>';
  members(shape, from);
  close(name);
}

void Writer::attributes(const Shape& shape, const void* from) {
  for (auto& member : shape.members) {
    auto* value = member.xml_attribute ? member.get(from) : nullptr;
    if (!value) continue;
    ((out_ += ' ') += member.wire_name) += "=\"";
    text(*member.shape, timestamp_format(member, TimestampFormat::iso8601), value);
    out_ += '"';
  }
}

void Writer::list(const Shape& shape, const void* list, std::string_view element_name) {
  auto items = shape.list->items(list);
  for (size_t i = 0; i < items.count; ++i)
    element(*shape.element, TimestampFormat::iso8601, items.first + i * shape.list->stride, element_name);
}

void Writer::map(const Shape& shape, const void* map, std::string_view entry_name) {
  struct Entries {
    Writer& writer;
    const Shape& shape;
    std::string_view name;
  } entries{*this, shape, entry_name};
  shape.map->each(map, &entries, [](void* context, const std::string& key, const void* value) {
    auto& [writer, shape, name] = *static_cast<Entries*>(context);
    writer.open(name);
    append_xml_element(shape.key_name, key, writer.out_);
    writer.element(*shape.element, TimestampFormat::iso8601, value, shape.element_name);
    writer.close(name);
  });
}

void Writer::text(const Shape& shape, TimestampFormat format, const void* value) {
  if (shape.type == Type::string) return append_xml_text(*static_cast<const std::string*>(value), out_);
  if (shape.type == Type::timestamp && format == TimestampFormat::iso8601 && times_ == XmlTimes::millis) {
    out_ += base::to_iso8601_millis(*static_cast<const base::Instant*>(value));
    return;
  }
  append_scalar(shape, format, value, out_);
}

}  // namespace

void encode_xml_members(const Shape& shape, const void* from, XmlTimes times, std::string& out) {
  Writer(times, out).members(shape, from);
}

void encode_xml(const Shape& shape, const void* from, std::string_view root, std::string_view xml_namespace,
                XmlTimes times, std::string& out) {
  Writer(times, out).structure(shape, from, root, xml_namespace);
}

// Control characters have no place in XML 1.0; S3 writes them as references all the same, and clients cope.
void append_xml_text(std::string_view text, std::string& out) {
  static constexpr char kHex[] = "0123456789abcdef";
  size_t plain = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c > '>' || (c >= 0x20 && c != '&' && c != '<' && c != '>' && c != '"' && c != '\'')) continue;
    if (c == '\n' || c == '\t') continue;
    out.append(text, plain, i - plain);
    plain = i + 1;
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default:
        out += "&#x";
        if (c >= 16) out += kHex[c >> 4];
        out += kHex[c & 15];
        out += ';';
    }
  }
  out.append(text, plain);
}

void append_xml_element(std::string_view name, std::string_view text, std::string& out) {
  ((out += '<') += name) += '>';
  append_xml_text(text, out);
  ((out += "</") += name) += '>';
}

}  // namespace weir::wire
