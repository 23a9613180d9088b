#include "app/iam/simulate.h"

#include <algorithm>

#include "app/explain/access_question.h"
#include "app/iam/iam_page.h"
#include "app/iam/iam_targets.h"
#include "app/iam/simulate_facts.h"
#include "app/iam/simulate_policies.h"
#include "base/text.h"
#include "identity/directory.h"

namespace weir::app {
namespace {

base::Error makes_no_sense(std::string says) { return base::invalid(std::move(says), "simulation"); }

// Who is simulated: known to the directory, or only by an ARN, or nobody in particular.
struct Simulated {
  identity::Principal principal;
  SimulatedPolicies policies;
};

identity::Principal nobody(const std::string& account) {
  identity::Principal out;
  out.caller.kind = policy::PrincipalKind::user;
  out.caller.account = account;
  return out;
}

// A user as its ARN describes it: its tags and ids are others' to ask about.
base::Result<identity::Principal> by_arn(const std::string& text) {
  auto arn = names::Arn::parse(text);
  bool user = arn.ok() && arn->service == "iam" && names::is_account_id(arn->account) &&
              arn->resource.starts_with("user/") && !arn->resource.ends_with('/');
  if (!user) return makes_no_sense("CallerArn must be the ARN of an IAM user.");
  auto out = nobody(arn->account);
  out.caller.arn = text;
  out.name = text.substr(text.rfind('/') + 1);
  return out;
}

void describe(const identity::Principal& principal, policy::Context& context) {
  if (principal.arn().empty()) return void(context.set("aws:PrincipalAccount", principal.account()));
  identity::describe_caller(principal, context);
}

// --- what is asked

struct Pair {
  std::string action, resource;
};

base::Status check_action(const std::string& action) {
  auto colon = action.find(':');
  bool fits = colon != std::string::npos && colon > 0 && colon + 1 < action.size() &&
              action.find_first_of("*? \t\r\n") == std::string::npos;
  if (!fits) return makes_no_sense("Invalid action: " + action.substr(0, 128) + ". Give service:Action.");
  return {};
}

base::Result<std::vector<std::string>> resources_of(const Simulation& simulation) {
  if (simulation.resources.empty()) return std::vector<std::string>{"*"};
  for (const auto& resource : simulation.resources)
    if (resource != "*" && !names::Arn::parse(resource).ok())
      return makes_no_sense("Invalid resource: " + resource.substr(0, 256) + ". Give an ARN or \"*\".");
  return simulation.resources;
}

// An account, or the ARN of its root.
base::Result<std::string> owner_of(const Simulation& simulation, const std::string& otherwise) {
  if (!simulation.resource_owner) return otherwise;
  auto& text = *simulation.resource_owner;
  if (names::is_account_id(text)) return text;
  auto arn = names::Arn::parse(text);
  if (!arn.ok() || !names::is_account_id(arn->account))
    return makes_no_sense("ResourceOwner must be an account or the ARN of its root.");
  return arn->account;
}

std::string account_of_resource(const std::string& resource, const std::string& otherwise) {
  auto arn = names::Arn::parse(resource);
  return arn.ok() && names::is_account_id(arn->account) ? arn->account : otherwise;
}

// --- asking

// Asks the evaluator about one pair after the other.
class Simulator {
 public:
  Simulator(const Call& call, const Simulation& simulation, const Simulated& simulated, std::string owner)
      : call_(call),
        simulation_(simulation),
        simulated_(simulated),
        owner_(std::move(owner)),
        keys_(simulated.policies.context_keys()) {}

  base::Result<SimulatedAnswer> ask(const Pair& pair) const {
    auto account = account_of_resource(pair.resource, owner_);
    WEIR_TRY(auto context, context_of(account));
    policy::Request request{simulated_.principal.caller, context, pair.action, pair.resource, account};
    simulated_.policies.fill(request);
    auto decision = policy::evaluate(request);
    SimulatedAnswer out{pair.action, pair.resource, decision.verdict, matched(decision), missing(context), {}, {}, {}};
    if (simulated_.policies.levels()) out.allowed_by_organizations = levels_allow(request);
    if (request.boundary)
      out.allowed_by_boundary = policy::opens(request, policy::Gate::boundary, {request.boundary, 1});
    if (pair.resource != "*" && out.allowed_by_organizations.value_or(true)) out.by_kind = by_kind(request);
    return out;
  }

