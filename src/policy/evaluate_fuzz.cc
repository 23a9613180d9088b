// A policy, a request and facts cut from one text by line feeds. Beliefs: no crash; adding a Deny of
// everything always denies; adding any policy that only denies never turns a denial into an allow.
#include <cstddef>
#include <cstdint>

#include "base/check.h"
#include "base/text.h"
#include "policy/evaluate.h"
#include "policy/explain.h"

namespace {

using namespace weir;
using namespace weir::policy;

Caller fuzz_caller() {
  Caller out;
  out.kind = PrincipalKind::role_session;
  out.account = "111111111111";
  out.arn = "arn:aws:sts::111111111111:assumed-role/r/s";
  out.role_arn = "arn:aws:iam::111111111111:role/r";
  out.unique_id = "AROA0000000000000000";
  return out;
}

Context facts_of(const std::vector<std::string_view>& lines) {
  Context out;
  for (size_t i = 2; i + 2 < lines.size(); i += 2) {
    if (i % 4) {
      out.set(lines[i], std::string(lines[i + 1]));
    } else {
      out.set_list(lines[i], {std::string(lines[i + 1]), std::string(lines[0])});
    }
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto fence = load_policy("", PolicyKind::identity);
  auto lines = base::split_n({reinterpret_cast<const char*>(data), size}, '\n', 9);
  if (lines.size() < 3) return 0;
  auto caller = fuzz_caller();
  auto context = facts_of(lines);
  std::vector<NamedPolicy> own = {{"own", load_policy(lines.back(), PolicyKind::identity)}};
  NamedPolicy bucket{"bucket", load_policy(lines.back(), PolicyKind::resource)};
  Request request{.caller = caller,
                  .context = context,
                  .action = lines[0],
                  .resource = lines[1],
                  .resource_account = caller.account};
  request.identity = own;
  auto alone = evaluate(request);
  CHECK_TRUE(alone.allowed() == alone.message().empty(), "every denial has a message");
  CHECK_TRUE(alone.allowed() == smallest_change(request, alone).empty(), "every denial can be explained");
  request.resource_policy = &bucket;
  (void)evaluate(request);
  own.push_back({"fence", fence});
  request.identity = own;
  CHECK_TRUE(evaluate(request).verdict == Verdict::explicit_deny, "a policy that denies everything wins");
  return 0;
}
