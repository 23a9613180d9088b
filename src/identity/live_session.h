// A session whose token opened, with its inline policy compiled.
#pragma once
#include <memory>
#include <vector>

#include "identity/policy_set.h"
#include "identity/session.h"

namespace weir::identity {

struct LiveSession {
  explicit LiveSession(Session opened) : session(std::move(opened)) {
    if (!session.policy.empty())
      own.push_back({"session policy", policy::load_policy(session.policy, policy::PolicyKind::session)});
  }

  const Session session;
  std::vector<policy::NamedPolicy> own;
  PolicySetSlot slot;

  // Session policies were passed: what they do not allow is denied.
  bool is_limited() const { return !session.policy.empty() || !session.policy_arns.empty(); }
};

}  // namespace weir::identity
