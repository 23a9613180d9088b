#include "app/requests/strict_flags.h"

#include "app/requests/approval_policies.h"
#include "app/requests/request_facts.h"
#include "base/text.h"
#include "requests/sensitivity.h"

namespace weir::app {

bool asks_for_strict_flags(const functions::Environment& environment) {
  auto found = environment.find("STRICT_FLAGS");
  return found != environment.end() && found->second != "false";
}

base::Result<Invoked> strict_pii(const Lake& lake, const std::string& account, const std::string& database,
                                 const std::string& table) {
  WEIR_TRY(auto state, lake.governance.current());
  WEIR_TRY(auto tx, lake.store.begin(store::Mode::read));
  WEIR_TRY(auto policy, policy_in_force(*tx, account));
  requests::AskedItem item;
  item.database = base::to_lower(database);
  item.table = base::to_lower(table);
  auto facts = request_facts(*tx, *state, account, item);
  if (!facts.ok() && facts.error().kind == base::Kind::not_found)
    return function_error("EntityNotFoundException", facts.error().says);
  if (!facts.ok()) return std::move(facts).error();
  return Invoked{.payload = requests::sensitivity_of(*facts, {}, policy.policy.sensitive_tags).sensitive};
}

}  // namespace weir::app
