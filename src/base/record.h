// How a struct becomes the JSON value a store keeps, declared once per struct:
//
//   struct Column { std::string name; std::optional<std::string> comment; };
//   WEIR_RECORD(Column, FIELD("Name", &Column::name), FIELD("Comment", &Column::comment))
//
// Writing leaves out absent optionals and empty containers. Reading ignores unknown members (records
// of a newer version), keeps defaults for absent ones, and refuses a member of the wrong type.
// Enums, ids and other leaves take part by overloading to_json(const T&) and from_json(const Json&, T&)
// in their own namespace.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "base/secret.h"

namespace weir::base {

template <class S, class M>
struct Field {
  const char* name;
  M S::*member;
};
template <class S, class M>
constexpr Field<S, M> field(const char* name, M S::*member) {
  return {name, member};
}

namespace record_detail {
// What a record's fields may be told to, for asking whether something is a record.
struct AnyVisitor {
  template <class... F>
  void operator()(F... fields) const;
};
}  // namespace record_detail

template <class T>
concept Record = requires(const T& value) {
  weir_record(&value, record_detail::AnyVisitor());
};

inline Json to_json(const std::string& value) { return value; }
inline Json to_json(bool value) { return value; }
inline Json to_json(int64_t value) { return value; }
inline Json to_json(int value) { return value; }
inline Json to_json(double value) { return value; }
inline Json to_json(const Json& value) { return value; }
inline Json to_json(const Secret& value) { return value.reveal(); }  // the store only; never a log
inline Json to_json(Instant at) { return static_cast<int64_t>(at.time_since_epoch().count()); }

Status from_json(const Json& json, std::string& value);
Status from_json(const Json& json, bool& value);
Status from_json(const Json& json, int64_t& value);
Status from_json(const Json& json, int& value);
Status from_json(const Json& json, double& value);
Status from_json(const Json& json, Instant& value);
Status from_json(const Json& json, Secret& value);
inline Status from_json(const Json& json, Json& value) {
  value = json;
  return {};
}

template <Record T>
Json to_json(const T& value);
template <Record T>
Status from_json(const Json& json, T& value);
template <class T>
Json to_json(const std::vector<T>& items);
template <class T>
Status from_json(const Json& json, std::vector<T>& items);
template <class T>
Json to_json(const std::map<std::string, T>& map);
template <class T>
Status from_json(const Json& json, std::map<std::string, T>& map);

template <class T>
Json to_json(const std::vector<T>& items) {
  Json::Array out;
  out.reserve(items.size());
  for (const auto& item : items) out.push_back(to_json(item));
  return out;
}
template <class T>
Status from_json(const Json& json, std::vector<T>& items) {
  auto* array = json.as_array();
  if (!array) return internal("record: an array was expected");
  items.clear();
  items.reserve(array->size());
  for (auto& element : *array) {
    T item{};
    WEIR_CHECK_OK(from_json(element, item));
    items.push_back(std::move(item));
  }
  return {};
}
template <class T>
Json to_json(const std::map<std::string, T>& map) {
  Json::Object out;
  for (const auto& [key, value] : map) out.emplace_back(key, to_json(value));
  return out;
}
template <class T>
Status from_json(const Json& json, std::map<std::string, T>& map) {
  auto* object = json.as_object();
  if (!object) return internal("record: an object was expected");
  map.clear();
  for (auto& [key, element] : *object) WEIR_CHECK_OK(from_json(element, map[key]));
  return {};
}

namespace record_detail {
template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <class T>
struct IsContainer : std::false_type {};
template <class T>
struct IsContainer<std::vector<T>> : std::true_type {};
template <class T>
struct IsContainer<std::map<std::string, T>> : std::true_type {};

template <class M>
void write_member(Json::Object& out, const char* name, const M& member) {
  if constexpr (IsOptional<M>::value) {
    if (member) out.emplace_back(name, to_json(*member));
  } else {
    if constexpr (IsContainer<M>::value) {
      if (member.empty()) return;
    }
    out.emplace_back(name, to_json(member));
  }
}
template <class M>
Status read_member(const Json& object, const char* name, M& member) {
  auto* found = object.find(name);
  if (!found || found->is_null()) return {};
  if constexpr (IsOptional<M>::value) {
    return from_json(*found, member.emplace());
  } else {
    return from_json(*found, member);
  }
}
}  // namespace record_detail

template <Record T>
Json to_json(const T& value) {
  Json::Object out;
  weir_record(&value, [&](auto... f) { (record_detail::write_member(out, f.name, value.*(f.member)), ...); });
  return out;
}
template <Record T>
Status from_json(const Json& json, T& value) {
  if (!json.as_object()) return internal("record: an object was expected");
  Status status;
  weir_record(&value, [&](auto... f) {
    (void)((status = record_detail::read_member(json, f.name, value.*(f.member)), status.ok()) && ...);
  });
  return status;
}

// The stored form: JSON text with the record's version in front ("v":1).
template <Record T>
std::string encode_record(const T& value, int version = 1) {
  Json json = to_json(value);
  json.as_object()->insert(json.as_object()->begin(), {"v", Json(version)});
  return json.dump();
}
template <Record T>
Result<T> decode_record(std::string_view text) {
  WEIR_TRY(auto json, parse_json(text));
  T value{};
  WEIR_CHECK_OK(from_json(json, value));
  return value;
}

}  // namespace weir::base

// Inside the struct's own namespace. A template, so that only who reads or writes the record pays for its fields.
#define FIELD(name, member) ::weir::base::field(name, member)
#define WEIR_RECORD(Type, ...)                       \
  template <class Visitor>                           \
  void weir_record(const Type*, Visitor&& visitor) { \
    visitor(__VA_ARGS__);                            \
  }
