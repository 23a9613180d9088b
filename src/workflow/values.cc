#include "workflow/values.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "workflow/limits.h"

namespace weir::workflow {
namespace {

constexpr double kExactMax = 9007199254740992.0;  // 2^53

std::vector<const std::pair<std::string, Json>*> by_name(const Json::Object& members) {
  std::vector<const std::pair<std::string, Json>*> out;
  out.reserve(members.size());
  for (auto& member : members) out.push_back(&member);
  std::stable_sort(out.begin(), out.end(), [](auto* a, auto* b) { return a->first < b->first; });
  return out;
}

bool same_members(const Json::Object& a, const Json::Object& b) {
  if (a.size() != b.size()) return false;
  auto left = by_name(a), right = by_name(b);
  return std::equal(left.begin(), left.end(), right.begin(),
                    [](auto* x, auto* y) { return x->first == y->first && same_value(x->second, y->second); });
}

void write_canonical(base::JsonWriter& out, const Json& value) {
  if (auto whole = whole_number(value)) return out.integer(*whole);
  if (auto* array = value.as_array()) {
    out.begin_array();
    for (auto& item : *array) write_canonical(out, item);
    return out.end_array();
  }
  auto* object = value.as_object();
  if (!object) return out.value(value);
  out.begin_object();
  for (auto* member : by_name(*object)) {
    out.key(member->first);
    write_canonical(out, member->second);
  }
  out.end_object();
}

size_t quoted_bytes(std::string_view text) {
  size_t out = 2;
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    bool short_escape = c == '"' || c == '\\' || c == '\n' || c == '\r' || c == '\t';
    out += short_escape ? 2 : byte < 0x20 ? 6 : 1;
  }
  return out;
}

void drop_repeated_members(Json& value) {
  if (auto* array = value.as_array())
    for (auto& item : *array) drop_repeated_members(item);
  if (auto* object = value.as_object()) {
    *object = last_members(std::move(*object));
    for (auto& [name, member] : *object) drop_repeated_members(member);
  }
}

}  // namespace

std::optional<long double> number_of(const Json& value) {
  if (auto* whole = value.as_int()) return static_cast<long double>(*whole);
  if (auto* real = value.as_double()) return static_cast<long double>(*real);
  return std::nullopt;
}

bool is_number(const Json& value) { return value.as_int() || value.as_double(); }

std::optional<int64_t> rounded(const Json& value) {
  if (auto* whole = value.as_int()) return *whole;
  auto* real = value.as_double();
  if (!real || !(std::abs(*real) < kExactMax)) return std::nullopt;
  return static_cast<int64_t>(std::llround(*real));
}

std::optional<int64_t> whole_number(const Json& value) {
  auto* real = value.as_double();
  if (real && *real != std::floor(*real)) return std::nullopt;
  return rounded(value);
}

bool same_value(const Json& a, const Json& b) {
  if (is_number(a) && is_number(b)) return number_of(a) == number_of(b);
  if (auto* x = a.as_array(), *y = b.as_array(); x && y)
    return std::equal(x->begin(), x->end(), y->begin(), y->end(), same_value);
  if (auto* x = a.as_object(), *y = b.as_object(); x && y) return same_members(*x, *y);
  return a == b;
}

std::string canonical_text(const Json& value) {
  std::string out;
  base::JsonWriter writer(out);
  write_canonical(writer, value);
  return out;
}

size_t json_bytes(const Json& value) {
  if (auto* text = value.as_string()) return quoted_bytes(*text);
  size_t out = 2;
  if (auto* array = value.as_array()) {
    for (auto& item : *array) out += json_bytes(item) + 1;
    return out - (array->empty() ? 0 : 1);
  }
  if (auto* object = value.as_object()) {
    for (auto& [name, member] : *object) out += quoted_bytes(name) + json_bytes(member) + 2;
    return out - (object->empty() ? 0 : 1);
  }
  return value.dump().size();
}

size_t json_depth(const Json& value) {
  size_t inner = 0;
  if (auto* array = value.as_array()) {
    for (auto& item : *array) inner = std::max(inner, json_depth(item));
    return inner + 1;
  }
  auto* object = value.as_object();
  if (!object) return 0;
  for (auto& [name, member] : *object) inner = std::max(inner, json_depth(member));
  return inner + 1;
}

Json::Object last_members(Json::Object members) {
  std::unordered_map<std::string, size_t> places;
  Json::Object out;
  out.reserve(members.size());
  for (auto& [name, value] : members) {
    auto [place, fresh] = places.try_emplace(name, out.size());
    if (fresh) {
      out.emplace_back(std::move(name), std::move(value));
    } else {
      out[place->second].second = std::move(value);
    }
  }
  return out;
}

Result<Json> parse_payload(std::string_view text) {
  WEIR_TRY(auto value, base::parse_json(text, kPayloadDepthMax));
  drop_repeated_members(value);
  return value;
}

std::optional<base::Instant> timestamp_of(std::string_view text) {
  if (text.size() < 20 || text[10] != 'T' || text[16] != ':') return std::nullopt;
  bool zoned = text.back() == 'Z' || text[text.size() - 6] == '+' || text[text.size() - 6] == '-';
  if (!zoned) return std::nullopt;
  auto at = base::parse_iso8601(text);
  if (!at.ok()) return std::nullopt;
  return *at;
}

}  // namespace weir::workflow
