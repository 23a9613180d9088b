#include "app/iam_gate_text.h"

namespace weir::app {
namespace {

permissions::StatementText to_text(const policy::Reason& reason) {
  return {.allows = reason.effect == policy::Effect::allow,
          .policy_type = std::string(policy::to_string(reason.gate)),
          .policy = reason.policy,
          .statement = reason.statement,
          .sid = reason.sid,
          .says = reason.text()};
}

}  // namespace

std::string statements_of(const policy::Decision& decision) {
  std::string out;
  for (const auto& because : decision.because) out += (out.empty() ? "" : "; ") + because.text();
  return out;
}

permissions::GateText iam_gate_text(const policy::Decision& decision, std::string remedy) {
  permissions::GateText out{"IAM: " + decision.action, decision.allowed(), statements_of(decision), std::move(remedy)};
  if (out.reason.empty()) out.reason = decision.allowed() ? "allowed" : decision.message();
  for (const auto& because : decision.because) out.statements.push_back(to_text(because));
  return out;
}

}  // namespace weir::app
