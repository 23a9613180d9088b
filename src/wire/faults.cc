#include "wire/faults.h"

namespace weir::wire {

std::string to_string(const Place& place) {
  std::string text = place.outer ? to_string(*place.outer) : "";
  if (place.is_entry) return text + "[key]";
  if (place.member.empty()) return place.outer ? text + "[" + std::to_string(place.index) + "]" : text;
  if (!text.empty()) text += '.';
  return text += place.member;
}

std::string_view json_type_name(Type type) {
  switch (type) {
    case Type::boolean: return "Boolean";
    case Type::integer: return "Integer";
    case Type::long_integer: return "Long";
    case Type::floating: return "Double";
    case Type::string: return "String";
    case Type::blob: return "Blob";
    case Type::timestamp: return "Timestamp";
    case Type::document: return "Document";
    case Type::list: return "List";
    case Type::map: return "Map";
    case Type::structure: return "Structure";
  }
  return "";
}

base::Error serialization_fault(std::string says) {
  return base::invalid(std::move(says), std::string(kSerialization));
}

base::Error conversion_fault(std::string_view found, Type type, const Place& place) {
  std::string says = std::string(found) + " can not be converted to " + std::string(json_type_name(type));
  auto where = to_string(place);
  if (!where.empty()) says += " at '" + where + "'";
  return serialization_fault(std::move(says));
}

}  // namespace weir::wire
