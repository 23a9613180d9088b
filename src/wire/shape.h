// The tables that describe generated structs: what the codecs and the validator walk.
//
// Tables are constants of the generated code (static storage, no dynamic initialisation). A "slot" is a member of a
// struct as it lies in memory (an optional, a List, a Map); a "value" is what the slot holds when it is given.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace weir::wire {

// Structures have at most this many members; the generator refuses larger ones.
inline constexpr size_t kMembersMax = 256;

class Pattern;
struct Shape;

enum class Type : uint8_t {
  boolean,
  integer,
  long_integer,
  floating,
  string,
  blob,
  timestamp,
  document,
  list,
  map,
  structure,
};

// `by_place`: epoch seconds in JSON, ISO 8601 in XML, forms and query strings, HTTP dates in headers.
enum class TimestampFormat : uint8_t { by_place, epoch, iso8601, http_date };

enum class Location : uint8_t { body, payload, uri, query, header, prefix_headers, status_code };

// How a slot is emptied into and out of, without knowing its type.
struct SlotOps {
  const void* (*get)(const void* slot);  // the value, or null when absent
  void* (*make)(void* slot);             // a fresh value in the slot
};

struct Items {
  const std::byte* first = nullptr;
  size_t count = 0;
};

struct ListOps {
  size_t stride;
  Items (*items)(const void* list);
  void* (*append)(void* list);  // a fresh element
  void (*reserve)(void* list, size_t count);
};

struct MapOps {
  size_t (*size)(const void* map);
  void* (*insert)(void* map, std::string&& key);  // a fresh value, or null when the key is there
  void (*each)(const void* map, void* context, void (*visit)(void* context, const std::string& key, const void* value));
};

struct Constraint {
  static constexpr int64_t kNone = INT64_MIN;
  int64_t min = kNone;
  int64_t max = kNone;
  const Pattern* pattern = nullptr;
  std::span<const std::string_view> values{};  // of an enumeration
};

struct Member {
  std::string_view name{};       // as the model and the struct spell it
  std::string_view wire_name{};  // as the wire does
  std::string_view json_key{};   // "wire_name": with its quotes and colon
  const Shape* shape = nullptr;
  const SlotOps* slot = nullptr;
  uint32_t offset = 0;
  Location location = Location::body;
  TimestampFormat timestamp = TimestampFormat::by_place;
  std::string_view xml_namespace{};
  bool required = false;
  bool sensitive = false;
  bool flattened = false;
  bool xml_attribute = false;
  bool idempotency_token = false;
  bool xml_text = false;  // the text of the structure's own element

  const void* get(const void* object) const { return slot->get(static_cast<const std::byte*>(object) + offset); }
  void* make(void* object) const { return slot->make(static_cast<std::byte*>(object) + offset); }
};

struct Shape {
  std::string_view name{};
  Type type = Type::structure;
  TimestampFormat timestamp = TimestampFormat::by_place;
  const Constraint* constraint = nullptr;
  bool sensitive = false;
  bool flattened = false;
  // Structures.
  std::span<const Member> members{};
  std::string_view xml_name{};  // of the root element, when it is not the shape's name
  std::string_view xml_namespace{};
  // Lists and maps.
  const Shape* element = nullptr;
  std::string_view element_name{};
  const Shape* key = nullptr;
  std::string_view key_name{};
  const ListOps* list = nullptr;
  const MapOps* map = nullptr;
};

// The member of that wire name, or null. `expected` is where the search begins: readers pass the place after the
// member they read last, so that a text in the model's order is matched without searching.
inline const Member* find_member(const Shape& shape, std::string_view wire_name, size_t expected = 0) {
  const size_t count = shape.members.size();
  for (size_t i = 0, at = expected; i < count; ++i, ++at) {
    if (at >= count) at -= count;
    if (shape.members[at].wire_name == wire_name) return &shape.members[at];
  }
  return nullptr;
}

// The format a timestamp member is written in, given what its place implies.
inline TimestampFormat timestamp_format(const Member& member, TimestampFormat by_place) {
  if (member.timestamp != TimestampFormat::by_place) return member.timestamp;
  if (member.shape->timestamp != TimestampFormat::by_place) return member.shape->timestamp;
  return by_place;
}

// The input or output of an operation that has none.
struct Nothing {};
inline constexpr Shape kNothing = {.name = "Nothing"};
inline const Shape& weir_shape(const Nothing*) { return kNothing; }

template <class T>
const Shape& shape_of() {
  return weir_shape(static_cast<const T*>(nullptr));
}

}  // namespace weir::wire
