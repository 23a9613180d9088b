#include "app/organizations/organization_policies.h"

#include <algorithm>

namespace weir::app {

using identity::OrganizationPolicy;
using identity::OrganizationRecords;

namespace {

constexpr std::string_view kType = "SERVICE_CONTROL_POLICY";

OrganizingDeed deed_of(std::string_view verb, std::vector<std::string> ids, identity::Tags tags = {}) {
  OrganizingDeed deed{"organizations:" + std::string(verb), std::move(ids), {}, std::move(tags)};
  deed.extra.set("organizations:PolicyType", std::string(kType));
  return deed;
}

ShownControlPolicy shown(const OrganizationRecords& records, OrganizationPolicy policy) {
  auto arn = identity::control_policy_arn(records.organization(), policy.id);
  return {std::move(policy), std::move(arn)};
}

}  // namespace

base::Result<ShownControlPolicy> create_control_policy(Call& call, const OrganizationPolicy& wanted) {
  call.about("name", wanted.name);
  call.about("content", wanted.content);
  WEIR_CHECK_OK(identity::check_tags(wanted.tags));
  WEIR_TRY(auto organization, authorize_organizing(call, Seat::management, deed_of("CreatePolicy", {}, wanted.tags)));
  ShownControlPolicy made;
  WEIR_CHECK_OK(change_organization(call, organization, [&](auto& records, auto&) -> base::Status {
    WEIR_TRY(auto policy, records.create_policy(wanted, call.lake().randomness));
    made = shown(records, std::move(policy));
    return {};
  }));
  return made;
}

base::Result<ShownControlPolicy> update_control_policy(Call& call, const std::string& id,
                                                       const ControlPolicyChange& change) {
  call.about("policyId", id);
  if (change.name) call.about("name", *change.name);
  if (change.content) call.about("content", *change.content);
  WEIR_TRY(auto organization, authorize_organizing(call, Seat::management, deed_of("UpdatePolicy", {id})));
  ShownControlPolicy changed;
  WEIR_CHECK_OK(change_organization(call, organization, [&](auto& records, auto&) -> base::Status {
    WEIR_TRY(auto policy, records.get_policy(id));
    policy.name = change.name.value_or(policy.name);
    policy.description = change.description.value_or(policy.description);
    policy.content = change.content.value_or(policy.content);
    WEIR_CHECK_OK(records.save_policy(policy));
    changed = shown(records, std::move(policy));
    return {};
  }));
  return changed;
}

base::Status delete_control_policy(Call& call, const std::string& id) {
  call.about("policyId", id);
  WEIR_TRY(auto organization, authorize_organizing(call, Seat::management, deed_of("DeletePolicy", {id})));
  return change_organization(call, organization, [&](auto& records, auto&) { return records.erase_policy(id); });
}

base::Result<ShownControlPolicy> describe_control_policy(Call& call, const std::string& id) {
  call.about("policyId", id);
  WEIR_TRY(auto organization, authorize_organizing(call, Seat::reader, deed_of("DescribePolicy", {id})));
  return read_organization(call, organization, [&](auto& records, auto&) -> base::Result<ShownControlPolicy> {
    WEIR_TRY(auto policy, records.get_policy(id));
    return shown(records, std::move(policy));
  });
}

base::Result<std::vector<ShownControlPolicy>> list_control_policies(Call& call) {
  WEIR_TRY(auto organization, authorize_organizing(call, Seat::reader, deed_of("ListPolicies", {})));
  return read_organization(call, organization,
                           [&](auto& records, auto&) -> base::Result<std::vector<ShownControlPolicy>> {
                             WEIR_TRY(auto policies, records.policies());
                             std::vector<ShownControlPolicy> out;
                             for (auto& policy : policies) out.push_back(shown(records, std::move(policy)));
                             return out;
                           });
}

base::Status attach_control_policy(Call& call, const std::string& id, const std::string& target) {
  call.about("policyId", id);
  call.about("targetId", target);
  WEIR_TRY(auto organization, authorize_organizing(call, Seat::management, deed_of("AttachPolicy", {id, target})));
  return change_organization(call, organization, [&](auto& records, auto&) { return records.attach(id, target); });
}

base::Status detach_control_policy(Call& call, const std::string& id, const std::string& target) {
  call.about("policyId", id);
  call.about("targetId", target);
  WEIR_TRY(auto organization, authorize_organizing(call, Seat::management, deed_of("DetachPolicy", {id, target})));
  return change_organization(call, organization, [&](auto& records, auto&) { return records.detach(id, target); });
}

base::Result<std::vector<ShownControlPolicy>> list_control_policies_of(Call& call, const std::string& target_id) {
  call.about("targetId", target_id);
  WEIR_TRY(auto organization, authorize_organizing(call, Seat::reader, deed_of("ListPoliciesForTarget", {target_id})));
  return read_organization(call, organization,
                           [&](auto& records, auto&) -> base::Result<std::vector<ShownControlPolicy>> {
                             WEIR_TRY(auto target, records.get_target(target_id));
                             std::vector<ShownControlPolicy> out;
                             for (const auto& id : target.policies) {
                               WEIR_TRY(auto policy, records.get_policy(id));
                               out.push_back(shown(records, std::move(policy)));
                             }
                             return out;
                           });
}

base::Result<std::vector<identity::OrganizationTarget>> list_targets_of(Call& call, const std::string& id) {
  call.about("policyId", id);
  WEIR_TRY(auto organization, authorize_organizing(call, Seat::reader, deed_of("ListTargetsForPolicy", {id})));
  return read_organization(
      call, organization, [&](auto& records, auto&) -> base::Result<std::vector<identity::OrganizationTarget>> {
        WEIR_TRY(auto policy, records.get_policy(id));
        WEIR_TRY(auto targets, records.targets());
        std::erase_if(targets, [&](const auto& target) {
          return std::find(target.policies.begin(), target.policies.end(), policy.id) == target.policies.end();
        });
        return targets;
      });
}

namespace {

template <class Switch>
base::Result<identity::Organization> turn(Call& call, const std::string& root, std::string_view verb,
                                          const Switch& turn_on_or_off) {
  call.about("rootId", root);
  WEIR_TRY(auto organization, authorize_organizing(call, Seat::management, deed_of(verb, {root})));
  if (root != organization.root_id)
    return base::not_found("We can't find a root with the RootId that you specified.", "root");
  WEIR_CHECK_OK(change_organization(call, organization, [&](auto& records, auto&) -> base::Status {
    WEIR_CHECK_OK(turn_on_or_off(records));
    organization = records.organization();
    return {};
  }));
  return organization;
}

}  // namespace

base::Result<identity::Organization> enable_control_policies(Call& call, const std::string& root) {
  return turn(call, root, "EnablePolicyType",
              [](OrganizationRecords& records) { return records.enable_control_policies(); });
}

base::Result<identity::Organization> disable_control_policies(Call& call, const std::string& root) {
  return turn(call, root, "DisablePolicyType",
              [](OrganizationRecords& records) { return records.disable_control_policies(); });
}

}  // namespace weir::app
