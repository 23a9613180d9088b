#include "wire/faults.h"
#include "wire/form.h"
#include "wire/query_codec.h"
#include "wire/scalar.h"

namespace weir::wire {
namespace {

class Reader {
 public:
  base::Status structure(const Shape& shape, FormNode node, void* into, const Place& place);

 private:
  base::Status value(const Shape& shape, bool flattened, TimestampFormat format, FormNode node, void* into,
                     const Place& place);
  base::Status list(const Shape& shape, bool flattened, FormNode node, void* into, const Place& place);
  base::Status map(const Shape& shape, bool flattened, FormNode node, void* into, const Place& place);
  base::Status entry(const Shape& shape, FormNode node, void* into, const Place& place);
};

base::Status Reader::structure(const Shape& shape, FormNode node, void* into, const Place& place) {
  for (auto& member : shape.members) {
    auto below = node.child(member.wire_name);
    if (below.empty()) continue;
    const Place here{&place, member.name};
    auto format = timestamp_format(member, TimestampFormat::iso8601);
    WEIR_CHECK_OK(value(*member.shape, member.flattened, format, below, member.make(into), here));
  }
  return {};
}

base::Status Reader::value(const Shape& shape, bool flattened, TimestampFormat format, FormNode node, void* into,
                           const Place& place) {
  auto* text = node.value();
  // What has parts has no text of its own; only a bare name, which says that it is given and empty.
  if (!is_scalar(shape.type) && text && !text->empty()) return conversion_fault("The value", shape.type, place);
  switch (shape.type) {
    case Type::structure: return structure(shape, node, into, place);
    case Type::list: return list(shape, flattened, node, into, place);
    case Type::map: return map(shape, flattened, node, into, place);
    default: break;
  }
  if (!text) return serialization_fault("'" + to_string(place) + "' has no value of its own.");
  if (!read_scalar(shape, format, *text, into)) return conversion_fault("The value", shape.type, place);
  return {};
}

base::Status Reader::list(const Shape& shape, bool flattened, FormNode node, void* into, const Place& place) {
  auto elements = (flattened ? node : node.child(shape.element_name)).numbered_children();
  if (!elements.ok()) return std::move(elements).error();
  shape.list->reserve(into, elements->size());
  size_t index = 0;
  for (auto& element : *elements) {
    const Place here{&place, {}, index++};
    WEIR_CHECK_OK(value(*shape.element, false, TimestampFormat::iso8601, element, shape.list->append(into), here));
  }
  return {};
}

base::Status Reader::map(const Shape& shape, bool flattened, FormNode node, void* into, const Place& place) {
  auto entries = (flattened ? node : node.child("entry")).numbered_children();
  if (!entries.ok()) return std::move(entries).error();
  for (auto& each : *entries) WEIR_CHECK_OK(entry(shape, each, into, place));
  return {};
}

base::Status Reader::entry(const Shape& shape, FormNode node, void* into, const Place& place) {
  auto* key = node.child(shape.key_name).value();
  if (!key) return serialization_fault("An entry of '" + to_string(place) + "' has no key.");
  void* slot = shape.map->insert(into, std::string(*key));
  if (!slot) return serialization_fault("Duplicate key in '" + to_string(place) + "'");
  auto below = node.child(shape.element_name);
  return value(*shape.element, false, TimestampFormat::iso8601, below, slot, Place{.outer = &place, .is_entry = true});
}

}  // namespace

base::Status decode_query(const Shape& shape, std::span<const std::string_view> pieces, void* into) {
  WEIR_TRY(auto form, Form::parse(pieces));
  return Reader().structure(shape, form.root(), into, Place{});
}

}  // namespace weir::wire
