#include "services/states/shapes.h"

namespace weir::services::states {

identity::Tags from_wire(const wire::List<w::Tag>& tags) {
  identity::Tags out;
  for (const auto& tag : tags) out.push_back({tag.key.value_or(""), tag.value.value_or("")});
  return out;
}

wire::List<w::Tag> to_wire(const identity::Tags& tags) {
  wire::List<w::Tag> out;
  out.give();
  for (const auto& tag : tags) out.push_back({.key = tag.key, .value = tag.value});
  return out;
}

}  // namespace weir::services::states
