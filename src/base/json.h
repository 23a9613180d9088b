// A JSON value as a small tree, its strict parser and an append-only writer.
//
// The parser is simdjson (UTF-8 checked, depth limited); members keep their order, and duplicates are
// kept so that a reader who must refuse them can. For hot paths the wire codec walks simdjson itself.
// Values are made, copied and ended in json.cc, so that not every file compiles how that is done.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"

namespace weir::base {

class Json {
 public:
  using Array = std::vector<Json>;
  using Object = std::vector<std::pair<std::string, Json>>;

  Json();                        // null
  Json(bool value);              // NOLINT(google-explicit-constructor)
  Json(int64_t value);           // NOLINT(google-explicit-constructor)
  Json(int value);               // NOLINT(google-explicit-constructor)
  Json(double value);            // NOLINT(google-explicit-constructor)
  Json(std::string value);       // NOLINT(google-explicit-constructor)
  Json(std::string_view value);  // NOLINT(google-explicit-constructor)
  Json(const char* value);       // NOLINT(google-explicit-constructor)
  Json(Array value);             // NOLINT(google-explicit-constructor)
  Json(Object value);            // NOLINT(google-explicit-constructor)
  Json(const Json& other);
  Json(Json&& other) noexcept;
  Json& operator=(const Json& other);
  Json& operator=(Json&& other) noexcept;
  ~Json();
  static Json object() { return Json(Object{}); }
  static Json array() { return Json(Array{}); }

  bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
  const bool* as_bool() const { return std::get_if<bool>(&value_); }
  const int64_t* as_int() const { return std::get_if<int64_t>(&value_); }
  const double* as_double() const { return std::get_if<double>(&value_); }
  const std::string* as_string() const { return std::get_if<std::string>(&value_); }
  const Array* as_array() const { return std::get_if<Array>(&value_); }
  const Object* as_object() const { return std::get_if<Object>(&value_); }
  Array* as_array() { return std::get_if<Array>(&value_); }
  Object* as_object() { return std::get_if<Object>(&value_); }

  // The first member of that name; null pointer when absent or not an object.
  const Json* find(std::string_view name) const;
  Json* find(std::string_view name);
  // Readers with a fallback for "absent or of another type".
  std::string text(std::string_view name, std::string_view otherwise = {}) const;
  int64_t number(std::string_view name, int64_t otherwise = 0) const;
  bool flag(std::string_view name, bool otherwise = false) const;
  // Appends or replaces a member; turns null into an object.
  Json& set(std::string name, Json value);
  Json& push(Json value);

  std::string dump() const;
  std::string dump_pretty() const;  // two spaces
  bool operator==(const Json& other) const;

 private:
  std::variant<std::monostate, bool, int64_t, double, std::string, Array, Object> value_;
};

// One JSON text and nothing after it. Integers outside int64 become doubles. `depth_max` counts nesting.
Result<Json> parse_json(std::string_view text, size_t depth_max = 64);

// Appends JSON text; commas are its business. Keys and values alternate inside objects.
class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}
  void begin_object() {
    comma();
    out_ += '{';
    fresh_ = true;
  }
  void end_object() {
    out_ += '}';
    fresh_ = false;
  }
  void begin_array() {
    comma();
    out_ += '[';
    fresh_ = true;
  }
  void end_array() {
    out_ += ']';
    fresh_ = false;
  }
  void key(std::string_view name) {
    comma();
    quote(name);
    out_ += ':';
    fresh_ = true;
  }
  void string(std::string_view value) {
    comma();
    quote(value);
  }
  void integer(int64_t value);
  void number(double value);  // shortest text that reads back the same; NaN and infinities become strings
  void boolean(bool value) {
    comma();
    out_ += value ? "true" : "false";
  }
  void null() {
    comma();
    out_ += "null";
  }
  void raw(std::string_view json) {
    comma();
    out_ += json;
  }
  void value(const Json& value);

 private:
  void comma() {
    if (!fresh_) out_ += ',';
    fresh_ = false;
  }
  void quote(std::string_view text);
  std::string& out_;
  bool fresh_ = true;
};

}  // namespace weir::base
