// How requests for access to an account's catalog are decided: rules, in order, over what is asked for.
//
// A rule has selectors (When) and effects (Then). Every selector that is given must hold. How rules become an outcome
// says policy_outcome.h; how the document is written, docs/wire/requests.md.
//
// INVARIANT: a policy that was read has only members, words and numbers that are known and in range; a rule has at most
// one of AutoApprove, Deny and Require.
//
// Threads: values and pure functions.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "requests/sensitivity.h"

namespace weir::requests {

inline constexpr size_t kPolicyBytesMax = 64 * 1024;
inline constexpr size_t kRulesMax = 100;
inline constexpr size_t kStepsMax = 10;
inline constexpr size_t kApproversMax = 20;
inline constexpr int64_t kDurationSecondsMax = 10LL * 365 * 24 * 3600;
inline constexpr int64_t kStepSecondsDefault = 14LL * 24 * 3600;

// Approvers that the database names: the account in data_owner (or the parameter approvers), and the parameter steward.
inline constexpr std::string_view kOwner = "owner", kSteward = "steward";

enum class OnTimeout { deny, escalate };
std::string_view to_string(OnTimeout value);

// People who are asked, and how many of them must agree.
struct ApprovalStep {
  std::string name;
  std::vector<std::string> approvers;
  int64_t quorum = 0;     // 0: the database's approval_quorum, or one
  int64_t timeout_s = 0;  // 0: the database's approval_timeout_hours, or kStepSecondsDefault
  int64_t remind_every_s = 0;
  std::vector<std::string> escalate_to;
  std::string on_timeout = "DENY";
  bool operator==(const ApprovalStep&) const = default;
};
WEIR_RECORD(ApprovalStep, FIELD("Name", &ApprovalStep::name), FIELD("Approvers", &ApprovalStep::approvers),
            FIELD("Quorum", &ApprovalStep::quorum), FIELD("TimeoutSeconds", &ApprovalStep::timeout_s),
            FIELD("RemindEverySeconds", &ApprovalStep::remind_every_s), FIELD("EscalateTo", &ApprovalStep::escalate_to),
            FIELD("OnTimeout", &ApprovalStep::on_timeout))

// Empty lists and absent values select everything.
struct Selector {
  std::vector<std::string> databases, tables, columns;         // globs
  std::map<std::string, std::vector<std::string>> parameters;  // key -> globs, at any level
  std::map<std::string, std::vector<std::string>> tags;        // LF-Tag -> globs
  std::vector<std::string> data_owners;
  std::vector<std::string> permissions;
  std::vector<std::string> targets;  // globs over the target as it was given
  std::optional<bool> grantable, sensitive;
};

struct Effects {
  bool auto_approve = false;
  std::optional<std::string> deny;  // the reason
  std::vector<ApprovalStep> require;
  std::optional<int64_t> duration_s_max;
  std::vector<std::string> exclude_columns;  // globs
  bool no_grant_option = false, purpose_required = false, ticket_required = false;
  std::string machine_template;
};

struct Rule {
  std::string name;
  Selector when;
  Effects then;
};

// Where no rule decides.
enum class Otherwise { by_sensitivity, ask_owner, deny };
enum class OnNewSensitive { announce, revoke };

struct ApprovalPolicy {
  std::vector<Rule> rules;
  Otherwise otherwise = Otherwise::by_sensitivity;
  OnNewSensitive on_new_sensitive = OnNewSensitive::announce;
  std::vector<std::string> requesters;  // accounts, beside the catalog's own, whose people may ask
  SensitiveTags sensitive_tags;
  std::string state_machine;     // ARN; or
  std::string machine_template;  // a built-in definition, for `role`
  std::string role;

  // Every built-in definition that the policy names.
  std::vector<std::string> templates() const;
};

// invalid about "policy": the first thing wrong, with its place ("Rules[2].Then.Require[0].Quorum").
base::Result<ApprovalPolicy> parse_approval_policy(std::string_view text);

}  // namespace weir::requests
