#include "base/text.h"
#include "wire/query_codec.h"
#include "wire/scalar.h"
#include "wire/xml_codec.h"

namespace weir::wire {
namespace {

// Writes name=value pairs below a growing prefix.
class FormWriter {
 public:
  explicit FormWriter(std::string& out) : out_(out) {}

  void structure(const Shape& shape, const void* from);

 private:
  void value(const Shape& shape, bool flattened, TimestampFormat format, const void* value);
  void list(const Shape& shape, bool flattened, const void* list);
  void map(const Shape& shape, bool flattened, const void* map);
  void field(std::string_view text) {
    ((out_ += '&') += base::uri_encode(prefix_)) += '=';
    out_ += base::uri_encode(text);
  }
  // Runs `write` with `step` appended to the prefix.
  template <class Write>
  void below(std::string_view step, Write write) {
    const size_t before = prefix_.size();
    if (!prefix_.empty()) prefix_ += '.';
    prefix_ += step;
    write();
    prefix_.resize(before);
  }

  std::string& out_;
  std::string prefix_;
};

// An empty structure is sent as its bare name, as an empty list is: left out, it would shift its list's numbers.
void FormWriter::structure(const Shape& shape, const void* from) {
  const size_t before = out_.size();
  for (auto& member : shape.members) {
    auto* given = member.get(from);
    if (!given) continue;
    auto format = timestamp_format(member, TimestampFormat::iso8601);
    below(member.wire_name, [&] { value(*member.shape, member.flattened, format, given); });
  }
  if (out_.size() == before && !prefix_.empty()) field("");
}

void FormWriter::value(const Shape& shape, bool flattened, TimestampFormat format, const void* value) {
  if (shape.type == Type::structure) return structure(shape, value);
  if (shape.type == Type::list) return list(shape, flattened, value);
  if (shape.type == Type::map) return map(shape, flattened, value);
  std::string text;
  append_scalar(shape, format, value, text);
  field(text);
}

void FormWriter::list(const Shape& shape, bool flattened, const void* list) {
  auto items = shape.list->items(list);
  if (!items.count) return field("");
  for (size_t i = 0; i < items.count; ++i) {
    auto step = std::to_string(i + 1);
    if (!flattened) step = std::string(shape.element_name) + "." + step;
    auto* item = items.first + i * shape.list->stride;
    below(step, [&] { value(*shape.element, false, TimestampFormat::iso8601, item); });
  }
}

void FormWriter::map(const Shape& shape, bool flattened, const void* map) {
  struct Entries {
    FormWriter& writer;
    const Shape& shape;
    bool flattened;
    size_t count = 0;
  } entries{*this, shape, flattened};
  if (!shape.map->size(map)) return field("");
  shape.map->each(map, &entries, [](void* context, const std::string& key, const void* item) {
    auto& [writer, shape, flattened, count] = *static_cast<Entries*>(context);
    auto step = (flattened ? "" : "entry.") + std::to_string(++count);
    writer.below(step, [&, &writer = writer, &shape = shape] {
      writer.below(shape.key_name, [&] { writer.field(key); });
      writer.below(shape.element_name, [&] { writer.value(*shape.element, false, TimestampFormat::iso8601, item); });
    });
  });
}

}  // namespace

void encode_query_response(const Operation& operation, const void* output, std::string_view request_id,
                           std::string& out) {
  const std::string root = std::string(operation.name) + "Response";
  out += "<" + root + " xmlns=\"";
  (out += operation.service->xml_namespace) += "\">";
  if (!operation.result_wrapper.empty()) {
    encode_xml(*operation.output, output, operation.result_wrapper, {}, XmlTimes::seconds, out);
  } else {
    encode_xml_members(*operation.output, output, XmlTimes::seconds, out);
  }
  out += "<ResponseMetadata>";
  append_xml_element("RequestId", request_id, out);
  out += "</ResponseMetadata></" + root + ">";
}

void encode_query_request(const Operation& operation, const void* input, std::string& out) {
  ((out += "Action=") += operation.name) += "&Version=";
  out += operation.service->api_version;
  FormWriter(out).structure(*operation.input, input);
}

}  // namespace weir::wire
