// The evaluation of IAM policies: pure, no I/O, no clock; every fact is an argument.
//
// One call answers for one (action, resource) pair; an API call that needs several asks several times and
// needs every answer to be yes (AssumeRole with tags: sts:AssumeRole and sts:TagSession).
//
// Thread safety: evaluate() may run from any number of threads over the same policies.
//
//   1. A matching Deny anywhere wins.
//   2. Whatever cannot be read, and whatever was left out of the Request, denies.
//   3. Across accounts both sides must allow, and nothing is bypassed.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policy/context.h"
#include "policy/decision.h"
#include "policy/document.h"
#include "policy/principal.h"

namespace weir::policy {

struct NamedPolicy {
  std::string name;
  PolicyPtr policy;  // null counts as unreadable
};

// The service control policies attached at one level: the root, an OU, the account. At every level at
// least one must allow. There are none for a management account.
struct ScpLevel {
  std::string name;
  std::vector<NamedPolicy> policies;
};

// Views: what they point at must live until evaluate() returns.
struct Request {
  const Caller& caller;
  const Context& context;
  std::string_view action;            // glue:GetTable
  std::string_view resource;          // an ARN, or "*" for actions without resource-level support
  std::string_view resource_account;  // the owner; for "*", the caller's own account. Empty is nobody's.

  std::span<const NamedPolicy> identity = {};
  const NamedPolicy* boundary = nullptr;
  // Engaged when session policies were passed, even if none of them is left.
  std::optional<std::span<const NamedPolicy>> session = std::nullopt;
  // A bucket's policy or a role's trust policy.
  const NamedPolicy* resource_policy = nullptr;
  // Trust and key policies must allow, also within the account.
  bool resource_policy_must_allow = false;
  std::span<const ScpLevel> scps = {};
};

Decision evaluate(const Request& request);
// What these policies alone say at their gate.
Verdict heard(const Request& request, Gate gate, std::span<const NamedPolicy> policies);
// Whether they alone would let the request through: one of them allows and none denies.
bool opens(const Request& request, Gate gate, std::span<const NamedPolicy> policies);

}  // namespace weir::policy
