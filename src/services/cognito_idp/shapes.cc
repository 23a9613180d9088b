#include "services/cognito_idp/shapes.h"

#include <algorithm>

#include "base/text.h"

namespace weir::services::cognito_idp {
namespace {

w::AttributeType attribute(const std::string& name, const std::string& value) {
  w::AttributeType out;
  out.Name = name;
  out.Value = value;
  return out;
}

}  // namespace

base::Error not_offered(std::string_view name) {
  return base::fail(base::Kind::unsupported, std::string(name) + " is not offered here.", "parameter");
}

people::PageWanted page_from(const std::optional<std::string>& token, const std::optional<int32_t>& limit,
                             size_t otherwise) {
  people::PageWanted out;
  out.limit = limit && *limit > 0 ? static_cast<size_t>(*limit) : otherwise;
  auto after = base::unbase64url(token.value_or(""));
  if (after.ok()) out.after = *after;
  return out;
}

std::optional<std::string> page_token(const std::string& next) {
  return next.empty() ? std::nullopt : std::optional(base::base64url(next));
}

people::Attributes attributes_from(const wire::List<w::AttributeType>& given) {
  people::Attributes out;
  for (const auto& one : given) out[one.Name.value_or("")] = one.Value.value_or("");
  return out;
}

wire::List<w::AttributeType> to_wire(const people::Person& person) {
  wire::List<w::AttributeType> out;
  out.push_back(attribute("sub", person.sub));
  for (const auto& [name, value] : person.attributes) out.push_back(attribute(name, value));
  return out;
}

w::UserType user_to_wire(const people::Person& person) {
  w::UserType out;
  out.Username = person.username;
  out.Attributes = to_wire(person);
  out.UserCreateDate = person.created;
  out.UserLastModifiedDate = person.changed;
  out.Enabled = person.enabled;
  out.UserStatus = people::to_string(person.status);
  return out;
}

w::GroupType to_wire(const people::Group& group) {
  w::GroupType out;
  out.GroupName = group.name;
  out.UserPoolId = group.pool;
  if (!group.description.empty()) out.Description = group.description;
  if (!group.role.empty()) out.RoleArn = group.role;
  if (group.precedence) out.Precedence = static_cast<int32_t>(*group.precedence);
  out.LastModifiedDate = group.changed;
  out.CreationDate = group.created;
  return out;
}

}  // namespace weir::services::cognito_idp
