// A Decision in words: the gates in order, what counted, what the caller sees, and the smallest change.
// It prints the very Decision that was enforced, and decides nothing.
#pragma once
#include <string>
#include <vector>

#include "base/json.h"
#include "permissions/decide.h"

namespace weir::permissions {

// A gate passed before this one (IAM), as its own evaluator tells it.
struct GateText {
  std::string name;
  bool allowed = false;
  std::string reason;
  std::string remedy;  // empty when allowed
};

base::Json explain(const Decision& decision, const std::vector<GateText>& earlier_gates);
std::string explain_text(const Decision& decision, const std::vector<GateText>& earlier_gates);

}  // namespace weir::permissions
