#include "app/requests/shown_request.h"

#include <set>

#include "app/permissions/data_lake_settings.h"
#include "app/requests/access_requests.h"
#include "app/requests/approval_policies.h"
#include "app/requests/request_facts.h"
#include "requests/sensitivity.h"

namespace weir::app {
namespace {

// Of what is gone there is nothing to be described.
base::Result<std::set<std::string>> marks_shown(const Call& call, store::Transaction& tx, const std::string& account,
                                                const std::vector<requests::AskedItem>& items) {
  WEIR_TRY(auto policy, policy_in_force(tx, account));
  std::set<std::string> out;
  for (const auto& item : items) {
    auto facts = described_facts(call, tx, account, item);
    if (!facts.ok() && facts.error().kind == base::Kind::not_found) continue;
    if (!facts.ok()) return std::move(facts).error();
    auto found = requests::sensitivity_of(*facts, item.columns, policy.policy.sensitive_tags);
    out.insert(found.because.begin(), found.because.end());
  }
  return out;
}

}  // namespace

base::Status hide_marks(const Call& call, store::Transaction& tx, const std::string& account,
                        const std::vector<requests::AskedItem>& items, requests::PolicyOutcome& outcome) {
  if (!outcome.sensitive || sees_everything(call, account)) return {};
  WEIR_TRY(auto shown, marks_shown(call, tx, account, items));
  auto& marks = outcome.sensitive_because;
  auto hidden = std::erase_if(marks, [&](const auto& mark) { return !shown.contains(mark); });
  if (hidden != 0) marks.push_back("something in it that you may not describe");
  return {};
}

base::Result<ShownRequest> shown_request(const Call& call, store::Transaction& tx, const std::string& account,
                                         const std::string& id) {
  WEIR_TRY(auto request, request_there(tx, account, id));
  WEIR_TRY(auto rows, requests::GrantRecords(tx).of_request(account, id));
  WEIR_CHECK_OK(hide_marks(call, tx, account, request.items, request.outcome));
  ShownRequest out{std::move(request), {}};
  for (const auto& row : rows) out.grants.push_back(row.id);
  return out;
}

}  // namespace weir::app
