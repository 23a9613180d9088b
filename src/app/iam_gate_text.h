// What IAM decided, as a gate of an explanation: every statement that took part, by the policy it stands in.
#pragma once
#include <string>

#include "permissions/explain.h"
#include "policy/decision.h"

namespace weir::app {

// The statements as one sentence; empty when none matched.
std::string statements_of(const policy::Decision& decision);

// `remedy`: what would have allowed it; empty for an allow.
permissions::GateText iam_gate_text(const policy::Decision& decision, std::string remedy);

}  // namespace weir::app
