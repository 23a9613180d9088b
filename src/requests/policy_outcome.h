// What a policy says to a request: approved at once, denied, or asked about step by step; and within which limits.
//
//  1. Limits (MaxDurationSeconds, ExcludeColumns, NoGrantOption, PurposeRequired, TicketRequired) of every rule that
//     matches count together; the shortest duration wins.
//  2. A rule that denies does so wherever it stands.
//  3. Else the first rule that matches and says AutoApprove or Require decides.
//  4. Else Otherwise does: by sensitivity, what is not sensitive is approved and the owner is asked about the rest.
//  5. Of several items the strictest outcome holds, and every step of every item.
//
// A rule that approves matches only if its selectors hold for all that is asked for, every table and every column of
// it; every other rule if they hold for some of it. A whole database stands for tables to come, too.
//
// INVARIANT: what cannot be evaluated (no owner, an approval_quorum that is no number) denies.
//
// Threads: pure.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "requests/approval_policy.h"

namespace weir::requests {

enum class Verdict { auto_approve, ask, deny };
std::string_view to_string(Verdict verdict);

struct PolicyOutcome {
  std::string verdict = "DENY";
  std::vector<std::string> because;
  std::vector<ApprovalStep> steps;  // of a verdict to ask; approvers, quorum and timeout are settled
  std::optional<int64_t> duration_s_max;
  std::vector<std::string> exclude_columns;  // globs
  bool no_grant_option = false, purpose_required = false, ticket_required = false;
  std::string machine_template;
  bool sensitive = false;
  std::vector<std::string> sensitive_because;

  bool is(Verdict other) const { return verdict == to_string(other); }
};
WEIR_RECORD(PolicyOutcome, FIELD("Verdict", &PolicyOutcome::verdict), FIELD("Because", &PolicyOutcome::because),
            FIELD("Steps", &PolicyOutcome::steps), FIELD("MaxDurationSeconds", &PolicyOutcome::duration_s_max),
            FIELD("ExcludeColumns", &PolicyOutcome::exclude_columns),
            FIELD("NoGrantOption", &PolicyOutcome::no_grant_option),
            FIELD("PurposeRequired", &PolicyOutcome::purpose_required),
            FIELD("TicketRequired", &PolicyOutcome::ticket_required),
            FIELD("Template", &PolicyOutcome::machine_template), FIELD("Sensitive", &PolicyOutcome::sensitive),
            FIELD("SensitiveBecause", &PolicyOutcome::sensitive_because))

// `region`: of topics that stand for an owner.
struct PolicyContext {
  std::string target;
  std::string region;
};

PolicyOutcome decide_item(const ApprovalPolicy& policy, const AskedItem& item, const CatalogFacts& facts,
                          const PolicyContext& context);
// Of at least one item; of none it denies.
PolicyOutcome strictest(std::vector<PolicyOutcome> outcomes);

// Whether `now` asks for more than `before` did: a denial, or a step that `before` did not have.
bool is_stricter(const PolicyOutcome& now, const PolicyOutcome& before);

// The columns of a table that the limits leave out, as asked for.
ColumnChoice without_excluded(const ColumnChoice& asked, const TableFacts& table,
                              const std::vector<std::string>& globs);

}  // namespace weir::requests