 private:
  base::Result<policy::Context> context_of(const std::string& resource_account) const {
    policy::Context context;
    const auto& principal = simulated_.principal;
    describe(principal, context);
    context.set("aws:ResourceAccount", resource_account);
    if (may_know(principal.account()) && may_know(resource_account))
      identity::describe_organizations(call_.state().directory.organizations(), principal.caller, resource_account,
                                       context);
    WEIR_CHECK_OK(add_facts(simulation_.facts, context));
    return context;
  }

  // In which organization another account is, is not for everybody: such a simulation names the keys as missing.
  bool may_know(const std::string& account) const {
    const auto& own = call_.caller().account();
    if (account == own) return true;
    const auto& organizations = call_.state().directory.organizations();
    auto ours = organizations.standing_of(own), theirs = organizations.standing_of(account);
    return ours && theirs && !ours->organization.empty() && ours->organization == theirs->organization;
  }

  // Service control policies let through, they do not grant.
  std::vector<MatchedStatement> matched(const policy::Decision& decision) const {
    std::vector<MatchedStatement> out;
    for (const auto& reason : decision.because)
      if (reason.effect == policy::Effect::deny || reason.gate != policy::Gate::scp)
        out.push_back(simulated_.policies.matched(reason));
    return out;
  }

  std::vector<std::string> missing(const policy::Context& context) const {
    std::vector<std::string> out;
    for (const auto& key : keys_)
      if (!context.find(key)) out.push_back(key);
    return out;
  }

  static std::map<std::string, policy::Verdict> by_kind(const policy::Request& request) {
    if (request.caller.account == request.resource_account) return {};
    std::map<std::string, policy::Verdict> out{
        {"IAM Policy", heard(request, policy::Gate::identity, request.identity)}};
    std::span<const policy::NamedPolicy> resource;
    if (request.resource_policy) resource = {request.resource_policy, 1};
    out.emplace("Resource Policy", heard(request, policy::Gate::resource, resource));
    if (request.boundary)
      out.emplace("Permissions Boundary Policy", heard(request, policy::Gate::boundary, {request.boundary, 1}));
    return out;
  }

  static bool levels_allow(const policy::Request& request) {
    auto allows = [&](const auto& level) { return policy::opens(request, policy::Gate::scp, level.policies); };
    return request.caller.exempt_from_scps() || std::all_of(request.scps.begin(), request.scps.end(), allows);
  }

