#include "app/iam/simulate_policies.h"

#include <algorithm>

#include "base/text.h"

namespace weir::app {
namespace {

using policy::NamedPolicy;
using policy::PolicyKind;

base::Error makes_no_sense(std::string says) { return base::invalid(std::move(says), "simulation"); }

bool is_managed(const NamedPolicy& policy) { return policy.name.starts_with("arn:"); }

}  // namespace

NamedPolicy SimulatedPolicies::remember(Source source) {
  NamedPolicy out{std::to_string(sources_.size()), source.policy};
  sources_.push_back(std::move(source));
  return out;
}

const SimulatedPolicies::Source& SimulatedPolicies::source_of(std::string_view name) const {
  return sources_.at(static_cast<size_t>(base::parse_int(name).value()));
}

NamedPolicy SimulatedPolicies::managed(const NamedPolicy& policy) {
  auto type = policy.name.starts_with("arn:aws:iam::aws:") ? "aws-managed" : "user-managed";
  return remember({policy.name.substr(policy.name.rfind('/') + 1), type, policy.name, policy.policy});
}

void SimulatedPolicies::add_holders(const std::vector<NamedPolicy>& policies, const std::string& type,
                                    const std::string& name) {
  for (const auto& policy : policies) {
    auto id = type + "_" + name + "_" + policy.name;
    auto key = type + " " + name + "/" + policy.name;
    identity_.push_back(is_managed(policy) ? managed(policy) : remember({id, type, key, policy.policy}));
  }
}

void SimulatedPolicies::set_boundary(const identity::PolicySet& set) {
  if (set.boundary) boundary_ = managed(*set.boundary);
}

// A user's set begins with what is its own; what follows comes from its groups, one after the other.
void SimulatedPolicies::add_user(const identity::Directory& directory, const identity::UserEntry& user) {
  auto set = directory.policies_of(*user.principal);
  auto at = set->policies.begin();
  auto next = [&](size_t count) {
    std::vector<NamedPolicy> out(at, at + static_cast<std::ptrdiff_t>(count));
    at += static_cast<std::ptrdiff_t>(count);
    return out;
  };
  add_holders(next(user.source.own.size() + user.source.attached.size()), "user", user.user.name);
  for (const auto& name : user.user.groups) {
    auto group = directory.policies_of_group(user.user.account, name);
    add_holders(next(group ? group->policies.size() : 1), "group", name);
  }
  set_boundary(*set);
}

void SimulatedPolicies::add_role(const identity::Directory& directory, const identity::RoleEntry& role) {
  identity::Principal session;
  session.caller.kind = policy::PrincipalKind::role_session;
  session.caller.unique_id = role.role.id;
  auto set = directory.policies_of(session);
  add_holders(set->policies, "role", role.role.name);
  set_boundary(*set);
}

void SimulatedPolicies::add_group(const identity::Directory& directory, const identity::Group& group) {
  if (auto set = directory.policies_of_group(group.account, group.name))
    add_holders(set->policies, "group", group.name);
}

void SimulatedPolicies::add_levels(const identity::Standing& standing) {
  levels_.emplace();
  for (const auto& level : standing.levels) {
    auto& out = levels_->emplace_back(policy::ScpLevel{level.name, {}});
    for (const auto& one : level.policies)
      out.policies.push_back(remember({one.name, "none", one.name, one.policy, true}));
  }
}

base::Result<NamedPolicy> SimulatedPolicies::parse(const std::string& text, PolicyKind kind, std::string id,
                                                   std::string type) {
  auto parsed = policy::parse_policy(text, kind);
  // Documents may be longer here than where they would be kept.
  bool only_long = !parsed.ok() && parsed.error().kind == base::Kind::limit_exceeded;
  if (!parsed.ok() && !only_long) return makes_no_sense(id + ": " + parsed.error().says);
  auto policy = only_long ? policy::load_policy(text, kind) : *parsed;
  return remember({std::move(id), std::move(type), {}, std::move(policy)});
}

base::Status SimulatedPolicies::add_input(const Simulation& simulation) {
  for (size_t i = 0; i < simulation.policies.size(); ++i) {
    WEIR_TRY(auto one,
             parse(simulation.policies[i], PolicyKind::identity, "PolicyInputList." + std::to_string(i + 1), "none"));
    identity_.push_back(std::move(one));
  }
  if (simulation.boundaries.size() > 1) return makes_no_sense("Only one permissions boundary can be simulated.");
  for (const auto& text : simulation.boundaries) {
    WEIR_TRY(boundary_, parse(text, PolicyKind::boundary, "PermissionsBoundaryPolicyInputList.1", "none"));
  }
  if (simulation.resource_policy) {
    WEIR_TRY(resource_, parse(*simulation.resource_policy, PolicyKind::resource, "ResourcePolicy", "resource"));
  }
  if (!simulation.control_policies) return {};
  levels_.emplace();
  for (const auto& texts : *simulation.control_policies) {
    auto number = std::to_string(levels_->size() + 1);
    policy::ScpLevel level{"level " + number, {}};
    for (size_t i = 0; i < texts.size(); ++i) {
      auto id = "OrderedOrganizationPolicyInputList." + number + "." + std::to_string(i + 1);
      WEIR_TRY(auto one, parse(texts[i], PolicyKind::scp, std::move(id), "none"));
      level.policies.push_back(std::move(one));
    }
    levels_->push_back(std::move(level));
  }
  return {};
}

void SimulatedPolicies::exclude_type(const std::string& type) {
  if (type == "permission-boundary") return boundary_.reset();
  if (type == "scp") return levels_.reset();
  std::erase_if(identity_, [&](const NamedPolicy& policy) {
    const auto& source = source_of(policy.name);
    bool is_inline = !source.type.ends_with("-managed");
    return type == "inline" ? is_inline : source.type == type;
  });
}

void SimulatedPolicies::exclude_arn(const std::string& arn) {
  auto is_it = [&](const NamedPolicy& policy) { return source_of(policy.name).key == arn; };
  std::erase_if(identity_, is_it);
  if (boundary_ && is_it(*boundary_)) boundary_.reset();
  if (!levels_ || !arn.starts_with("arn:aws:organizations:")) return;
  auto suffix = " (" + arn.substr(arn.rfind('/') + 1) + ")";
  for (auto& level : *levels_)
    std::erase_if(level.policies,
                  [&](const NamedPolicy& policy) { return source_of(policy.name).key.ends_with(suffix); });
}

void SimulatedPolicies::exclude(const std::vector<ExcludedPolicies>& excluded) {
  for (const auto& one : excluded) {
    if (!one.type.empty()) exclude_type(one.type);
    if (!one.arn.empty()) exclude_arn(one.arn);
    if (one.inline_.empty()) continue;
    std::erase_if(identity_, [&](const NamedPolicy& policy) { return source_of(policy.name).key == one.inline_; });
  }
}

void SimulatedPolicies::fill(policy::Request& request) const {
  request.identity = identity_;
  request.boundary = boundary_ ? &*boundary_ : nullptr;
  request.resource_policy = resource_ ? &*resource_ : nullptr;
  if (levels_) request.scps = *levels_;
}

MatchedStatement SimulatedPolicies::matched(const policy::Reason& reason) const {
  const auto& source = source_of(reason.policy);
  MatchedStatement out{source.id, source.type, {}};
  if (reason.statement == 0) return out;
  auto spans = policy::statement_spans(source.policy->text());
  if (reason.statement <= spans.size()) out.span = spans[reason.statement - 1];
  return out;
}

std::vector<std::string> SimulatedPolicies::context_keys() const {
  std::vector<std::string> out;
  for (const auto& source : sources_) {
    if (!source.policy || source.of_organization) continue;
    for (auto& key : policy::context_keys(*source.policy)) {
      auto same = [&](const std::string& known) { return base::equal_ignoring_case(known, key); };
      if (std::none_of(out.begin(), out.end(), same)) out.push_back(std::move(key));
    }
  }
  return out;
}

}  // namespace weir::app
