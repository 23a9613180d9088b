#include "base/json.h"

#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace weir::base {
namespace {

Json build(simdjson::dom::element element) {
  switch (element.type()) {
    case simdjson::dom::element_type::ARRAY: {
      Json::Array items;
      for (auto item : simdjson::dom::array(element)) items.push_back(build(item));
      return items;
    }
    case simdjson::dom::element_type::OBJECT: {
      Json::Object members;
      for (auto member : simdjson::dom::object(element))
        members.emplace_back(std::string(member.key), build(member.value));
      return members;
    }
    case simdjson::dom::element_type::INT64: return int64_t(element);
    case simdjson::dom::element_type::UINT64: {
      auto value = uint64_t(element);
      if (value > static_cast<uint64_t>(std::numeric_limits<int64_t>::max())) return static_cast<double>(value);
      return static_cast<int64_t>(value);
    }
    case simdjson::dom::element_type::DOUBLE: return double(element);
    case simdjson::dom::element_type::STRING: return std::string(std::string_view(element));
    case simdjson::dom::element_type::BOOL: return bool(element);
    case simdjson::dom::element_type::NULL_VALUE: return Json();
  }
  return Json();
}

bool needs_escape(unsigned char c) { return c < 0x20 || c == '"' || c == '\\'; }

// How much of the text, in whole vectors, needs no escape; most texts need none at all.
size_t plain_strides(std::string_view text) {
  constexpr size_t kStride = 16;
  size_t at = 0;
  for (; at + kStride <= text.size(); at += kStride) {
    unsigned char found = 0;
    for (size_t i = 0; i < kStride; ++i) {
      auto c = static_cast<unsigned char>(text[at + i]);
      found |= static_cast<unsigned char>((c < 0x20) | (c == '"') | (c == '\\'));
    }
    if (found) break;
  }
  return at;
}

void pretty(std::string& out, const Json& value, size_t indent) {
  auto line = [&](size_t by) { out += '\n', out.append(by, ' '); };
  if (auto* a = value.as_array(); a && !a->empty()) {
    out += '[';
    for (size_t i = 0; i < a->size(); ++i) {
      if (i) out += ',';
      line(indent + 2);
      pretty(out, (*a)[i], indent + 2);
    }
    line(indent);
    out += ']';
  } else if (auto* o = value.as_object(); o && !o->empty()) {
    out += '{';
    bool first = true;
    for (auto& [name, member] : *o) {
      if (!std::exchange(first, false)) out += ',';
      line(indent + 2);
      out += Json(name).dump() + ": ";
      pretty(out, member, indent + 2);
    }
    line(indent);
    out += '}';
  } else {
    out += value.dump();
  }
}

}  // namespace

Json::Json() = default;
Json::Json(bool value) : value_(value) {}
Json::Json(int64_t value) : value_(value) {}
Json::Json(int value) : value_(static_cast<int64_t>(value)) {}
Json::Json(double value) : value_(value) {}
Json::Json(std::string value) : value_(std::move(value)) {}
Json::Json(std::string_view value) : value_(std::string(value)) {}
Json::Json(const char* value) : value_(std::string(value)) {}
Json::Json(Array value) : value_(std::move(value)) {}
Json::Json(Object value) : value_(std::move(value)) {}
Json::Json(const Json& other) = default;
Json::Json(Json&& other) noexcept = default;
Json& Json::operator=(const Json& other) = default;
Json& Json::operator=(Json&& other) noexcept = default;
Json::~Json() = default;
bool Json::operator==(const Json& other) const { return value_ == other.value_; }

const Json* Json::find(std::string_view name) const {
  if (auto* object = as_object())
    for (auto& [key, value] : *object)
      if (key == name) return &value;
  return nullptr;
}
Json* Json::find(std::string_view name) { return const_cast<Json*>(std::as_const(*this).find(name)); }

