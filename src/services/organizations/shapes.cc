#include "services/organizations/shapes.h"

namespace weir::services::organizations {

namespace w = wire::organizations;

identity::Tags from_wire(const wire::List<w::Tag>& tags) {
  identity::Tags out;
  for (const auto& tag : tags) out.push_back({tag.Key.value_or(""), tag.Value.value_or("")});
  return out;
}

w::Root to_wire_root(const identity::Organization& organization) {
  w::Root out;
  out.Id = organization.root_id;
  out.Arn = organization.root_arn();
  out.Name = "Root";
  out.PolicyTypes.give();
  if (organization.has_control_policies)
    out.PolicyTypes.push_back({.Type = std::string(kControlPolicies), .Status = "ENABLED"});
  return out;
}

base::Status check_policy_type(const std::string& type) {
  if (type == kControlPolicies) return {};
  return base::fail(base::Kind::unsupported,
                    "You can't use the specified policy type with this organization: only SERVICE_CONTROL_POLICY is "
                    "enforced here.",
                    "policy type");
}

}  // namespace weir::services::organizations
