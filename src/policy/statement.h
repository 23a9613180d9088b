// One compiled statement, and the rules by which its element of a document is read.
//
// Thread safety: immutable once compiled.
//
//   1. Every question has the statement's effect in it: what cannot be decided widens a Deny and narrows
//      an Allow, never the other way.
//   2. Wild resource: an action without resource-level support is asked for "*", which only the pattern "*"
//      covers.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/condition.h"
#include "policy/pattern.h"
#include "policy/principal.h"

namespace weir::policy {

enum class PolicyKind : uint8_t {
  identity,  // attached to a user, group or role
  trust,     // who may assume a role
  resource,  // of a bucket
  session,   // passed with AssumeRole and its kin
  scp,       // service control policy
  boundary,  // permissions boundary
};
std::string_view to_string(PolicyKind kind);
// Trust and resource policies name principals; the others belong to one.
bool names_principals(PolicyKind kind);

// How a document is being read.
struct Reading {
  PolicyKind kind = PolicyKind::identity;
  Variables variables = Variables::literal;  // by the document's Version
  bool lenient = false;                      // stored long ago: unknown operators fail closed instead
};

// The parts of a request that statements look at, split and lowered once.
struct Question {
  std::string action;  // lower case
  std::string_view resource;
  ArnParts resource_parts;
  const Context* context;

  Question(std::string_view action, std::string_view resource, const Context& context);
};

class Statement {
 public:
  static base::Result<Statement> compile(const base::Json& element, const Reading& reading);
  // Denies everything to everyone: what an unreadable stored policy becomes.
  static Statement deny_everything(PolicyKind kind);

  Effect effect() const { return effect_; }
  const std::string& sid() const { return sid_; }

  bool matches_action(const Question& question) const;
  bool matches_resource(const Question& question) const;
  bool matches_conditions(const Context& context) const { return failed_condition(context) == nullptr; }
  // The first condition that does not hold; null when all do.
  const Condition* failed_condition(const Context& context) const;
  // Action, resource and conditions; the principal is asked for on its own.
  bool matches(const Question& question) const;
  PrincipalMatch match_principal(const Caller& caller) const;

  bool names_principal() const { return principal_.has_value(); }
  bool names_resource() const { return names_resource_; }
  PrincipalRule* principal() { return principal_ ? &*principal_ : nullptr; }
  const PrincipalRule* principal() const { return principal_ ? &*principal_ : nullptr; }

  // For the index by action.
  struct ActionPattern {
    std::string service;  // lower case; "*" for every service
    Pattern whole;        // lower case, of the form service:name
    std::string exact;    // the lower-case action when it has no wildcard
  };
  bool inverts_actions() const { return not_action_; }
  const std::vector<ActionPattern>& actions() const { return actions_; }

 private:
  base::Status read_effect(const base::Json& element);
  base::Status read_sid(const base::Json& element, PolicyKind kind);
  base::Status read_actions(const base::Json& element, const Reading& reading);
  base::Status read_resources(const base::Json& element, const Reading& reading);
  base::Status read_principal(const base::Json& element, const Reading& reading);
  base::Status read_conditions(const base::Json& element, const Reading& reading);

  Effect effect_ = Effect::deny;
  bool not_action_ = false;
  bool not_resource_ = false;
  bool names_resource_ = false;
  PolicyKind kind_ = PolicyKind::identity;
  std::vector<ActionPattern> actions_;
  std::vector<ArnPattern> resources_;
  std::vector<Condition> conditions_;
  std::optional<PrincipalRule> principal_;
  std::string sid_;
};

}  // namespace weir::policy
