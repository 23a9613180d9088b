#include "policy/action_index.h"

#include <algorithm>
#include <set>

namespace weir::policy {
namespace {

bool can_match_any_service(const Statement& statement) {
  return statement.inverts_actions() || std::any_of(statement.actions().begin(), statement.actions().end(),
                                                    [](auto& action) { return action.service == "*"; });
}

}  // namespace

void ActionIndex::add(uint32_t number, const Statement& statement) {
  if (can_match_any_service(statement)) {
    anywhere_.push_back(number);
    return;
  }
  std::set<std::string_view> services, exact;
  for (auto& action : statement.actions())
    if (action.exact.empty()) services.insert(action.service);
  for (auto& action : statement.actions())
    if (!services.contains(action.service)) exact.insert(action.exact);
  for (auto service : services) by_service_[std::string(service)].push_back(number);
  for (auto action : exact) exact_[std::string(action)].push_back(number);
}

}  // namespace weir::policy
