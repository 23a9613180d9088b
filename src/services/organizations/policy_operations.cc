#include "services/organizations/policy_operations.h"

#include "app/organizations/organization_policies.h"
#include "services/organizations/shapes.h"

namespace weir::services::organizations {
namespace {

w::PolicySummary in_brief(const app::ShownControlPolicy& shown) {
  w::PolicySummary out;
  out.Id = shown.policy.id;
  out.Arn = shown.arn;
  out.Name = shown.policy.name;
  out.Description = shown.policy.description;
  out.Type = std::string(kControlPolicies);
  out.AwsManaged = shown.policy.is_of_aws();
  return out;
}

w::Policy in_full(const app::ShownControlPolicy& shown) {
  w::Policy out;
  out.PolicySummary = in_brief(shown);
  out.Content = shown.policy.content;
  return out;
}

std::string type_of(identity::OrganizationTarget::Type type) {
  using Type = identity::OrganizationTarget::Type;
  switch (type) {
    case Type::root: return "ROOT";
    case Type::unit: return "ORGANIZATIONAL_UNIT";
    case Type::account: return "ACCOUNT";
  }
  return "";
}

w::PolicyTargetSummary to_wire(const identity::OrganizationTarget& target) {
  w::PolicyTargetSummary out;
  out.TargetId = target.id;
  out.Arn = target.arn;
  if (!target.name.empty()) out.Name = target.name;
  out.Type = type_of(target.type);
  return out;
}

auto id_of(const app::ShownControlPolicy& shown) { return shown.policy.id; }

}  // namespace

base::Result<w::CreatePolicyResponse> create_policy(app::Call& call, const w::CreatePolicyRequest& in) {
  WEIR_CHECK_OK(check_policy_type(*in.Type));
  WEIR_TRY(auto made,
           app::create_control_policy(call, {{}, *in.Name, *in.Description, *in.Content, from_wire(in.Tags)}));
  w::CreatePolicyResponse out;
  out.Policy = in_full(made);
  return out;
}

base::Result<w::UpdatePolicyResponse> update_policy(app::Call& call, const w::UpdatePolicyRequest& in) {
  WEIR_TRY(auto changed, app::update_control_policy(call, *in.PolicyId, {in.Name, in.Description, in.Content}));
  w::UpdatePolicyResponse out;
  out.Policy = in_full(changed);
  return out;
}

base::Result<wire::Nothing> delete_policy(app::Call& call, const w::DeletePolicyRequest& in) {
  return done(app::delete_control_policy(call, *in.PolicyId));
}

base::Result<w::DescribePolicyResponse> describe_policy(app::Call& call, const w::DescribePolicyRequest& in) {
  WEIR_TRY(auto shown, app::describe_control_policy(call, *in.PolicyId));
  w::DescribePolicyResponse out;
  out.Policy = in_full(shown);
  return out;
}

base::Result<w::ListPoliciesResponse> list_policies(app::Call& call, const w::ListPoliciesRequest& in) {
  WEIR_CHECK_OK(check_policy_type(*in.Filter));
  WEIR_TRY(auto policies, app::list_control_policies(call));
  w::ListPoliciesResponse out;
  WEIR_CHECK_OK(answer_page(in, out, std::move(policies), id_of, out.Policies, in_brief));
  return out;
}

base::Result<wire::Nothing> attach_policy(app::Call& call, const w::AttachPolicyRequest& in) {
  return done(app::attach_control_policy(call, *in.PolicyId, *in.TargetId));
}

base::Result<wire::Nothing> detach_policy(app::Call& call, const w::DetachPolicyRequest& in) {
  return done(app::detach_control_policy(call, *in.PolicyId, *in.TargetId));
}

base::Result<w::ListPoliciesForTargetResponse> list_policies_for_target(app::Call& call,
                                                                        const w::ListPoliciesForTargetRequest& in) {
  WEIR_CHECK_OK(check_policy_type(*in.Filter));
  WEIR_TRY(auto policies, app::list_control_policies_of(call, *in.TargetId));
  w::ListPoliciesForTargetResponse out;
  WEIR_CHECK_OK(answer_page(in, out, std::move(policies), id_of, out.Policies, in_brief));
  return out;
}

base::Result<w::ListTargetsForPolicyResponse> list_targets_for_policy(app::Call& call,
                                                                      const w::ListTargetsForPolicyRequest& in) {
  WEIR_TRY(auto targets, app::list_targets_of(call, *in.PolicyId));
  w::ListTargetsForPolicyResponse out;
  WEIR_CHECK_OK(answer_page(
      in, out, std::move(targets), [](auto& target) { return target.id; }, out.Targets, to_wire));
  return out;
}

base::Result<w::EnablePolicyTypeResponse> enable_policy_type(app::Call& call, const w::EnablePolicyTypeRequest& in) {
  WEIR_CHECK_OK(check_policy_type(*in.PolicyType));
  WEIR_TRY(auto organization, app::enable_control_policies(call, *in.RootId));
  w::EnablePolicyTypeResponse out;
  out.Root = to_wire_root(organization);
  return out;
}

base::Result<w::DisablePolicyTypeResponse> disable_policy_type(app::Call& call, const w::DisablePolicyTypeRequest& in) {
  WEIR_CHECK_OK(check_policy_type(*in.PolicyType));
  WEIR_TRY(auto organization, app::disable_control_policies(call, *in.RootId));
  w::DisablePolicyTypeResponse out;
  out.Root = to_wire_root(organization);
  return out;
}

}  // namespace weir::services::organizations
