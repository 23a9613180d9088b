#include <algorithm>

#include "identity/organization_keys.h"
#include "identity/organization_records.h"
#include "policy/document.h"

namespace weir::identity {
namespace {

base::Error limit(std::string says, std::string reason) {
  return base::fail(base::Kind::limit_exceeded, std::move(says), std::move(reason));
}

base::Error not_enabled() {
  return base::not_found("This operation can be performed only for enabled policy types.", "policy type");
}

base::Status check_content(const std::string& content) {
  auto parsed = policy::parse_policy(content, policy::PolicyKind::scp);
  if (parsed.ok()) return {};
  if (parsed.error().kind != base::Kind::limit_exceeded) return std::move(parsed).error();
  return limit("You have exceeded the allowed size of a service control policy: " +
                   std::to_string(policy::size_limit(policy::PolicyKind::scp)) + " characters.",
               "POLICY_CONTENT_LIMIT_EXCEEDED");
}

}  // namespace

base::Result<OrganizationPolicy> OrganizationRecords::get_policy(const std::string& id) {
  if (id == kFullAccessPolicy) return full_access_policy();
  WEIR_TRY(auto found, load<OrganizationPolicy>(tx_, keys::control_policy(organization_.id, id)));
  if (!found) return base::not_found("We can't find a policy with the PolicyId that you specified.", "policy");
  return std::move(*found);
}

base::Result<std::vector<OrganizationPolicy>> OrganizationRecords::policies() {
  std::vector<OrganizationPolicy> out{full_access_policy()};
  WEIR_TRY(auto entries, all_under(tx_, keys::control_policies(organization_.id)));
  for (auto& entry : entries) {
    WEIR_TRY(auto policy, base::decode_record<OrganizationPolicy>(entry.value));
    out.push_back(std::move(policy));
  }
  return out;
}

base::Status OrganizationRecords::check_policy(const OrganizationPolicy& policy) {
  WEIR_CHECK_OK(check_content(policy.content));
  WEIR_TRY(auto there, policies());
  for (auto& other : there)
    if (other.name == policy.name && other.id != policy.id)
      return base::already_exists("A policy with the same name already exists.", "policy");
  return {};
}

base::Result<OrganizationPolicy> OrganizationRecords::create_policy(OrganizationPolicy wanted,
                                                                    base::Randomness& randomness) {
  wanted.id = new_organization_id("p-", 10, randomness);
  WEIR_CHECK_OK(save_policy(wanted));
  return wanted;
}

base::Status OrganizationRecords::save_policy(const OrganizationPolicy& policy) {
  if (policy.is_of_aws())
    return base::invalid("You specified a policy that is managed by AWS and can't be modified.", "IMMUTABLE_POLICY");
  WEIR_CHECK_OK(check_policy(policy));
  return save(tx_, keys::control_policy(organization_.id, policy.id), policy);
}

base::Status OrganizationRecords::erase_policy(const std::string& id) {
  WEIR_TRY(auto policy, get_policy(id));
  if (policy.is_of_aws())
    return base::invalid("You specified a policy that is managed by AWS and can't be modified.", "IMMUTABLE_POLICY");
  WEIR_TRY(auto everywhere, targets());
  for (auto& target : everywhere)
    if (std::count(target.policies.begin(), target.policies.end(), id))
      return base::conflict("The policy is attached to one or more entities. Detach it from all of them first.",
                            "policy");
  return tx_.erase(keys::control_policy(organization_.id, id));
}

base::Status OrganizationRecords::attach(const std::string& id, const std::string& target_id) {
  WEIR_TRY(auto policy, get_policy(id));
  WEIR_TRY(auto target, get_target(target_id));
  if (!organization_.has_control_policies) return not_enabled();
  if (std::count(target.policies.begin(), target.policies.end(), id))
    return base::already_exists("The selected policy is already attached to the specified target.", "attachment");
  if (target.policies.size() >= kControlPoliciesPerTargetMax)
    return limit("You have attached the maximum number of policies to this target.",
                 "MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED");
  target.policies.push_back(id);
  return save_target(target);
}

base::Status OrganizationRecords::detach(const std::string& id, const std::string& target_id) {
  WEIR_TRY(auto policy, get_policy(id));
  WEIR_TRY(auto target, get_target(target_id));
  auto found = std::find(target.policies.begin(), target.policies.end(), id);
  if (found == target.policies.end())
    return base::not_found("The policy isn't attached to the specified target in the specified root.", "attachment");
  if (target.policies.size() == 1)
    return limit("You can't detach the last service control policy: every root, OU and account needs one.",
                 "MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED");
  target.policies.erase(found);
  return save_target(target);
}

base::Status OrganizationRecords::attach_everywhere(const std::vector<std::string>& ids) {
  WEIR_TRY(auto everywhere, targets());
  for (auto& target : everywhere) {
    target.policies = ids;
    WEIR_CHECK_OK(save_target(target));
  }
  return {};
}

base::Status OrganizationRecords::enable_control_policies() {
  if (organization_.has_control_policies)
    return base::already_exists("The specified policy type is already enabled in the specified root.", "policy type");
  auto changed = organization_;
  changed.has_control_policies = true;
  WEIR_CHECK_OK(save_organization(std::move(changed)));
  return attach_everywhere(first_policies());
}

base::Status OrganizationRecords::disable_control_policies() {
  if (!organization_.has_control_policies) return not_enabled();
  auto changed = organization_;
  changed.has_control_policies = false;
  WEIR_CHECK_OK(save_organization(std::move(changed)));
  return attach_everywhere({});
}

}  // namespace weir::identity
