#include <simdjson.h>

#include <array>
#include <limits>

#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
#include "wire/faults.h"
#include "wire/json_codec.h"
#include "wire/scalar.h"

namespace weir::wire {
namespace {

namespace dom = simdjson::dom;

// Bodies above this get a parser of their own, so that a thread does not keep a large one for ever.
constexpr size_t kKeptParserBytes = 256 * 1024;

std::string_view token_name(dom::element_type type) {
  switch (type) {
    case dom::element_type::ARRAY: return "START_ARRAY";
    case dom::element_type::OBJECT: return "START_OBJECT";
    case dom::element_type::INT64:
    case dom::element_type::UINT64:
    case dom::element_type::DOUBLE: return "NUMBER_VALUE";
    case dom::element_type::STRING: return "STRING_VALUE";
    case dom::element_type::BOOL: return "BOOLEAN_VALUE";
    case dom::element_type::NULL_VALUE: return "NULL_VALUE";
  }
  return "";
}

// Which members of a structure were read; the generator refuses larger structures.
class Seen {
 public:
  // False when the member was there before.
  bool add(size_t member) {
    auto& word = words_[member / 64];
    const uint64_t bit = uint64_t{1} << (member % 64);
    if (word & bit) return false;
    word |= bit;
    return true;
  }

 private:
  std::array<uint64_t, kMembersMax / 64> words_{};
};

class Reader {
 public:
  bool structure(const Shape& shape, dom::object object, void* into, const Place& place);
  base::Error take_fault() { return std::move(*fault_); }

 private:
  bool value(const Shape& shape, TimestampFormat format, dom::element element, void* into, const Place& place);
  bool scalar(const Shape& shape, TimestampFormat format, dom::element element, void* into, const Place& place);
  bool list(const Shape& shape, dom::element element, void* into, const Place& place);
  bool map(const Shape& shape, dom::element element, void* into, const Place& place);
  bool document(dom::element element, base::Json& into);
  template <class T>
  bool whole_number(const Shape& shape, dom::element element, void* into, const Place& place);
  bool number(const Shape& shape, dom::element element, double& into, const Place& place);
  bool timestamp(const Shape& shape, TimestampFormat format, dom::element element, void* into, const Place& place);

  bool fail(base::Error fault) { return fault_ = std::move(fault), false; }
  bool mismatch(const Shape& shape, dom::element element, const Place& place) {
    return fail(conversion_fault(token_name(element.type()), shape.type, place));
  }

