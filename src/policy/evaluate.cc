#include "policy/evaluate.h"

#include <algorithm>
#include <array>

namespace weir::policy {
namespace {

// A statement that matched; its Reason is written only once the verdict is known.
struct Hit {
  Gate gate;
  const NamedPolicy* policy;
  uint32_t statement;  // from 1; 0 when the policy is unreadable
};

Gate gate_of_resource_policy(const Request& request) {
  auto* named = request.resource_policy;
  bool trust = named && named->policy ? named->policy->kind() == PolicyKind::trust : request.resource_policy_must_allow;
  return trust ? Gate::trust : Gate::resource;
}

bool is_about_a_resource(Gate gate) { return gate == Gate::resource || gate == Gate::trust; }

// Hears every applicable statement once, then weighs what it heard.
class Hearing {
 public:
  explicit Hearing(const Request& request)
      : request_(request),
        question_(request.action, request.resource, request.context),
        resource_gate_(gate_of_resource_policy(request)) {
    allows_.reserve(8);
  }

  Decision decide() {
    hear_all();
    return denies_.empty() ? weigh() : denied_explicitly();
  }
  Verdict alone(Gate gate, std::span<const NamedPolicy> policies) {
    bool allows = hear(gate, policies);
    if (!denies_.empty()) return Verdict::explicit_deny;
    return allows ? Verdict::allow : Verdict::implicit_deny;
  }

 private:
  void hear_all();
  bool hear(Gate gate, std::span<const NamedPolicy> policies);
  bool hear(Gate gate, const NamedPolicy& named);
  bool hear(Gate gate, const NamedPolicy& named, uint32_t number);
  void hear_scps();

  Decision weigh() const;
  Decision weigh_own_policies() const;
  Decision weigh_limits() const;
  Decision weigh_across_accounts() const;
  bool is_same_account() const;

  Decision answer(Verdict verdict, Gate gate) const;
  Decision granted() const;
  Decision missing(Gate gate) const { return answer(Verdict::implicit_deny, gate); }
  Decision denied_explicitly() const;
  static Reason reason(const Hit& hit, Effect effect);

