#include "identity/organization.h"

namespace weir::identity {
namespace {

std::string arn_of(std::string_view account, std::string_view noun, std::string_view organization,
                   std::string_view rest = {}) {
  std::string out = "arn:aws:organizations::";
  out.append(account).append(":").append(noun).append("/").append(organization);
  if (!rest.empty()) out.append("/").append(rest);
  return out;
}

}  // namespace

std::string Organization::arn() const { return arn_of(management.text(), "organization", id); }
std::string Organization::root_arn() const { return arn_of(management.text(), "root", id, root_id); }

OrganizationPolicy full_access_policy() {
  return {std::string(kFullAccessPolicy),
          "FullAWSAccess",
          "Allows access to every operation",
          std::string(kFullAccessDocument),
          {}};
}

std::string Invitation::arn() const { return arn_of(management.text(), "handshake", organization, "invite/" + id); }

std::string Invitation::state_at(base::Instant now) const {
  return state == "OPEN" && now >= expires ? "EXPIRED" : state;
}

std::string new_organization_id(std::string_view prefix, size_t characters, base::Randomness& randomness) {
  return std::string(prefix) + randomness.text(characters, "abcdefghijklmnopqrstuvwxyz0123456789");
}

std::string member_arn(const Organization& organization, const names::AccountId& account) {
  return arn_of(organization.management.text(), "account", organization.id, account.text());
}

std::string unit_arn(const Organization& organization, std::string_view unit) {
  return arn_of(organization.management.text(), "ou", organization.id, unit);
}

std::string control_policy_arn(const Organization& organization, std::string_view policy) {
  if (policy == kFullAccessPolicy)
    return "arn:aws:organizations::aws:policy/service_control_policy/" + std::string(policy);
  return arn_of(organization.management.text(), "policy", organization.id,
                "service_control_policy/" + std::string(policy));
}

}  // namespace weir::identity