std::string Json::text(std::string_view name, std::string_view otherwise) const {
  auto* member = find(name);
  auto* value = member ? member->as_string() : nullptr;
  return value ? *value : std::string(otherwise);
}
int64_t Json::number(std::string_view name, int64_t otherwise) const {
  auto* member = find(name);
  auto* value = member ? member->as_int() : nullptr;
  return value ? *value : otherwise;
}
bool Json::flag(std::string_view name, bool otherwise) const {
  auto* member = find(name);
  auto* value = member ? member->as_bool() : nullptr;
  return value ? *value : otherwise;
}

Json& Json::set(std::string name, Json value) {
  if (is_null()) value_ = Object{};
  CHECK_TRUE(as_object(), "set() on an object");
  if (auto* there = find(name)) {
    *there = std::move(value);
  } else {
    as_object()->emplace_back(std::move(name), std::move(value));
  }
  return *this;
}

Json& Json::push(Json value) {
  if (is_null()) value_ = Array{};
  CHECK_TRUE(as_array(), "push() on an array");
  as_array()->push_back(std::move(value));
  return *this;
}

std::string Json::dump() const {
  std::string out;
  JsonWriter(out).value(*this);
  return out;
}

std::string Json::dump_pretty() const {
  std::string out;
  pretty(out, *this, 0);
  return out;
}

Result<Json> parse_json(std::string_view text, size_t depth_max) {
  thread_local simdjson::dom::parser parser;
  bool fits = parser.capacity() >= text.size() && parser.max_depth() == depth_max;
  if (!fits && parser.allocate(std::max<size_t>(text.size() + 1, 4096), depth_max) != simdjson::SUCCESS)
    return internal("no memory for a JSON text of " + std::to_string(text.size()) + " bytes");
  simdjson::dom::element root;
  if (auto error = parser.parse(text.data(), text.size(), true).get(root))
    return invalid("not valid JSON: " + std::string(simdjson::error_message(error)), "json");
  return build(root);
}

void JsonWriter::integer(int64_t value) {
  comma();
  char text[24];
  out_.append(text, std::to_chars(text, text + sizeof text, value).ptr);
}

void JsonWriter::number(double value) {
  if (!std::isfinite(value)) return string(std::isnan(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
  comma();
  char text[40];
  if (value == std::floor(value) && std::abs(value) < 1e15) {
    out_.append(text, std::to_chars(text, text + sizeof text, static_cast<int64_t>(value)).ptr);
    out_ += ".0";
  } else {
    out_.append(text, std::to_chars(text, text + sizeof text, value).ptr);
  }
}

void JsonWriter::value(const Json& value) {
  if (value.is_null()) return null();
  if (auto* b = value.as_bool()) return boolean(*b);
  if (auto* i = value.as_int()) return integer(*i);
  if (auto* d = value.as_double()) return number(*d);
  if (auto* s = value.as_string()) return string(*s);
  if (auto* a = value.as_array()) {
    begin_array();
    for (auto& item : *a) this->value(item);
    return end_array();
  }
  begin_object();
  for (auto& [name, member] : *value.as_object()) {
    key(name);
    this->value(member);
  }
  end_object();
}

void JsonWriter::quote(std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  out_ += '"';
  size_t plain = 0;
  for (size_t i = plain_strides(text); i < text.size(); ++i) {
    auto c = static_cast<unsigned char>(text[i]);
    if (!needs_escape(c)) continue;
    out_.append(text, plain, i - plain);
    plain = i + 1;
    switch (c) {
      case '"': out_ += "\\\""; break;
      case '\\': out_ += "\\\\"; break;
      case '\n': out_ += "\\n"; break;
      case '\r': out_ += "\\r"; break;
      case '\t': out_ += "\\t"; break;
      default:
        out_ += "\\u00";
        out_ += kHex[c >> 4];
        out_ += kHex[c & 15];
    }
  }
  out_.append(text, plain);
  out_ += '"';
}

}  // namespace weir::base