  const Request& request_;
  Question question_;
  Gate resource_gate_;
  std::vector<Hit> allows_, denies_;
  bool identity_allows_ = false, boundary_allows_ = false, session_allows_ = false, scps_allow_ = true;
  PrincipalMatch named_ = PrincipalMatch::none;  // the strongest way a resource policy Allow names the caller
};

bool Hearing::hear(Gate gate, const NamedPolicy& named, uint32_t number) {
  auto& statement = named.policy->statements()[number];
  auto match = PrincipalMatch::none;
  if (is_about_a_resource(gate)) {
    match = statement.match_principal(request_.caller);
    if (match == PrincipalMatch::none) return false;
  }
  if (!statement.matches(question_)) return false;
  bool allow = statement.effect() == Effect::allow;
  (allow ? allows_ : denies_).push_back({gate, &named, number + 1});
  if (allow) named_ = std::max(named_, match);
  return allow;
}

bool Hearing::hear(Gate gate, const NamedPolicy& named) {
  // A policy of the wrong sort lacks what this gate asks about; nothing in it may count.
  bool fits = named.policy && names_principals(named.policy->kind()) == is_about_a_resource(gate);
  if (!fits) {
    denies_.push_back({gate, &named, 0});
    return false;
  }
  bool allows = false;
  named.policy->by_action().each(question_.action, [&](uint32_t number) { allows |= hear(gate, named, number); });
  return allows;
}

bool Hearing::hear(Gate gate, std::span<const NamedPolicy> policies) {
  bool allows = false;
  for (auto& named : policies) allows |= hear(gate, named);
  return allows;
}

void Hearing::hear_scps() {
  if (request_.caller.exempt_from_scps()) return;
  for (auto& level : request_.scps) scps_allow_ &= hear(Gate::scp, level.policies);
}

void Hearing::hear_all() {
  hear_scps();
  if (request_.resource_policy) hear(resource_gate_, *request_.resource_policy);
  identity_allows_ = hear(Gate::identity, request_.identity);
  boundary_allows_ = !request_.boundary || hear(Gate::boundary, *request_.boundary);
  if (request_.session) session_allows_ = hear(Gate::session, *request_.session);
}

bool Hearing::is_same_account() const {
  return !request_.resource_account.empty() && request_.caller.account == request_.resource_account;
}

Decision Hearing::weigh() const {
  // Services, assertions and strangers have no policies of their own: only a resource can let them in.
  if (!request_.caller.authenticated_by_aws())
    return named_ == PrincipalMatch::none ? missing(resource_gate_) : granted();
  if (!scps_allow_) return missing(Gate::scp);
  if (!is_same_account()) return weigh_across_accounts();
  if (request_.resource_policy_must_allow && named_ == PrincipalMatch::none) return missing(resource_gate_);
  if (named_ >= PrincipalMatch::exact) return granted();
  if (named_ == PrincipalMatch::behind) return weigh_limits();
  return weigh_own_policies();
}

Decision Hearing::weigh_own_policies() const {
  bool root = request_.caller.kind == PrincipalKind::root;
  if (!identity_allows_ && !root) return missing(Gate::identity);
  return weigh_limits();
}

Decision Hearing::weigh_limits() const {
  if (!boundary_allows_) return missing(Gate::boundary);
  // A federated user has no policies but those passed with its session.
  bool limited = request_.session || request_.caller.kind == PrincipalKind::federated_user;
  if (limited && !session_allows_) return missing(Gate::session);
  return granted();
}

Decision Hearing::weigh_across_accounts() const {
  auto own = weigh_own_policies();
  if (!own.allowed()) return own;
  return named_ == PrincipalMatch::none ? missing(resource_gate_) : granted();
}

Reason Hearing::reason(const Hit& hit, Effect effect) {
  Reason out{hit.gate, effect, hit.policy->name, hit.statement, {}};
  if (hit.statement > 0) out.sid = hit.policy->policy->statements()[hit.statement - 1].sid();
  if (hit.statement > 0 && hit.policy->policy->unreadable()) out.statement = 0;
  return out;
}

Decision Hearing::answer(Verdict verdict, Gate gate) const {
  Decision out;
  out.verdict = verdict;
  out.gate = gate;
  out.caller = request_.caller.arn.empty() ? "anonymous" : request_.caller.arn;
  out.action = request_.action;
  out.resource = request_.resource;
  out.terse = resource_gate_ == Gate::trust;
  return out;
}

Decision Hearing::granted() const {
  bool by_resource = named_ >= PrincipalMatch::behind || !request_.caller.authenticated_by_aws();
  auto out = answer(Verdict::allow, by_resource ? resource_gate_ : Gate::identity);
  for (size_t i = 0; i < std::min(allows_.size(), kReasonsMax); ++i)
    out.because.push_back(reason(allows_[i], Effect::allow));
  return out;
}

Decision Hearing::denied_explicitly() const {
  auto first = std::min_element(denies_.begin(), denies_.end(), [](auto& a, auto& b) { return a.gate < b.gate; });
  auto out = answer(Verdict::explicit_deny, first->gate);
  for (size_t i = 0; i < std::min(denies_.size(), kReasonsMax); ++i)
    out.because.push_back(reason(denies_[i], Effect::deny));
  return out;
}

}  // namespace

Decision evaluate(const Request& request) { return Hearing(request).decide(); }

Verdict heard(const Request& request, Gate gate, std::span<const NamedPolicy> policies) {
  return Hearing(request).alone(gate, policies);
}

bool opens(const Request& request, Gate gate, std::span<const NamedPolicy> policies) {
  return heard(request, gate, policies) == Verdict::allow;
}

}  // namespace weir::policy
