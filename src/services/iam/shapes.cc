#include "services/iam/shapes.h"

namespace weir::services::iam {

identity::Tags from_wire(const wire::List<wire::iam::Tag>& tags) {
  identity::Tags out;
  for (const auto& tag : tags) out.push_back({tag.Key.value_or(""), tag.Value.value_or("")});
  return out;
}

wire::List<wire::iam::Tag> to_wire(const identity::Tags& tags) {
  wire::List<wire::iam::Tag> out;
  for (const auto& tag : tags) out.push_back({.Key = tag.key, .Value = tag.value});
  return out;
}

std::optional<wire::iam::AttachedPermissionsBoundary> to_wire(const std::optional<std::string>& boundary) {
  if (!boundary) return std::nullopt;
  return wire::iam::AttachedPermissionsBoundary{.PermissionsBoundaryType = "PermissionsBoundaryPolicy",
                                                .PermissionsBoundaryArn = *boundary};
}

}  // namespace weir::services::iam
