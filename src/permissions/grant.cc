#include "permissions/grant.h"

namespace weir::permissions {

std::string text(const Grant& grant) {
  auto out = grant.privileges.text() + " on " + grant.resource.text();
  if (!grant.grant_option.empty()) out += " (" + grant.grant_option.text() + " with grant option)";
  if (!grant.condition.empty()) out += " when " + grant.condition;
  if (!grant.local_to.empty()) out += " inside account " + grant.local_to;
  return out;
}

}  // namespace weir::permissions
