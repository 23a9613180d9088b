// A session whose token opened, with its inline policy compiled and the names Lake Formation has for it.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "identity/policy_set.h"
#include "identity/session.h"

namespace weir::identity {

// PROVIDER-ARN:user/U, then PROVIDER-ARN:group/G for each group.
inline std::vector<std::string> principals_of(const LakeFormationUser& who) {
  std::vector<std::string> out{who.provider + ":user/" + who.user};
  for (const auto& group : who.groups) out.push_back(who.provider + ":group/" + group);
  return out;
}

struct LiveSession {
  explicit LiveSession(Session opened) : session(std::move(opened)) {
    if (!session.policy.empty())
      own.push_back({"session policy", policy::load_policy(session.policy, policy::PolicyKind::session)});
    if (session.lake_formation_user) lake_formation_principals = principals_of(*session.lake_formation_user);
  }

  const Session session;
  std::vector<policy::NamedPolicy> own;
  std::vector<std::string> lake_formation_principals;  // of a decorated session, the user first; else none
  PolicySetSlot slot;

  // Session policies were passed: what they do not allow is denied.
  bool is_limited() const { return !session.policy.empty() || !session.policy_arns.empty(); }
};

}  // namespace weir::identity
