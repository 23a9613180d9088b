#include "app/requests/shown_request.h"

#include <set>

#include "app/permissions/data_lake_settings.h"
#include "app/requests/access_requests.h"
#include "app/requests/approval_policies.h"
#include "app/requests/request_facts.h"
#include "base/text.h"
#include "requests/sensitivity.h"

namespace weir::app {
namespace {

bool is_column_of(const requests::CatalogFacts& facts, const std::string& name) {
  for (const auto& table : facts.tables)
    for (const auto& column : table.columns)
      if (base::equal_ignoring_case(column.name, name)) return true;
  return false;
}

}  // namespace

// Of what is gone there is nothing to be described.
base::Status hide_unseen(const Call& call, store::Transaction& tx, const std::string& account,
                         std::vector<requests::AskedItem>& items, requests::PolicyOutcome& outcome) {
  if (sees_everything(call, account)) return {};
  WEIR_TRY(auto policy, policy_in_force(tx, account));
  std::set<std::string> described;
  for (auto& item : items) {
    if (!outcome.sensitive && item.columns.names.empty()) continue;  // nothing is named
    auto facts = described_facts(call, tx, account, item);
    if (!facts.ok() && facts.error().kind == base::Kind::not_found) facts = requests::CatalogFacts{};
    if (!facts.ok()) return std::move(facts).error();
    auto found = requests::sensitivity_of(*facts, item.columns, policy.policy.sensitive_tags);
    described.insert(found.because.begin(), found.because.end());
    std::erase_if(item.columns.names, [&](const auto& name) { return !is_column_of(*facts, name); });
  }
  auto& marks = outcome.sensitive_because;
  auto hidden = std::erase_if(marks, [&](const auto& mark) { return !described.contains(mark); });
  if (hidden != 0) marks.push_back("something in it that you may not describe");
  return {};
}

base::Result<ShownRequest> shown_request(const Call& call, store::Transaction& tx, const std::string& account,
                                         const std::string& id) {
  WEIR_TRY(auto request, request_there(tx, account, id));
  WEIR_TRY(auto rows, requests::GrantRecords(tx).of_request(account, id));
  WEIR_CHECK_OK(hide_unseen(call, tx, account, request.items, request.outcome));
  ShownRequest out{std::move(request), {}};
  for (const auto& row : rows) out.grants.push_back(row.id);
  return out;
}

}  // namespace weir::app