  const Call& call_;
  const Simulation& simulation_;
  const Simulated& simulated_;
  std::string owner_;
  std::vector<std::string> keys_;
};

// Answers in the order of the request; the marker is the number of those told.
base::Result<identity::Page<SimulatedAnswer>> answer(Call& call, const Simulation& simulation,
                                                     const Simulated& simulated) {
  for (const auto& action : simulation.actions) WEIR_CHECK_OK(check_action(action));
  if (simulation.actions.empty()) return makes_no_sense("Give at least one action.");
  WEIR_TRY(auto resources, resources_of(simulation));
  WEIR_TRY(auto owner, owner_of(simulation, simulated.principal.account()));
  WEIR_TRY(auto told, key_in_marker(simulation.page.marker));
  auto first = told.empty() ? base::Result<int64_t>(0) : base::parse_int(told);
  if (!first.ok() || *first < 0) return base::invalid("The marker is not one that was returned.", "marker");
  Simulator simulator(call, simulation, simulated, std::move(owner));
  identity::Page<SimulatedAnswer> page;
  auto total = simulation.actions.size() * resources.size();
  auto at = static_cast<size_t>(*first);
  for (; at < total && page.items.size() < simulation.page.items_max; ++at) {
    WEIR_TRY(auto one, simulator.ask({simulation.actions[at / resources.size()], resources[at % resources.size()]}));
    page.items.push_back(std::move(one));
  }
  if (at < total) page.marker = marker_of(std::to_string(at));
  return page;
}

// --- the principal of the directory

enum class SourceNoun { user, role, group };
struct SourceName {
  SourceNoun noun = SourceNoun::user;
  std::string name;
};

base::Result<SourceName> parse_source(const std::string& text) {
  auto arn = names::Arn::parse(text);
  if (arn.ok() && arn->service == "iam" && names::is_account_id(arn->account)) {
    auto name = text.substr(text.rfind('/') + 1);
    if (arn->resource.starts_with("user/")) return SourceName{SourceNoun::user, name};
    if (arn->resource.starts_with("role/")) return SourceName{SourceNoun::role, name};
    if (arn->resource.starts_with("group/")) return SourceName{SourceNoun::group, name};
  }
  return makes_no_sense("PolicySourceArn must be the ARN of a user, a group or a role.");
}

base::Error no_such_source(const std::string& arn) {
  return base::not_found("The entity " + arn.substr(0, 256) + " cannot be found.", "principal");
}

// Of this account, and under this very ARN; the caller may do this to it.
template <class T>
base::Result<T> authorize_source(Call& call, const std::string& action, const std::string& arn,
                                 const std::string& name) {
  auto parsed = names::Arn::parse(arn);
  if (parsed.ok() && parsed->account != call.caller().account()) {
    WEIR_CHECK_OK(call.authorize({.action = action, .resource = arn, .owner = parsed->account}));
    return no_such_source(arn);
  }
  WEIR_TRY(auto record, authorize_named<T>(call, {action}, name));
  if (record.arn() != arn) return no_such_source(arn);
  return record;
}

base::Result<Simulated> find_source(Call& call, const std::string& action, const std::string& arn) {
  call.about("policySourceArn", arn);
  WEIR_TRY(auto source, parse_source(arn));
  const auto& directory = call.state().directory;
  Simulated out;
  if (source.noun == SourceNoun::group) {
    WEIR_TRY(auto group, authorize_source<identity::Group>(call, action, arn, source.name));
    out.principal = nobody(group.account.text());
    out.policies.add_group(directory, group);
    return out;
  }
  if (source.noun == SourceNoun::user) {
    WEIR_TRY(auto user, authorize_source<identity::User>(call, action, arn, source.name));
  } else {
    WEIR_TRY(auto role, authorize_source<identity::Role>(call, action, arn, source.name));
  }
  WEIR_TRY(auto principal, principal_of(call, arn, {}));
  out.principal = *principal;
  if (auto* user = directory.find_user_by_arn(arn)) out.policies.add_user(directory, **user);
  if (auto* role = directory.find_role_by_arn(arn)) {
    out.principal.caller.service_linked_role = (*role)->role.is_service_linked();
    out.policies.add_role(directory, **role);
  }
  return out;
}

base::Status set_caller(const Simulation& simulation, const std::string& source_arn, Simulated& simulated) {
  bool is_user = simulated.principal.kind() == policy::PrincipalKind::user && !simulated.principal.arn().empty();
  if (!simulation.caller_arn && simulation.resource_policy && !is_user)
    return makes_no_sense("CallerArn is required with a ResourcePolicy unless the policies are a user's.");
  if (!simulation.caller_arn || *simulation.caller_arn == source_arn) return {};
  WEIR_TRY(simulated.principal, by_arn(*simulation.caller_arn));
  return {};
}

}  // namespace

base::Result<identity::Page<SimulatedAnswer>> simulate_principal(Call& call, const std::string& source_arn,
                                                                 const Simulation& simulation) {
  WEIR_TRY(auto simulated, find_source(call, "iam:SimulatePrincipalPolicy", source_arn));
  auto standing = call.state().directory.organizations().standing_of(simulated.principal.account());
  if (standing) simulated.policies.add_levels(*standing);
  simulated.policies.exclude(simulation.excluded);
  WEIR_CHECK_OK(simulated.policies.add_input(simulation));
  WEIR_CHECK_OK(set_caller(simulation, source_arn, simulated));
  return answer(call, simulation, simulated);
}

base::Result<identity::Page<SimulatedAnswer>> simulate_custom(Call& call, const Simulation& simulation) {
  WEIR_CHECK_OK(call.authorize({.action = "iam:SimulateCustomPolicy"}));
  Simulated simulated{nobody(call.caller().account()), {}};
  WEIR_CHECK_OK(simulated.policies.add_input(simulation));
  WEIR_CHECK_OK(set_caller(simulation, {}, simulated));
  return answer(call, simulation, simulated);
}

base::Result<std::vector<std::string>> context_keys_of_principal(Call& call, const std::string& source_arn,
                                                                 const std::vector<std::string>& policies) {
  WEIR_TRY(auto simulated, find_source(call, "iam:GetContextKeysForPrincipalPolicy", source_arn));
  Simulation input;
  input.policies = policies;
  WEIR_CHECK_OK(simulated.policies.add_input(input));
  return simulated.policies.context_keys();
}

base::Result<std::vector<std::string>> context_keys_of_custom(Call& call, const std::vector<std::string>& policies) {
  WEIR_CHECK_OK(call.authorize({.action = "iam:GetContextKeysForCustomPolicy"}));
  Simulation input;
  input.policies = policies;
  SimulatedPolicies parsed;
  WEIR_CHECK_OK(parsed.add_input(input));
  return parsed.context_keys();
}

}  // namespace weir::app
