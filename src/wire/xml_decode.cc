#include <bitset>

#include "base/text.h"
#include "wire/faults.h"
#include "wire/scalar.h"
#include "wire/xml_codec.h"
#include "wire/xml_document.h"

namespace weir::wire {
namespace {

class Reader {
 public:
  base::Status structure(const Shape& shape, XmlElement element, void* into, const Place& place);

 private:
  base::Status member(const Member& member, XmlElement element, void* object, bool seen, const Place& place);
  base::Status value(const Shape& shape, TimestampFormat format, XmlElement element, void* into, const Place& place);
  base::Status list(const Shape& shape, XmlElement element, void* into, const Place& place);
  base::Status entry(const Shape& shape, XmlElement element, void* into, const Place& place);
  base::Status scalar(const Shape& shape, TimestampFormat format, XmlElement element, void* into, const Place& place);
  base::Status attributes(const Shape& shape, XmlElement element, void* into, const Place& place);
};

bool is_flat_container(const Member& member) {
  return member.flattened && (member.shape->type == Type::list || member.shape->type == Type::map);
}

base::Status Reader::structure(const Shape& shape, XmlElement element, void* into, const Place& place) {
  WEIR_CHECK_OK(attributes(shape, element, into, place));
  std::bitset<kMembersMax> seen;
  size_t next = 0;
  for (auto child = element.first_child(); child; child = child.next()) {
    auto* found = find_member(shape, child.name(), next);
    if (!found || found->location != Location::body || found->xml_attribute) continue;
    next = static_cast<size_t>(found - shape.members.data());
    WEIR_CHECK_OK(member(*found, child, into, seen.test(next), place));
    seen.set(next);
    if (!is_flat_container(*found)) ++next;
  }
  return {};
}

base::Status Reader::member(const Member& member, XmlElement element, void* object, bool seen, const Place& place) {
  const Place here{&place, member.wire_name};
  auto& shape = *member.shape;
  if (!is_flat_container(member)) {
    if (seen) return serialization_fault("Duplicate element '" + std::string(member.wire_name) + "'");
    return value(shape, timestamp_format(member, TimestampFormat::iso8601), element, member.make(object), here);
  }
  // The container a second element of the same name adds to: only the first may make it.
  void* container = seen ? const_cast<void*>(member.get(object)) : member.make(object);
  if (shape.type == Type::map) return entry(shape, element, container, here);
  return value(*shape.element, TimestampFormat::iso8601, element, shape.list->append(container), here);
}

base::Status Reader::value(const Shape& shape, TimestampFormat format, XmlElement element, void* into,
                           const Place& place) {
  if (shape.type == Type::structure) return structure(shape, element, into, place);
  if (shape.type == Type::list) return list(shape, element, into, place);
  if (shape.type != Type::map) return scalar(shape, format, element, into, place);
  for (auto child = element.first_child(); child; child = child.next()) WEIR_CHECK_OK(entry(shape, child, into, place));
  return {};
}

base::Status Reader::list(const Shape& shape, XmlElement element, void* into, const Place& place) {
  size_t index = 0;
  for (auto child = element.first_child(); child; child = child.next()) {
    if (child.name() != shape.element_name) continue;
    const Place here{&place, {}, index++};
    WEIR_CHECK_OK(value(*shape.element, TimestampFormat::iso8601, child, shape.list->append(into), here));
  }
  return {};
}

base::Status Reader::entry(const Shape& shape, XmlElement element, void* into, const Place& place) {
  std::string key;
  auto named = element.child(shape.key_name);
  if (!named || !named.text(key)) return serialization_fault("An entry of '" + to_string(place) + "' has no key.");
  void* slot = shape.map->insert(into, std::move(key));
  if (!slot) return serialization_fault("Duplicate key in '" + to_string(place) + "'");
  auto held = element.child(shape.element_name);
  if (!held) return {};
  return value(*shape.element, TimestampFormat::iso8601, held, slot, Place{.outer = &place, .is_entry = true});
}

base::Status Reader::scalar(const Shape& shape, TimestampFormat format, XmlElement element, void* into,
                            const Place& place) {
  std::string text;
  if (!element.text(text)) return conversion_fault("An element", shape.type, place);
  const auto meant = shape.type == Type::string ? std::string_view(text) : base::trim(text);
  if (!read_scalar(shape, format, meant, into)) return conversion_fault("The text", shape.type, place);
  return {};
}

// Attributes, and the text of the structure's own element.
base::Status Reader::attributes(const Shape& shape, XmlElement element, void* into, const Place& place) {
  for (auto& member : shape.members) {
    std::string text;
    if (member.xml_text ? !element.text(text) : !member.xml_attribute || !element.attribute(member.wire_name, text))
      continue;
    auto format = timestamp_format(member, TimestampFormat::iso8601);
    if (!read_scalar(*member.shape, format, text, member.make(into)))
      return conversion_fault("The text", member.shape->type, Place{&place, member.wire_name});
  }
  return {};
}

std::string child_text(XmlElement element, std::string_view name) {
  std::string text;
  if (auto child = element.child(name)) child.text(text);
  return text;
}

}  // namespace

base::Status decode_xml(const Shape& shape, std::string_view text, const std::vector<std::string_view>& path,
                        void* into) {
  WEIR_TRY(auto document, XmlDocument::parse(text));
  auto element = document.root();
  for (auto step : path) element = element.child(step);
  if (!element) return {};
  return Reader().structure(shape, element, into, Place{});
}

base::Result<XmlError> decode_xml_error(std::string_view text) {
  WEIR_TRY(auto document, XmlDocument::parse(text));
  auto root = document.root();
  auto error = root.name() == "Error" ? root : root.child("Error");
  if (!error) return serialization_fault("The document is not an error.");
  XmlError read{child_text(error, "Code"), child_text(error, "Message"), child_text(root, "RequestId")};
  if (read.request_id.empty()) read.request_id = child_text(error, "RequestId");
  return read;
}

}  // namespace weir::wire
