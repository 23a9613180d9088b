#include "identity/session_policies.h"

#include "policy/document.h"

namespace weir::identity {
namespace {

constexpr size_t kPolicyArnsMax = 10;
constexpr size_t kSessionPolicyMax = 2048;

base::Error too_long(size_t size) {
  return base::fail(base::Kind::limit_exceeded,
                    "The plain text of the session policies consumes " +
                        std::to_string((size * 100 + kSessionPolicyMax - 1) / kSessionPolicyMax) +
                        "% of the allotted space.",
                    "packed policy");
}

}  // namespace

base::Status check_session_policies(const std::optional<std::string>& policy, const std::vector<std::string>& arns) {
  if (arns.size() > kPolicyArnsMax)
    return base::invalid("At most 10 managed session policies can be passed.", "policyArns");
  size_t size = policy ? policy->size() : 0;
  for (const auto& arn : arns) size += arn.size();
  if (size > kSessionPolicyMax) return too_long(size);
  if (!policy) return {};
  auto parsed = policy::parse_policy(*policy, policy::PolicyKind::session);
  return parsed.ok() ? base::Status() : base::Status(std::move(parsed).error());
}

base::Status check_session_policy_arns(const std::vector<std::string>& arns, const names::AccountId& account,
                                       const Directory& directory) {
  for (const auto& text : arns) {
    auto arn = names::Arn::parse(text);
    bool usable =
        arn.ok() && (arn->account == "aws" || arn->account == account.text()) && directory.has_managed_policy(text);
    if (!usable) return base::invalid("The managed policy " + text.substr(0, 256) + " cannot be found.", "policyArns");
  }
  return {};
}

std::string compact_policy(const std::string& policy) {
  auto json = base::parse_json(policy);
  return json.ok() ? json->dump() : policy;
}

}  // namespace weir::identity
