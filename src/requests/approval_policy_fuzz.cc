// Whatever is read as a policy decides without a crash, and never grants more than its limits.
#include <cstdlib>

#include "requests/policy_outcome.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace weir::requests;
  auto policy = parse_approval_policy({reinterpret_cast<const char*>(data), size});
  if (!policy.ok()) return 0;
  AskedItem item{"sales", "orders", {{"id"}, true}, "", {"SELECT"}, true};
  CatalogFacts facts{"sales",
                     {{"data_owner", "111122223333"}},
                     {},
                     {{"orders", {}, {}, {{"id", {}, {{"area", "eu"}}}, {"ssn", {{"pii_flag", "true"}}, {}}}}}};
  auto outcome = decide_item(*policy, item, facts, {"444455556666", "us-east-1"});
  bool asks = outcome.is(Verdict::ask);
  if (asks == outcome.steps.empty()) std::abort();
  if (!asks && !outcome.is(Verdict::auto_approve) && !outcome.is(Verdict::deny)) std::abort();
  for (const auto& step : outcome.steps)
    if (step.approvers.empty() || step.quorum < 1 || step.timeout_s < 1) std::abort();
  return 0;
}
