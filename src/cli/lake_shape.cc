#include "cli/lake_shape.h"

#include <algorithm>
#include <set>

namespace weir::cli {
namespace {

using base::Json;
using wire::Shape;
using wire::Type;

Json shaped_list(const Json::Array& list, const Shape& shape, const Spelling& spelling) {
  Json::Array out;
  for (const auto& item : list) out.push_back(shaped(item, *shape.element, spelling));
  if (spelling.lists_are_sets)
    std::sort(out.begin(), out.end(), [](const Json& a, const Json& b) { return a.dump() < b.dump(); });
  return out;
}

Json shaped_map(const Json::Object& map, const Shape& shape, const Spelling& spelling) {
  Json::Object out;
  for (const auto& [key, value] : map) out.emplace_back(key, shaped(value, *shape.element, spelling));
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  return out;
}

bool says_own_account(const Shape& shape, const wire::Member& member, const Json& value, const Spelling& spelling) {
  if (spelling.own_account.empty() || member.required || !value.as_string()) return false;
  bool catalog = member.wire_name == "CatalogId" || (shape.name == "CatalogResource" && member.wire_name == "Id");
  return catalog && *value.as_string() == spelling.own_account;
}

Json shaped_structure(const Json& value, const Shape& shape, const Spelling& spelling) {
  Json::Object out;
  for (const auto& member : shape.members) {
    const auto* given = value.find(member.wire_name);
    if (!given || given->is_null() || says_own_account(shape, member, *given, spelling)) continue;
    out.emplace_back(std::string(member.wire_name), shaped(*given, *member.shape, spelling));
  }
  return out;
}

bool is_number(const Json& value) { return value.as_int() || value.as_double(); }

bool fits(const Json& value, Type type) {
  switch (type) {
    case Type::boolean: return value.as_bool();
    case Type::integer:
    case Type::long_integer: return value.as_int();
    case Type::floating:
    case Type::timestamp: return is_number(value);
    case Type::string:
    case Type::blob: return value.as_string();
    case Type::document: return true;
    case Type::list: return value.as_array();
    case Type::map:
    case Type::structure: return value.as_object();
  }
  return false;
}

base::Error at(const std::string& path, std::string_view what) {
  return base::invalid((path.empty() ? "the item" : path) + " " + std::string(what), "document");
}

base::Status check_members(const Json& value, const Shape& shape, const std::string& path) {
  std::set<std::string_view> seen;
  auto prefix = path.empty() ? "" : path + ".";
  for (const auto& [name, member_value] : *value.as_object()) {
    if (!seen.insert(name).second) return at(prefix + name, "is given twice");
    if (shape.type == Type::map) {
      WEIR_CHECK_OK(check_shape(member_value, *shape.element, prefix + name));
      continue;
    }
    const auto* member = wire::find_member(shape, name);
    if (!member) return at(prefix + name, "is not a member of " + std::string(shape.name));
    WEIR_CHECK_OK(check_shape(member_value, *member->shape, prefix + name));
  }
  for (const auto& member : shape.members)
    if (member.required && !seen.contains(member.wire_name))
      return at(prefix + std::string(member.wire_name), "is missing");
  return {};
}

}  // namespace

Json shaped(const Json& value, const Shape& shape, const Spelling& spelling) {
  switch (shape.type) {
    case Type::floating:
    case Type::timestamp: return value.as_int() ? Json(static_cast<double>(*value.as_int())) : value;
    case Type::list: return value.as_array() ? shaped_list(*value.as_array(), shape, spelling) : value;
    case Type::map: return value.as_object() ? shaped_map(*value.as_object(), shape, spelling) : value;
    case Type::structure: return shaped_structure(value, shape, spelling);
    case Type::boolean:
    case Type::integer:
    case Type::long_integer:
    case Type::string:
    case Type::blob:
    case Type::document: return value;
  }
  return value;
}

base::Status check_shape(const Json& value, const Shape& shape, const std::string& path) {
  if (!fits(value, shape.type)) return at(path, "is not what " + std::string(shape.name) + " takes");
  if (shape.type == Type::list) {
    size_t i = 0;
    for (const auto& item : *value.as_array())
      WEIR_CHECK_OK(check_shape(item, *shape.element, path + "[" + std::to_string(i++) + "]"));
  }
  if (shape.type == Type::map || shape.type == Type::structure) return check_members(value, shape, path);
  return {};
}

}  // namespace weir::cli
