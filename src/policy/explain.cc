#include "policy/explain.h"

#include <optional>

namespace weir::policy {
namespace {

bool is_about_a_resource(Gate gate) { return gate == Gate::resource || gate == Gate::trust; }

std::vector<const NamedPolicy*> policies_at(const Request& request, Gate gate) {
  std::vector<const NamedPolicy*> out;
  auto add = [&](std::span<const NamedPolicy> policies) {
    for (auto& named : policies) out.push_back(&named);
  };
  switch (gate) {
    case Gate::identity: add(request.identity); break;
    case Gate::session:
      if (request.session) add(*request.session);
      break;
    case Gate::boundary:
      if (request.boundary) out.push_back(request.boundary);
      break;
    case Gate::resource:
    case Gate::trust:
      if (request.resource_policy) out.push_back(request.resource_policy);
      break;
    case Gate::scp:
      for (auto& level : request.scps) add(level.policies);
      break;
  }
  return out;
}

std::optional<NearMiss> near_miss(const Request& request, const Question& question, Gate gate,
                                  const Statement& statement) {
  if (statement.effect() != Effect::allow || !statement.matches_action(question)) return std::nullopt;
  NearMiss out;
  if (is_about_a_resource(gate) && statement.match_principal(request.caller) == PrincipalMatch::none) {
    out.failed = NearMiss::Part::principal;
  } else if (!statement.matches_resource(question)) {
    out.failed = NearMiss::Part::resource;
  } else if (auto* condition = statement.failed_condition(request.context)) {
    out.failed = NearMiss::Part::condition;
    out.condition = condition->text();
  } else {
    return std::nullopt;
  }
  return out;
}

const std::string& owner_of_policies(const Caller& caller) {
  if (!caller.role_arn.empty()) return caller.role_arn;
  return caller.user_arn.empty() ? caller.arn : caller.user_arn;
}

// The first level at which nothing allows it.
std::string shut_level(const Request& request) {
  for (auto& level : request.scps)
    if (!opens(request, Gate::scp, level.policies)) return level.name;
  return "account " + request.caller.account;
}

std::string place_of(const Request& request, Gate gate) {
  switch (gate) {
    case Gate::identity: return "an identity-based policy of " + owner_of_policies(request.caller);
    case Gate::boundary: return "the permissions boundary of " + owner_of_policies(request.caller);
    case Gate::session: return "the session policy passed when the session was made";
    case Gate::scp: return "a service control policy attached to " + shut_level(request);
    case Gate::resource: return "the resource-based policy of " + std::string(request.resource);
    case Gate::trust: return "the trust policy of " + std::string(request.resource);
  }
  return "a policy";
}

std::string caller_name(const Request& request) {
  return request.caller.arn.empty() ? "anonymous callers" : request.caller.arn;
}

std::string allow_text(const Request& request, Gate gate) {
  auto out = "add Allow " + std::string(request.action);
  if (is_about_a_resource(gate)) return out + " for " + caller_name(request);
  return out + " on " + std::string(request.resource);
}

std::string condition_hint(const Request& request, Gate gate) {
  for (auto& miss : near_misses(request, gate))
    if (miss.failed == NearMiss::Part::condition) return ", or meet its condition: " + miss.text();
  return {};
}

std::string undo_deny(const Decision& decision) {
  if (decision.because.empty()) return "remove the explicit deny";
  auto& first = decision.because.front();
  if (first.statement == 0)
    return "save the " + std::string(to_string(first.gate)) + " \"" + first.policy + "\" again: it cannot be read";
  return "remove or narrow the " + first.text();
}

}  // namespace

std::string NearMiss::text() const {
  switch (failed) {
    case Part::principal: return statement.text() + " names other principals";
    case Part::resource: return statement.text() + " names other resources";
    case Part::condition: return statement.text() + " requires " + condition;
  }
  return statement.text();
}

std::vector<NearMiss> near_misses(const Request& request, Gate gate) {
  Question question(request.action, request.resource, request.context);
  std::vector<NearMiss> out;
  for (auto* named : policies_at(request, gate)) {
    if (!named->policy) continue;
    auto& statements = named->policy->statements();
    for (uint32_t i = 0; i < statements.size(); ++i) {
      auto miss = near_miss(request, question, gate, statements[i]);
      if (!miss) continue;
      miss->statement = Reason{gate, Effect::allow, named->name, i + 1, statements[i].sid()};
      out.push_back(std::move(*miss));
    }
  }
  return out;
}

std::string smallest_change(const Request& request, const Decision& decision) {
  switch (decision.verdict) {
    case Verdict::allow: return {};
    case Verdict::explicit_deny: return undo_deny(decision);
    case Verdict::implicit_deny:
      return allow_text(request, decision.gate) + " to " + place_of(request, decision.gate) +
             condition_hint(request, decision.gate);
  }
  return {};
}

}  // namespace weir::policy
