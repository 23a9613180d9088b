#include "app/requests/access_judgement.h"

#include <algorithm>

#include "app/requests/approval_policies.h"
#include "app/requests/request_facts.h"
#include "app/requests/wanted_items.h"
#include "requests/selector_match.h"

namespace weir::app {
namespace {

// Rows are not chosen by what the policy leaves out, and partition keys come with every column.
base::Status check_not_left_out(const requests::AskedItem& item, const std::vector<std::string>& beside,
                                const requests::PolicyOutcome& outcome) {
  for (const auto& name : beside)
    if (requests::any_glob(outcome.exclude_columns, name))
      return base::invalid(
          "Item " + item.text() + ": the policy leaves out column " + name +
              ". Nobody can choose rows by it, nor be given the table without it when it is a partition key.",
          "item");
  return {};
}

}  // namespace

base::Result<JudgedAccess> judge_by(const requests::ApprovalPolicy& policy, store::Transaction& tx, const State& state,
                                    const std::string& region, AccessQuestion asked) {
  JudgedAccess out;
  std::vector<requests::PolicyOutcome> outcomes;
  std::vector<requests::CatalogFacts> facts;
  for (const auto& item : asked.items) {
    WEIR_TRY(auto known, request_facts(tx, state, asked.account, item));
    WEIR_TRY(auto beside, columns_beside(tx, asked.account, item));
    outcomes.push_back(requests::decide_item(policy, with_columns(item, beside), known, {asked.target, region}));
    WEIR_CHECK_OK(check_not_left_out(item, beside, outcomes.back()));
    facts.push_back(std::move(known));
  }
  for (size_t i = 0; i < asked.items.size(); ++i) {
    WEIR_TRY(auto limited, within_limits(std::move(asked.items[i]), facts[i], outcomes[i]));
    out.items.push_back(std::move(limited));
  }
  out.outcome = requests::strictest(std::move(outcomes));
  out.duration_s = asked.duration_s;
  if (auto most = out.outcome.duration_s_max) out.duration_s = std::min(out.duration_s.value_or(*most), *most);
  return out;
}

base::Result<JudgedAccess> judge_access(store::Transaction& tx, const State& state, const std::string& region,
                                        AccessQuestion asked) {
  WEIR_TRY(auto policy, policy_in_force(tx, asked.account));
  return judge_by(policy.policy, tx, state, region, std::move(asked));
}

}  // namespace weir::app
