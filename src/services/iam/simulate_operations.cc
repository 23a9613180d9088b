#include "services/iam/simulate_operations.h"

#include "app/iam/simulate.h"
#include "services/iam/shapes.h"

namespace weir::services::iam {

namespace w = wire::iam;

namespace {

template <class In>
app::Simulation from_wire(const In& in) {
  app::Simulation out;
  out.policies = in.PolicyInputList.items();
  out.boundaries = in.PermissionsBoundaryPolicyInputList.items();
  out.actions = in.ActionNames.items();
  out.resources = in.ResourceArns.items();
  out.resource_policy = in.ResourcePolicy;
  out.resource_owner = in.ResourceOwner;
  out.caller_arn = in.CallerArn;
  for (const auto& entry : in.ContextEntries)
    out.facts.push_back(
        {entry.ContextKeyName.value_or(""), entry.ContextKeyValues.items(), entry.ContextKeyType.value_or("")});
  out.page = page_request(in);
  return out;
}

app::ExcludedPolicies from_wire(const w::PolicyIdentifier& in) {
  app::ExcludedPolicies out{in.PolicyType.value_or(""), in.PolicyArn.value_or(""), {}};
  if (const auto& one = in.InlinePolicyIdentifier)
    out.inline_ = *one->AttachmentType + " " + *one->AttachmentName + "/" + *one->PolicyName;
  return out;
}

std::string to_wire(policy::Verdict verdict) {
  switch (verdict) {
    case policy::Verdict::allow: return "allowed";
    case policy::Verdict::explicit_deny: return "explicitDeny";
    case policy::Verdict::implicit_deny: return "implicitDeny";
  }
  return "implicitDeny";
}

w::Position to_wire(const policy::Position& position) {
  return {.Line = static_cast<int32_t>(position.line), .Column = static_cast<int32_t>(position.column)};
}

wire::List<w::Statement> to_wire(const std::vector<app::MatchedStatement>& matched) {
  wire::List<w::Statement> out;
  out.give();
  for (const auto& one : matched) {
    w::Statement statement;
    statement.SourcePolicyId = one.policy;
    statement.SourcePolicyType = one.type;
    statement.StartPosition = to_wire(one.span.start);
    statement.EndPosition = to_wire(one.span.end);
    out.push_back(std::move(statement));
  }
  return out;
}

wire::List<std::string> given(const std::vector<std::string>& names) {
  wire::List<std::string> out(names);
  out.give();
  return out;
}

wire::Map<std::string> to_wire(const std::map<std::string, policy::Verdict>& by_kind) {
  wire::Map<std::string> out;
  out.give();
  for (const auto& [kind, verdict] : by_kind) out.emplace(kind, to_wire(verdict));
  return out;
}

w::ResourceSpecificResult of_resource(const w::EvaluationResult& result) {
  w::ResourceSpecificResult out;
  out.EvalResourceName = result.EvalResourceName;
  out.EvalResourceDecision = result.EvalDecision;
  out.MatchedStatements = result.MatchedStatements;
  out.MissingContextValues = result.MissingContextValues;
  out.EvalDecisionDetails = result.EvalDecisionDetails;
  out.PermissionsBoundaryDecisionDetail = result.PermissionsBoundaryDecisionDetail;
  return out;
}

w::EvaluationResult to_wire(const app::SimulatedAnswer& answer) {
  w::EvaluationResult out;
  out.EvalActionName = answer.action;
  out.EvalResourceName = answer.resource;
  out.EvalDecision = to_wire(answer.verdict);
  out.MatchedStatements = to_wire(answer.matched);
  out.MissingContextValues = given(answer.missing);
  if (answer.by_kind) out.EvalDecisionDetails = to_wire(*answer.by_kind);
  if (answer.allowed_by_organizations) {
    out.OrganizationsDecisionDetail.emplace();
    out.OrganizationsDecisionDetail->AllowedByOrganizations = *answer.allowed_by_organizations;
  }
  if (answer.allowed_by_boundary) {
    out.PermissionsBoundaryDecisionDetail.emplace();
    out.PermissionsBoundaryDecisionDetail->AllowedByPermissionsBoundary = *answer.allowed_by_boundary;
  }
  if (answer.resource != "*") out.ResourceSpecificResults.push_back(of_resource(out));
  return out;
}

base::Result<w::SimulatePolicyResponse> answered(base::Result<identity::Page<app::SimulatedAnswer>> page) {
  if (!page.ok()) return std::move(page).error();
  w::SimulatePolicyResponse out;
  out.EvaluationResults.give();
  for (const auto& answer : page->items) out.EvaluationResults.push_back(to_wire(answer));
  finish_page(out, page->marker);
  return out;
}

base::Result<w::GetContextKeysForPolicyResponse> answered(base::Result<std::vector<std::string>> keys) {
  if (!keys.ok()) return std::move(keys).error();
  w::GetContextKeysForPolicyResponse out;
  out.ContextKeyNames = given(*keys);
  return out;
}

}  // namespace

base::Result<w::SimulatePolicyResponse> simulate_principal_policy(app::Call& call,
                                                                  const w::SimulatePrincipalPolicyRequest& in) {
  auto simulation = from_wire(in);
  for (const auto& one : in.PolicyExclusionList) simulation.excluded.push_back(from_wire(one));
  return answered(app::simulate_principal(call, *in.PolicySourceArn, simulation));
}

base::Result<w::SimulatePolicyResponse> simulate_custom_policy(app::Call& call,
                                                               const w::SimulateCustomPolicyRequest& in) {
  auto simulation = from_wire(in);
  if (in.OrderedOrganizationPolicyInputList.given()) {
    simulation.control_policies.emplace();
    for (const auto& level : in.OrderedOrganizationPolicyInputList)
      simulation.control_policies->push_back(level.ServiceControlPolicyInputList.items());
  }
  return answered(app::simulate_custom(call, simulation));
}

base::Result<w::GetContextKeysForPolicyResponse> context_keys_for_principal(
    app::Call& call, const w::GetContextKeysForPrincipalPolicyRequest& in) {
  return answered(app::context_keys_of_principal(call, *in.PolicySourceArn, in.PolicyInputList.items()));
}

base::Result<w::GetContextKeysForPolicyResponse> context_keys_for_custom(
    app::Call& call, const w::GetContextKeysForCustomPolicyRequest& in) {
  return answered(app::context_keys_of_custom(call, in.PolicyInputList.items()));
}

}  // namespace weir::services::iam
