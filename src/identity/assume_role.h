// Becoming a role: what AssumeRole accepts, what must be allowed, and the session that comes of it.
//
// Three steps, so that the middle one can be recorded by whoever records decisions:
//   plan   the request's own rules, the role, the actions to ask about and the facts to ask with
//   decide each action: the caller's policies and the role's trust policy, for services too
//   finish what only somebody allowed to may learn (the role's limits), and the credentials
// assume_role() is the three in a row.
//
// Invariants:
//  1. A role that is not there, a trust policy that denies and a wrong external id answer alike.
//  2. Every action of the plan must be allowed; a plan has sts:AssumeRole or its kin at least.
//  3. A session's source identity never changes along a chain; inherited transitive tags never change.
//  4. Nothing of a caller's Lake Formation decoration, sign-in or vending scope passes into the new session, but who
//     began the chain (maker.h), by which nothing is allowed.
//
// Refusals: invalid (ValidationError), denied (AccessDenied), malformed_policy (MalformedPolicyDocument),
// limit_exceeded about "packed policy" (PackedPolicyTooLarge).
//
// Threads: pure functions.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "identity/credentials.h"
#include "identity/directory.h"
#include "identity/principal.h"
#include "policy/decision.h"

namespace weir::identity {

// What an identity provider said of who asks, verified. It takes the place of the caller's own credentials: only the
// trust policy is asked, and nothing is inherited.
struct ProvenSignIn {
  std::string action;                                         // sts:AssumeRoleWithSAML, sts:AssumeRoleWithWebIdentity
  policy::Context claims = {};                                // saml:aud, <issuer>:sub, ...
  std::optional<base::Instant> until = {};                    // the session ends then at the latest
  SignIn how = {};                                            // what the session keeps of it
  std::optional<LakeFormationUser> lake_formation_user = {};  // decorates the session
};

struct AssumeRoleRequest {
  std::string role_arn = {};
  std::string session_name = {};
  std::optional<int64_t> duration_s = {};
  std::optional<std::string> policy = {};  // inline session policy
  std::vector<std::string> policy_arns = {};
  Tags tags = {};
  std::vector<std::string> transitive_keys = {};
  std::optional<std::string> external_id = {};
  std::optional<std::string> source_identity = {};
  // Set when Lake Formation vends, as a service: the session then touches only this.
  std::optional<VendingScope> scope = {};
  // Set when the caller is a federated identity.
  std::optional<ProvenSignIn> sign_in = {};
};

struct RolePlan {
  RoleEntryPtr role;
  Session session;  // without key, times and seal
  base::Seconds duration{kRoleSessionSecondsDefault};
  std::vector<std::string> actions;  // sts:AssumeRole or its kin, sts:TagSession, sts:SetSourceIdentity
  policy::Context context;
  bool reports_packed_size = false;
  std::optional<base::Instant> until;  // the session ends then at the latest
};

struct AssumedRole {
  Credentials credentials;
  std::string assumed_role_id;  // AROA...:session
  std::string arn;
  std::optional<int> packed_percent;  // when policies or tags were passed
  std::string source_identity;
};

// `facts` are what is known of the request besides the caller: aws:SourceIp, aws:CurrentTime, ...
base::Result<RolePlan> plan_assume_role(const Principal& caller, const AssumeRoleRequest& request,
                                        const Directory& directory, policy::Context facts);
policy::Decision decide(std::string_view action, const RolePlan& plan, const Principal& caller,
                        const Directory& directory);
base::Result<AssumedRole> finish_assume_role(const RolePlan& plan, const Directory& directory, const KeyRing& ring,
                                             base::Instant now, base::Randomness& randomness);

base::Result<AssumedRole> assume_role(const Principal& caller, const AssumeRoleRequest& request,
                                      const Directory& directory, const KeyRing& ring, policy::Context facts,
                                      base::Instant now, base::Randomness& randomness);

}  // namespace weir::identity
