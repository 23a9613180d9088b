// Simulation of IAM decisions: the evaluator that decides, asked about what is not being done.
//
// What a simulation knows of its caller is what the directory knows, as in a real request. What comes with a
// connection (aws:SourceIp, aws:CurrentTime, ...) and with an action's own parameters has to be given; keys that
// the policies read and nobody gave are told.
//
// Invariants:
//  1. The verdict is policy::evaluate()'s over the policies the directory has for the principal: given the same
//     context, a real request gets the same answer.
//  2. Nothing is learned of a principal that the caller may not simulate.
//
// Threads: as the Call.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/call.h"
#include "identity/records.h"
#include "policy/source_text.h"

namespace weir::app {

struct SimulatedFact {
  std::string key;
  std::vector<std::string> values;
  std::string type;  // string, stringList, numeric, ... as AWS names them
};

// What the simulation leaves out: all policies of a type, or one of them.
struct ExcludedPolicies {
  std::string type = {};     // inline, aws-managed, user-managed, permission-boundary, scp, rcp
  std::string arn = {};      // of a managed policy, boundary or control policy
  std::string inline_ = {};  // "user ana/policy"
};

struct Simulation {
  std::vector<std::string> policies;    // documents, beside the principal's own
  std::vector<std::string> boundaries;  // one at most, in place of the principal's own
  // The levels above the account, from the root down; those of the directory when not engaged.
  std::optional<std::vector<std::vector<std::string>>> control_policies = {};
  std::vector<ExcludedPolicies> excluded = {};
  std::vector<std::string> actions = {};
  std::vector<std::string> resources = {};  // none: "*"
  std::optional<std::string> resource_policy = {};
  std::optional<std::string> resource_owner = {};  // of resources whose ARN does not tell; an account or its root
  std::optional<std::string> caller_arn = {};      // a user
  std::vector<SimulatedFact> facts = {};
  identity::PageRequest page = {};
};

struct MatchedStatement {
  std::string policy;  // user_ana_p, PolicyInputList.1, a managed policy's name
  std::string type;    // user, group, role, aws-managed, user-managed, resource, none
  policy::StatementSpan span;
};

struct SimulatedAnswer {
  std::string action;
  std::string resource;
  policy::Verdict verdict = policy::Verdict::implicit_deny;
  std::vector<MatchedStatement> matched;
  std::vector<std::string> missing;  // context keys
  std::optional<bool> allowed_by_organizations;
  std::optional<bool> allowed_by_boundary;
  // Across accounts: what each kind of policy says alone, by its name. Empty within the account; absent where no
  // resource is named, and where a control policy ends the matter.
  std::optional<std::map<std::string, policy::Verdict>> by_kind = {};
};

// One answer for each action and resource; invalid about "simulation" for input that makes no sense.
base::Result<identity::Page<SimulatedAnswer>> simulate_principal(Call& call, const std::string& source_arn,
                                                                 const Simulation& simulation);
base::Result<identity::Page<SimulatedAnswer>> simulate_custom(Call& call, const Simulation& simulation);

// What conditions and variables of those policies read.
base::Result<std::vector<std::string>> context_keys_of_principal(Call& call, const std::string& source_arn,
                                                                 const std::vector<std::string>& policies);
base::Result<std::vector<std::string>> context_keys_of_custom(Call& call, const std::vector<std::string>& policies);

}  // namespace weir::app
