#include "app/permissions/tag_rights.h"

#include "app/permissions/data_lake_settings.h"
#include "app/wording.h"

namespace weir::app {
namespace {

using permissions::Privilege;
using permissions::Resource;

Refusal refusal(std::string says) { return {"Lake Formation", base::denied(std::move(says), "access")}; }

}  // namespace

TagRights::TagRights(const Call& call, std::string catalog)
    : call_(call),
      catalog_(std::move(catalog)),
      caller_(call.lake_caller(catalog_)),
      administers_(!administrator_gate(call, catalog_)),
      sees_everything_(app::sees_everything(call, catalog_)) {}

bool TagRights::decided(Privilege privilege, base::Result<Resource> resource) const {
  return resource.ok() &&
         permissions::decide({caller_, privilege, std::move(*resource)}, call_.state().permissions(catalog_)).allowed();
}

bool TagRights::holds(Privilege privilege, std::string_view key, std::string_view value) const {
  if (administers_ || (sees_everything_ && privilege == Privilege::describe)) return true;
  return decided(privilege, Resource::of_tag(catalog_, key, permissions::kAnyTagValue)) ||
         decided(privilege, Resource::of_tag(catalog_, key, value));
}

std::vector<std::string> TagRights::described(const permissions::LfTag& tag) const {
  if (holds(Privilege::describe, tag.key, permissions::kAnyTagValue)) return tag.values;
  std::vector<std::string> out;
  for (const auto& value : tag.values)
    if (decided(Privilege::describe, Resource::of_tag(catalog_, tag.key, value))) out.push_back(value);
  return out;
}

std::optional<Refusal> TagRights::lacks_on_catalog(Privilege privilege, std::string_view wording) const {
  if (administers_ || decided(privilege, Resource::of_catalog(catalog_))) return std::nullopt;
  return refusal(insufficient(std::string(wording) + " on catalog"));
}

std::optional<Refusal> TagRights::lacks(Privilege privilege, std::string_view key, std::string_view value) const {
  if (holds(privilege, key, value)) return std::nullopt;
  return refusal(insufficient(app::wording(privilege) + " on LF-Tag " + std::string(key) + "=" + std::string(value)));
}

std::optional<Refusal> TagRights::lacks(Privilege privilege, const permissions::TagExpression& expression) const {
  for (const auto& term : expression.terms())
    for (const auto& value : term.values)
      if (auto refused = lacks(privilege, term.key, value)) return refused;
  return std::nullopt;
}

std::optional<Refusal> TagRights::lacks_on_expression(Privilege privilege, std::string_view name) const {
  if (administers_ || (sees_everything_ && privilege == Privilege::describe) ||
      decided(privilege, Resource::of_expression(catalog_, name)))
    return std::nullopt;
  return refusal(insufficient(app::wording(privilege) + " on LF-Tag expression " + std::string(name)));
}

}  // namespace weir::app
