#include "identity/oidc/strict_json.h"

#include <algorithm>
#include <unordered_set>

namespace weir::identity::oidc {
namespace {

using base::Json;

bool has_equal_names(const Json& value) {
  if (auto* items = value.as_array()) return std::any_of(items->begin(), items->end(), has_equal_names);
  auto* members = value.as_object();
  if (!members) return false;
  std::unordered_set<std::string_view> names;
  return std::any_of(members->begin(), members->end(), [&](const auto& member) {
    return !names.insert(member.first).second || has_equal_names(member.second);
  });
}

}  // namespace

base::Result<Json> parse_strict_object(std::string_view text) {
  auto json = base::parse_json(text, kJsonDepthMax);
  if (!json.ok()) return base::internal(json.error().says);
  if (!json->as_object()) return base::internal("not a JSON object");
  if (has_equal_names(*json)) return base::internal("a member name twice");
  return json;
}

std::vector<std::string> texts(const Json* value) {
  if (!value) return {};
  if (auto* text = value->as_string()) return {*text};
  std::vector<std::string> out;
  auto* items = value->as_array();
  if (!items) return {};
  for (const auto& item : *items) {
    auto* text = item.as_string();
    if (!text) return {};
    out.push_back(*text);
  }
  return out;
}

}  // namespace weir::identity::oidc