  std::optional<base::Error> fault_;
};

bool Reader::structure(const Shape& shape, dom::object object, void* into, const Place& place) {
  Seen seen;
  size_t next = 0;
  for (auto field : object) {
    auto* member = find_member(shape, field.key, next);
    if (!member || member->location != Location::body) continue;
    next = static_cast<size_t>(member - shape.members.data());
    if (!seen.add(next)) return fail(serialization_fault("Duplicate field '" + std::string(member->wire_name) + "'"));
    ++next;
    if (field.value.is_null()) continue;
    const Place here{&place, member->wire_name};
    auto format = timestamp_format(*member, TimestampFormat::epoch);
    if (!value(*member->shape, format, field.value, member->make(into), here)) return false;
  }
  return true;
}

bool Reader::value(const Shape& shape, TimestampFormat format, dom::element element, void* into, const Place& place) {
  switch (shape.type) {
    case Type::structure: {
      dom::object object;
      if (element.get(object)) return mismatch(shape, element, place);
      return structure(shape, object, into, place);
    }
    case Type::list: return list(shape, element, into, place);
    case Type::map: return map(shape, element, into, place);
    case Type::document: return document(element, *static_cast<base::Json*>(into));
    default: return scalar(shape, format, element, into, place);
  }
}

bool Reader::scalar(const Shape& shape, TimestampFormat format, dom::element element, void* into, const Place& place) {
  std::string_view text;
  switch (shape.type) {
    case Type::string:
      if (element.get(text)) return mismatch(shape, element, place);
      static_cast<std::string*>(into)->assign(text);
      return true;
    case Type::boolean: return element.get(*static_cast<bool*>(into)) ? mismatch(shape, element, place) : true;
    case Type::integer: return whole_number<int32_t>(shape, element, into, place);
    case Type::long_integer: return whole_number<int64_t>(shape, element, into, place);
    case Type::floating: return number(shape, element, *static_cast<double*>(into), place);
    case Type::timestamp: return timestamp(shape, format, element, into, place);
    default: break;
  }
  if (element.get(text)) return mismatch(shape, element, place);
  auto bytes = base::unbase64(text);
  if (!bytes.ok()) return mismatch(shape, element, place);
  *static_cast<std::string*>(into) = std::move(*bytes);
  return true;
}

bool Reader::list(const Shape& shape, dom::element element, void* into, const Place& place) {
  dom::array array;
  if (element.get(array)) return mismatch(shape, element, place);
  // size() saturates; a long list simply grows.
  shape.list->reserve(into, array.size());
  size_t index = 0;
  for (auto item : array) {
    const Place here{&place, {}, index++};
    if (item.is_null()) return mismatch(*shape.element, item, here);
    if (!value(*shape.element, TimestampFormat::epoch, item, shape.list->append(into), here)) return false;
  }
  return true;
}

bool Reader::map(const Shape& shape, dom::element element, void* into, const Place& place) {
  dom::object object;
  if (element.get(object)) return mismatch(shape, element, place);
  for (auto field : object) {
    const Place here{.outer = &place, .is_entry = true};
    if (field.value.is_null()) continue;
    void* slot = shape.map->insert(into, std::string(field.key));
    if (!slot) return fail(serialization_fault("Duplicate key in '" + to_string(place) + "'"));
    if (!value(*shape.element, TimestampFormat::epoch, field.value, slot, here)) return false;
  }
  return true;
}

bool Reader::document(dom::element element, base::Json& into) {
  auto json = base::parse_json(simdjson::minify(element), kDepthMax);
  if (!json.ok()) return fail(serialization_fault(json.error().says));
  into = std::move(*json);
  return true;
}

template <class T>
bool Reader::whole_number(const Shape& shape, dom::element element, void* into, const Place& place) {
  int64_t whole = 0;
  if (element.get(whole)) return mismatch(shape, element, place);
  if (whole < std::numeric_limits<T>::min() || whole > std::numeric_limits<T>::max())
    return mismatch(shape, element, place);
  *static_cast<T*>(into) = static_cast<T>(whole);
  return true;
}

bool Reader::number(const Shape& shape, dom::element element, double& into, const Place& place) {
  std::string_view word;
  if (element.is_string() && !element.get(word)) {
    if (auto special = special_number(word)) return into = *special, true;
    return mismatch(shape, element, place);
  }
  return element.get(into) ? mismatch(shape, element, place) : true;
}

bool Reader::timestamp(const Shape& shape, TimestampFormat format, dom::element element, void* into,
                       const Place& place) {
  auto& instant = *static_cast<base::Instant*>(into);
  if (format == TimestampFormat::epoch) {
    double seconds = 0;
    if (element.get(seconds) || !read_epoch_seconds(seconds, instant)) return mismatch(shape, element, place);
    return true;
  }
  std::string_view text;
  if (element.get(text) || !read_timestamp(text, format, instant)) return mismatch(shape, element, place);
  return true;
}

base::Status parse_and_read(dom::parser& parser, const Shape& shape, std::string_view text, void* into) {
  if (parser.capacity() < text.size() || parser.max_depth() != kDepthMax) {
    if (parser.allocate(std::max<size_t>(text.size(), 4096), kDepthMax))
      return base::internal("no memory to parse a JSON body of " + std::to_string(text.size()) + " bytes");
  }
  dom::element root;
  if (parser.parse(text.data(), text.size(), true).get(root))
    return serialization_fault("The request body is not valid JSON.");
  dom::object object;
  if (root.get(object)) return conversion_fault(token_name(root.type()), Type::structure, Place{});
  Reader reader;
  if (!reader.structure(shape, object, into, Place{})) return reader.take_fault();
  return {};
}

}  // namespace

base::Status decode_json(const Shape& shape, std::string_view text, void* into) {
  if (text.empty()) return {};
  if (text.size() > kKeptParserBytes) {
    dom::parser parser;
    return parse_and_read(parser, shape, text, into);
  }
  thread_local dom::parser parser;
  return parse_and_read(parser, shape, text, into);
}

}  // namespace weir::wire
