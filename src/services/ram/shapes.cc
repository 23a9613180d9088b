#include "services/ram/shapes.h"

namespace weir::services::ram {

identity::Tags from_wire(const wire::List<w::Tag>& tags) {
  identity::Tags out;
  for (const auto& tag : tags) out.push_back({tag.key.value_or(""), tag.value.value_or("")});
  return out;
}

app::ShareSide side_of(const std::string& resource_owner) {
  return resource_owner == "SELF" ? app::ShareSide::owned : app::ShareSide::received;
}

w::ResourceShare to_wire(const sharing::Share& share) {
  w::ResourceShare out;
  out.resourceShareArn = share.arn();
  out.name = share.name;
  out.owningAccountId = share.owner.text();
  out.allowExternalPrincipals = share.allows_external;
  out.status = "ACTIVE";
  for (const auto& [key, value] : share.tags) out.tags.push_back({.key = key, .value = value});
  out.creationTime = share.created;
  out.lastUpdatedTime = share.updated;
  out.featureSet = "STANDARD";
  return out;
}

w::ResourceShareAssociation to_wire(const app::ShownAssociation& association) {
  w::ResourceShareAssociation out;
  out.resourceShareArn = association.share;
  out.resourceShareName = association.share_name;
  out.associatedEntity = association.entity;
  out.associationType = association.type == app::AssociationType::principal ? "PRINCIPAL" : "RESOURCE";
  out.status = std::string(to_string(association.state));
  if (!association.message.empty()) out.statusMessage = association.message;
  out.creationTime = association.created;
  out.lastUpdatedTime = association.updated;
  out.external = association.external;
  return out;
}

base::Error not_offered(std::string_view member) {
  return base::invalid(std::string(member) + " is not offered by this server.", "parameter");
}

}  // namespace weir::services::ram
